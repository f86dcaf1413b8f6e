//! Codes, tokens, and what becomes of them.

use std::fs;

use chasqui_harness::{Device, on_ports::Laptop};
use chasqui_server::{limits, store::FILE_NAME};
use chasqui_shared::{PairingLink, PairingResponse, Role, limits as shared_limits};
use data_encoding::HEXLOWER;
use serde_json::json;

#[test]
fn a_code_comes_with_its_links_and_a_drawing_and_lets_one_device_in_once() {
    let laptop = Laptop::start();
    let shown = laptop.post("/api/v1/pairings/codes", &laptop.key, &json!({}));
    assert_eq!(shown.status, 201);
    let shown = shown.value();
    assert_eq!(shown["role"], "monitor");
    let link = shown["link"].as_str().unwrap();
    assert_eq!(shown["links"], json!([link]));
    assert!(link.starts_with(&format!("{}/#pair=", laptop.https_url)), "{link}");
    let scan = shown["scan"].as_str().unwrap();
    assert_eq!(PairingLink::scan_base(scan).as_deref(), Some(laptop.https_url.as_str()));
    assert_eq!(PairingLink::parse(scan), PairingLink::parse(link));
    assert!(shown["svg"].as_str().unwrap().starts_with("<svg"));
    // A phone that has no app yet begins at a page that needs no certificate.
    let onboarding = &shown["onboarding"];
    assert_eq!(onboarding["address"], format!("{}/connect/", laptop.url));
    assert!(onboarding["svg"].as_str().unwrap().starts_with("<svg"));
    let link = PairingLink::parse(link).unwrap();
    let hello = laptop.hello();
    assert_eq!((link.laptop, link.project), (hello.device, hello.charter.project()));
    assert_eq!(shown["code"], link.code.to_string());
    let listed = laptop.read("pairings");
    assert_eq!(listed["codes"][0]["id"], shown["id"]);
    assert!(listed["codes"][0].get("code").is_none(), "a code is shown once");

    let rosa = Device::new(1, "Rosa");
    let answer = rosa.ask_in(&laptop, shown["code"].as_str().unwrap()).value();
    let answer: PairingResponse = serde_json::from_value(answer).unwrap();
    assert_eq!((answer.charter, answer.laptop), (hello.charter, hello.device));
    assert_eq!((answer.laptop_name, answer.role), (hello.name, Role::Monitor));
    assert!(laptop.get("/api/v1/observations", &answer.token).status == 200);

    let wilmer = Device::new(2, "Wilmer").ask_in(&laptop, shown["code"].as_str().unwrap());
    assert_eq!(wilmer.failure(), (403, "code_refused"));
    let listed = laptop.read("pairings");
    assert_eq!(listed["codes"], json!([]));
    let item = &listed["items"][0];
    assert_eq!((&item["device"], &item["name"]), (&json!(rosa.id()), &json!("Rosa")));
    assert!(item["seen_at"].is_string() && item.get("revoked_at").is_none());
    assert!(item.get("token_hash").is_none());
}

#[test]
fn a_wrong_proof_is_refused_like_a_wrong_code_and_leaves_the_code_good() {
    let (laptop, other) = (Laptop::start(), Laptop::start());
    let (rosa, mallory) = (Device::new(1, "Rosa"), Device::new(9, "Mallory"));
    let code = laptop.code(Role::Manager);
    let meant_for_another = rosa.request(other.hello().device, &code);
    let mut in_anothers_name = rosa.request(laptop.hello().device, &code);
    in_anothers_name.device = mallory.id();
    let mut renamed = rosa.request(laptop.hello().device, &code);
    renamed.name = "Rosita".into();
    for request in [meant_for_another, in_anothers_name, renamed] {
        let body = serde_json::to_value(&request).unwrap();
        let answer = laptop.ask("POST", "/api/v1/pairings", &[], Some(&body));
        assert_eq!(answer.failure(), (403, "code_refused"));
    }
    assert_eq!(mallory.ask_in(&laptop, "no code").failure(), (403, "code_refused"));
    assert_eq!(rosa.ask_in(&laptop, &code.to_lowercase()).status, 200);
}

#[test]
fn guesses_are_stopped_and_the_laptop_says_for_how_long() {
    let laptop = Laptop::start();
    let code = laptop.code(Role::Monitor);
    let mallory = Device::new(9, "Mallory");
    for _ in 0..limits::ATTEMPTS_OF_ONE_MAX {
        assert_eq!(mallory.ask_in(&laptop, "0000-0000").failure(), (403, "code_refused"));
    }
    let stopped = mallory.ask_in(&laptop, &code);
    assert_eq!(stopped.failure(), (429, "too_many_attempts"));
    assert_eq!(stopped.json::<serde_json::Value>()["retryable"], true);
    let wait_s: u64 = stopped.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait_s), "{wait_s}");
    assert_eq!(laptop.get("/api/v1/status", &laptop.key).status, 200, "who is in stays in");
}

