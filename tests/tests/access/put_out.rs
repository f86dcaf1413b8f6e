//! What a device has under way when its way in is taken from it.

use chasqui_harness::{Device, on_ports::Laptop};
use chasqui_server::limits::places;
use chasqui_shared::Role;
use data_encoding::{BASE64, HEXLOWER};
use serde_json::json;

use crate::access::line::Line;

fn events(laptop: &Laptop, token: &str) -> Line {
    let mut line = Line::open(laptop);
    line.send("GET /api/v1/events", Some(token), 0, b"");
    assert_eq!(line.status(), 200);
    line
}

/// An upload of a device, and a request that brings a part of it and goes on.
fn trickling(laptop: &Laptop, token: &str) -> Line {
    let hash = HEXLOWER.encode(blake3::hash(b"a film").as_bytes());
    let metadata = format!("hash {}", BASE64.encode(hash.as_bytes()));
    let path = Line::begin_upload(laptop, token, &metadata);
    let mut line = Line::patch(laptop, token, &path);
    line.write(b"the first bytes").unwrap();
    line
}

fn uploads(laptop: &Laptop) -> usize {
    std::fs::read_dir(laptop.path().join("media/uploads")).map_or(0, Iterator::count)
}

#[test]
fn everything_of_a_device_ends_when_it_is_revoked_and_nothing_of_others() {
    let laptop = Laptop::start();
    let (rosa, wilmer) = (Device::new(1, "Rosa"), Device::new(2, "Wilmer"));
    let [gone, stays] = [&rosa, &wilmer].map(|device| device.pair(&laptop, Role::Monitor));
    let mut idle = Line::open(&laptop);
    let head = format!(
        "GET /api/v1/settings HTTP/1.1\r\nhost: localhost\r\nauthorization: {}\r\n\r\n",
        chasqui_harness::bearer(&gone)
    );
    idle.write(head.as_bytes()).unwrap();
    assert_eq!(idle.status(), 200);
    let mut waiting = Line::open(&laptop);
    waiting.send("POST /api/v1/changes", Some(&gone), 1_000, b"{");
    let (listening, sending) = (events(&laptop, &gone), trickling(&laptop, &gone));
    let (mut other, still_sending) = (events(&laptop, &stays), trickling(&laptop, &stays));
    assert_eq!(uploads(&laptop), 4);
    laptop.order(rosa.id(), "revoke", json!({}));
    [idle, waiting, listening, sending].into_iter().for_each(Line::await_end);
    assert_eq!(uploads(&laptop), 2, "its upload is over, and takes no room");
    // A commit, which the other still hears of.
    laptop.put("observations", json!([{ "category": "c" }]));
    other.await_event();
    drop(still_sending);
    assert_eq!(laptop.get("/api/v1/observations", &stays).status, 200);
    let again = rosa.pair(&laptop, Role::Monitor);
    assert_eq!(laptop.get("/api/v1/observations", &again).status, 200);
}

#[test]
fn what_a_manager_has_under_way_ends_when_it_is_one_no_more() {
    let laptop = Laptop::start();
    let wilmer = Device::new(1, "Wilmer");
    let token = wilmer.pair(&laptop, Role::Manager);
    let listening = events(&laptop, &token);
    laptop.order(wilmer.id(), "role", json!({ "role": "manager" }));
    let mut listening_on = events(&laptop, &token);
    laptop.order(wilmer.id(), "name", json!({ "name": "Wilmer Rojas" }));
    listening_on.await_event();
    laptop.order(wilmer.id(), "role", json!({ "role": "monitor" }));
    [listening, listening_on].into_iter().for_each(Line::await_end);
    drop(events(&laptop, &token));
}

#[test]
fn a_token_that_is_replaced_ends_what_goes_on_with_it() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let listening = events(&laptop, &rosa.pair(&laptop, Role::Monitor));
    let again = rosa.pair(&laptop, Role::Monitor);
    listening.await_end();
    drop(events(&laptop, &again));
}

#[test]
fn a_manager_who_puts_out_its_own_device_hears_that_it_did() {
    let laptop = Laptop::start();
    let wilmer = Device::new(1, "Wilmer");
    let token = wilmer.pair(&laptop, Role::Manager);
    let answer =
        laptop.post(&format!("/api/v1/pairings/{}/revoke", wilmer.id()), &token, &json!({}));
    assert!(answer.value()["revoked_at"].is_string());
    assert_eq!(laptop.get("/api/v1/status", &token).failure(), (401, "revoked"));
}

#[test]
fn who_listens_once_more_than_it_may_loses_its_oldest_and_others_listen_on() {
    let laptop = Laptop::start();
    let token = Device::new(1, "Rosa").pair(&laptop, Role::Monitor);
    let mut own: Vec<_> = (0..places::DEVICE.listeners).map(|_| events(&laptop, &token)).collect();
    let managers: Vec<_> =
        (0..places::HERE.listeners).map(|_| events(&laptop, &laptop.key)).collect();
    let newest = events(&laptop, &token);
    own.remove(0).await_end();
    for _ in 0..100 {
        drop(events(&laptop, &token));
    }
    drop((own, newest));
    laptop.put("observations", json!([{ "category": "c" }]));
    managers.into_iter().for_each(|mut line| line.await_event());
}
