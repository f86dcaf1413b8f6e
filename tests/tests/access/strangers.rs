//! Who was never let in keeps nobody out who was, and not even those who are about to be.

use std::net::IpAddr;

use chasqui_harness::{Device, on_ports::Laptop};
use chasqui_server::limits::{self, places};
use chasqui_shared::Role;
use serde_json::{Value, json};

use crate::access::line::Line;

/// Bodies that are promised and never come.
const PROMISED: usize = 8_000_000;

#[test]
fn a_stranger_is_told_no_before_the_body_comes_whatever_the_path() {
    let laptop = Laptop::start();
    for path in ["media", "import?name=a.csv", "audit", "changes", "observations", "settings"] {
        for token in [None, Some("ab".repeat(32))] {
            let mut line = Line::open(&laptop);
            line.send(&format!("POST /api/v1/{path}"), token.as_deref(), PROMISED, b"");
            assert_eq!(line.status(), 401, "{path}");
        }
    }
    let mut upload = Line::open(&laptop);
    upload.send("PATCH /api/v1/media/uploads/0", None, PROMISED, b"");
    assert_eq!(upload.status(), 401);
}

#[test]
fn silent_bodies_of_strangers_keep_neither_phones_nor_the_manager_out() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let token = rosa.pair(&laptop, Role::Monitor);
    let silent: Vec<_> = (0..300)
        .map(|number| {
            let mut line = Line::open(&laptop);
            // Half of them where anybody may ask.
            let path = if number % 2 == 0 { "media" } else { "pairings" };
            line.send(&format!("POST /api/v1/{path}"), None, PROMISED, b"{");
            line
        })
        .collect();
    for _ in 0..3 {
        assert_eq!(laptop.get("/api/v1/observations", &token).status, 200);
        assert_eq!(laptop.get("/api/v1/status", &laptop.key).status, 200);
    }
    laptop.order(rosa.id(), "revoke", json!({}));
    assert_eq!(laptop.get("/api/v1/observations", &token).failure(), (401, "revoked"));
    drop(silent);
}

/// The statuses of the first so many of these lines that are answered.
fn answered(lines: &mut [Line], count: usize) -> Vec<u16> {
    let mut statuses = vec![None; lines.len()];
    while statuses.iter().flatten().count() < count {
        for (line, status) in lines.iter_mut().zip(&mut statuses) {
            *status = status.or_else(|| line.status_now());
        }
        std::thread::yield_now();
    }
    statuses.into_iter().flatten().collect()
}

#[test]
fn a_phone_whose_requests_all_wait_is_refused_more_and_others_are_served() {
    let laptop = Laptop::start();
    let (rosa, wilmer) = (Device::new(1, "Rosa"), Device::new(2, "Wilmer"));
    let [bad, good] = [&rosa, &wilmer].map(|device| device.pair(&laptop, Role::Monitor));
    let most = limits::CONNECTIONS_OF_DEVICE_MAX;
    let mut silent: Vec<_> = (0..most + 8)
        .map(|_| {
            let mut line = Line::open(&laptop);
            line.send("POST /api/v1/changes", Some(&bad), 1_000, b"{");
            line
        })
        .collect();
    assert_eq!(answered(&mut silent, 8), [503; 8], "none is closed that is at work");
    assert_eq!(laptop.get("/api/v1/observations", &good).status, 200);
    assert_eq!(laptop.get("/api/v1/status", &laptop.key).status, 200);
}

