//! A device that was paired is one row of the manager's list from the first moment on.

use chasqui_harness::{Device, on_ports::Laptop};
use chasqui_shared::{MemoryLog, Role, offer};
use serde_json::{Value, json};

fn rows(laptop: &Laptop, path: &str) -> Vec<Value> {
    laptop.get(path, &laptop.key).value().as_array().unwrap().clone()
}

#[test]
fn a_paired_phone_that_recorded_nothing_is_one_row_under_its_name() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let token = rosa.pair(&laptop, Role::Monitor);
    let paired = rows(&laptop, "/api/v1/devices");
    assert_eq!(paired.len(), 1);
    assert_eq!((&paired[0]["standing"], &paired[0]["told_at"]), (&json!("unknown"), &json!(null)));

    let log = MemoryLog::new(laptop.hello().charter);
    let Ok(asked) = offer(&log, rosa.log_writer.writer(), None, Vec::new());
    let asked = serde_json::to_value(&asked).unwrap();
    laptop.post("/api/v1/sync/offer", &token, &asked).value();
    let met = rows(&laptop, "/api/v1/devices");
    assert_eq!(met.len(), 1, "{met:?}");
    assert_eq!((&met[0]["name"], &met[0]["pairing"]["name"]), (&json!("Rosa"), &json!("Rosa")));
    assert_eq!(met[0]["standing"], "complete");
    let peers = rows(&laptop, "/api/v1/peers");
    assert_eq!(peers[0]["device"], json!(rosa.id()), "the token says whose log it is");

    let laptop = Laptop::start_in(laptop.stop());
    assert_eq!(rows(&laptop, "/api/v1/devices").len(), 1);
}

#[test]
fn only_a_manager_sees_the_devices() {
    let laptop = Laptop::start();
    let token = Device::new(1, "Rosa").pair(&laptop, Role::Monitor);
    assert_eq!(laptop.get("/api/v1/devices", &token).failure(), (403, "manager_only"));
}
