//! What phones say of themselves: kept per device, shown to managers, and of no other effect.

use chasqui_harness::{Device, on_ports::Laptop};
use chasqui_shared::Role;
use serde_json::{Value, json};

fn report(app_kept: &str, checked_at: &str) -> Value {
    json!({
        "app_kept": app_kept, "storage_persistent": "yes", "map_kept": "yes", "gps_allowed": "unknown",
        "camera_allowed": "yes", "clock_right": "yes", "space_enough": "yes",
        "free_bytes": 3_200_000_000_u64, "checked_at": checked_at,
    })
}

/// The row of a device in the manager's list.
fn row(laptop: &Laptop, device: &Device) -> Value {
    let list = laptop.read("pairings");
    let rows = list["items"].as_array().unwrap().clone();
    rows.into_iter().find(|row| row["device"] == json!(device.id())).unwrap()
}

#[test]
fn the_manager_sees_the_last_report_of_each_phone() {
    let laptop = Laptop::start();
    let (rosa, wilmer) = (Device::new(1, "Rosa"), Device::new(2, "Wilmer"));
    let token = rosa.pair(&laptop, Role::Monitor);
    wilmer.pair(&laptop, Role::Monitor);
    assert_eq!(row(&laptop, &rosa)["readiness"], Value::Null);

    let first = report("no", "2026-11-01T10:00:00Z");
    assert_eq!(laptop.post("/api/v1/readiness", &token, &first).status, 204);
    assert_eq!(row(&laptop, &rosa)["readiness"], first);
    assert_eq!(row(&laptop, &wilmer)["readiness"], Value::Null);

    let second = report("yes", "2026-11-01T11:00:00Z");
    assert_eq!(laptop.post("/api/v1/readiness", &token, &second).status, 204);
    assert_eq!(row(&laptop, &rosa)["readiness"], second);

    // The same again is only dated anew.
    let third = report("yes", "2026-11-02T11:00:00Z");
    assert_eq!(laptop.post("/api/v1/readiness", &token, &third).status, 204);
    assert_eq!(row(&laptop, &rosa)["readiness"], third);

    // A new code and a restart of the laptop change nothing about the phone.
    rosa.pair(&laptop, Role::Monitor);
    let laptop = Laptop::start_in(laptop.stop());
    let shown = row(&laptop, &rosa);
    assert_eq!(shown["readiness"], third);
    assert!(shown["readiness_at"].is_string());
}

#[test]
fn a_report_is_bounded_and_only_a_devices_own() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let token = rosa.pair(&laptop, Role::Monitor);
    let whole = report("yes", "2026-11-01T10:00:00Z");
    let post = |token: &str, body: &Value| {
        let answer = laptop.post("/api/v1/readiness", token, body);
        (answer.status.as_u16(), answer.code().to_owned())
    };
    assert_eq!(post(&laptop.key, &whole), (403, "device_only".into()));
    let mut of_another = whole.clone();
    of_another["device"] = json!(Device::new(2, "Wilmer").id());
    let mut word = whole.clone();
    word["app_kept"] = json!("perhaps");
    let mut less = whole.clone();
    less.as_object_mut().unwrap().remove("camera_allowed");
    for body in [of_another, word, less, json!({})] {
        assert_eq!(post(&token, &body), (400, "malformed".into()), "{body}");
    }
    let mut long = whole.clone();
    long["app_kept"] = json!("x".repeat(8 * 1024));
    assert_eq!(post(&token, &long), (413, "body_too_large".into()));
    laptop.order(rosa.id(), "revoke", json!({}));
    assert_eq!(post(&token, &whole), (401, "revoked".into()));
    assert_eq!(row(&laptop, &rosa)["readiness"], Value::Null);
}