#[test]
fn a_phone_brings_so_many_files_at_once_and_others_bring_theirs() {
    let laptop = Laptop::start();
    let (rosa, wilmer) = (Device::new(1, "Rosa"), Device::new(2, "Wilmer"));
    let [bad, good] = [&rosa, &wilmer].map(|device| device.pair(&laptop, Role::Monitor));
    let begin = |token: &str| Line::patch(&laptop, token, &Line::begin_upload(&laptop, token, ""));
    let most = places::DEVICE.uploads;
    let mut bringing: Vec<_> = (0..most).map(|_| begin(&bad)).collect();
    // Beginning another is a request that may bring bytes, too.
    let refused = loop {
        let mut line = Line::open(&laptop);
        line.send("POST /api/v1/media", Some(&bad), 0, b"");
        match line.status() {
            // Not all of them are there yet; this one is no request of tus.
            412 => assert!(bringing.iter_mut().all(|line| line.status_now().is_none())),
            refused => break refused,
        }
    };
    assert_eq!(refused, 503);
    let mut whole = begin(&good);
    whole.write(&[0; 1_000]).unwrap();
    assert_eq!(whole.status(), 204);
    assert_eq!(laptop.get("/api/v1/observations", &bad).status, 200, "its records go on");
}

#[test]
fn the_right_key_opens_a_session_however_many_wrong_ones_were_tried() {
    let laptop = Laptop::start();
    let token = Device::new(1, "Rosa").pair(&laptop, Role::Manager);
    let begin = |body| laptop.ask("POST", "/api/v1/session", &[], Some(&body));
    for _ in 0..100 {
        assert_eq!(begin(json!({ "key": "0".repeat(32) })).failure(), (401, "session_refused"));
        assert_eq!(begin(json!({ "token": "0".repeat(64) })).failure(), (401, "session_refused"));
    }
    assert_eq!(begin(json!({ "key": laptop.key })).status, 204);
    assert_eq!(begin(json!({ "token": token })).status, 204);
}

/// Other machines are told apart by their addresses, of which this one has many.
#[cfg(target_os = "linux")]
#[test]
fn wrong_codes_from_many_addresses_keep_nobody_else_from_pairing() {
    let laptop = Laptop::start();
    let code = laptop.code(Role::Monitor);
    let hello = laptop.hello();
    let try_from = |last: u8, code: &str| {
        let request = Device::new(last.into(), "x").request(hello.device, code);
        let mut line = Line::open_from(&laptop, IpAddr::from([127, 0, 0, last]));
        line.send("POST /api/v1/pairings", None, 0, &serde_json::to_vec(&request).unwrap());
        line.status()
    };
    for last in 10..30 {
        for _ in 0..limits::ATTEMPTS_OF_ONE_MAX {
            try_from(last, "0000-0000");
        }
    }
    assert_eq!(try_from(29, &code), 429, "who guesses is stopped, even with the right code");
    assert_eq!(try_from(30, &code), 200);
}

#[test]
fn a_manager_is_told_once_that_somebody_tries() {
    let laptop = Laptop::start();
    let notices = || {
        let rows = laptop.read("notices");
        let rows = rows.as_array().unwrap().clone();
        let ours = |row: &Value| row["code"] == "wrong_codes" || row["code"] == "request_flood";
        rows.into_iter().filter(ours).collect::<Vec<_>>()
    };
    let mallory = Device::new(9, "Mallory");
    for _ in 1..limits::TRIED_SECRETS_TOLD_MIN {
        mallory.ask_in(&laptop, "0000-0000");
    }
    assert_eq!(notices(), [Value::Null; 0], "a few mistakes are nothing to be told");
    for _ in 0..60 {
        mallory.ask_in(&laptop, "0000-0000");
    }
    let told = notices();
    assert_eq!((told.len(), &told[0]["code"]), (1, &json!("wrong_codes")), "{told:?}");
    assert!(told[0]["at"].is_string() && told[0]["writer"].is_null());
    for _ in 0..limits::TRIED_ENTRIES_TOLD_MIN {
        assert_eq!(laptop.ask("GET", "/api/v1/status", &[], None).status, 401);
    }
    let codes: Vec<_> = notices().iter().map(|row| row["code"].clone()).collect();
    assert_eq!(codes, [json!("request_flood"), json!("wrong_codes")]);
}