#[test]
fn a_name_is_neither_empty_nor_too_long_nor_unprintable_nor_turned_round() {
    let laptop = Laptop::start();
    let (least, most) = ("n".to_owned(), "n".repeat(shared_limits::MEMBER_NAME_BYTES_MAX));
    let turned = ["\u{202e}asoR", "Rosa\u{2066}", "\u{200f}Rosa", "Ro\u{61c}sa"];
    let unusable = [String::new(), "  ".into(), format!("{most}n"), "a\nb".into()];
    for name in unusable.into_iter().chain(turned.map(String::from)) {
        let refused = Device::new(1, &name).ask_in(&laptop, &laptop.code(Role::Monitor));
        assert_eq!(refused.failure(), (422, "name_unusable"), "{name:?}");
    }
    for name in [least, most] {
        let device = Device::new(1, &name);
        device.pair(&laptop, Role::Monitor);
        let renamed = laptop.order(device.id(), "name", json!({ "name": "Rosa Flores" }));
        assert_eq!(renamed["name"], "Rosa Flores");
        let path = format!("/api/v1/pairings/{}/name", device.id());
        for name in [""].into_iter().chain(turned) {
            let refused = laptop.post(&path, &laptop.key, &json!({ "name": name }));
            assert_eq!(refused.failure(), (422, "name_unusable"), "{name:?}");
        }
    }
}

#[test]
fn sixteen_codes_are_open_and_not_one_more() {
    let laptop = Laptop::start();
    (0..limits::CODES_MAX).for_each(|_| drop(laptop.code(Role::Monitor)));
    let refused = laptop.post("/api/v1/pairings/codes", &laptop.key, &json!({}));
    assert_eq!(refused.failure(), (409, "too_many_codes"));
}

#[test]
fn pairing_again_replaces_the_token_and_gives_a_revoked_device_its_way_in_back() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let first = rosa.pair(&laptop, Role::Monitor);
    let second = rosa.pair(&laptop, Role::Monitor);
    let list = |token: &str| laptop.get("/api/v1/observations", token);
    assert_eq!(list(&first).failure(), (401, "not_paired"));
    assert_eq!(list(&second).status, 200);
    let revoked = laptop.order(rosa.id(), "revoke", json!({}));
    assert!(revoked["revoked_at"].is_string());
    assert_eq!(laptop.order(rosa.id(), "revoke", json!({})), revoked, "once is enough");
    assert_eq!(list(&second).failure(), (401, "revoked"));
    let third = rosa.pair(&laptop, Role::Monitor);
    assert_eq!(list(&third).status, 200);
    let listed = laptop.read("pairings");
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[test]
fn a_role_changes_what_a_device_may_do_from_its_next_request_on() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let token = rosa.pair(&laptop, Role::Monitor);
    assert_eq!(laptop.get("/api/v1/status", &token).failure(), (403, "manager_only"));
    laptop.order(rosa.id(), "role", json!({ "role": "manager" }));
    assert_eq!(laptop.get("/api/v1/status", &token).status, 200);
    laptop.order(rosa.id(), "role", json!({ "role": "monitor" }));
    assert_eq!(laptop.get("/api/v1/status", &token).failure(), (403, "manager_only"));
    for stranger in [Device::new(7, "x").id().to_string(), "nonsense".into()] {
        let path = format!("/api/v1/pairings/{stranger}/revoke");
        let unknown = laptop.post(&path, &laptop.key, &json!({}));
        assert_eq!(unknown.failure(), (404, "not_found"));
    }
}

#[test]
fn pairings_outlive_a_restart_and_neither_tokens_nor_keys_are_in_the_file() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let token = rosa.pair(&laptop, Role::Monitor);
    assert_eq!(laptop.get("/api/v1/observations", &token).status, 200);
    let (key, device) = (laptop.key.clone(), rosa.id());
    let directory = laptop.stop();
    let file = fs::read(directory.path().join(FILE_NAME)).unwrap();
    let is_in_file = |bytes: &[u8]| file.windows(bytes.len()).any(|window| window == bytes);
    assert!(is_in_file(&device.0), "the pairing is there");
    for secret in [&token, &key] {
        let raw = HEXLOWER.decode(secret.as_bytes()).unwrap();
        assert!(!is_in_file(secret.as_bytes()) && !is_in_file(&raw));
    }

    let laptop = Laptop::start_in(directory);
    assert_eq!(laptop.key, key, "the manager's key is made once");
    let listed = laptop.read("pairings");
    assert!(listed["items"][0]["seen_at"].is_string(), "written at the end");
    assert_eq!(laptop.get("/api/v1/observations", &token).status, 200);
}

#[cfg(unix)]
#[test]
fn only_this_machines_user_can_read_the_managers_key() {
    use std::os::unix::fs::PermissionsExt;

    let laptop = Laptop::start();
    for file in ["manager.key", "serving.json"] {
        let mode = fs::metadata(laptop.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let key = fs::read_to_string(laptop.path().join("manager.key")).unwrap();
    assert_eq!(key.trim(), laptop.key);
}

#[test]
fn a_request_about_access_is_short() {
    let laptop = Laptop::start();
    let long = json!({ "code": "x".repeat(limits::ACCESS_BYTES_MAX) });
    let answer = laptop.ask("POST", "/api/v1/pairings", &[], Some(&long));
    assert_eq!(answer.failure(), (413, "body_too_large"));
}
