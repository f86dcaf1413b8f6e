//! What it does where access is given, and where it has none.

use fastrand::Rng;
use serde_json::json;

use super::{Device, Honest, bytes, one_of};

/// Few enough that the address of all who are in this test is not kept from pairing.
pub fn wrong_codes(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let proof = data_encoding::HEXLOWER.encode(&bytes(random, 64));
    let name = one_of(random, &["", "\u{202e}nosliw", "a phone", "\u{0}"]);
    let body = json!({ "code": "code", "device": device.log_writer.owner().device, "name": name, "proof": proof });
    device.post("pairings", body.to_string().as_bytes(), "application/json");
    let noise = bytes(random, 5_000);
    device.post("pairings", &noise, "application/json");
}

/// All is refused, and nothing of it is done.
pub fn managers_doors(device: &mut Device, honest: &[Honest; 2], random: &mut Rng) {
    let other = honest[random.usize(0..2)].phone.log_writer.owner().device;
    for (path, body) in [
        (format!("pairings/{other}/revoke"), "{}"),
        (format!("pairings/{other}/aside"), r#"{"aside":true}"#),
        (format!("pairings/{}/role", device.log_writer.owner().device), r#"{"role":"manager"}"#),
        ("pairings/codes".into(), r#"{"role":"manager"}"#),
        ("notices/done".into(), r#"{"ids":[1,2,3]}"#),
        ("settings".into(), r#"{"photos":{"kept":"original"}}"#),
        ("audit".into(), ""),
        ("meetings".into(), r#"{"url":"http://127.0.0.1:9"}"#),
        ("comparison".into(), r#"{"url":"http://127.0.0.1:9"}"#),
        ("import?name=a.csv".into(), "lat,lon\n1,2\n"),
    ] {
        let answer = device.post(&path, body.as_bytes(), "application/json");
        assert_eq!(answer, None, "{path} is for managers");
    }
    for path in ["status", "peers", "devices", "notices", "pairings"] {
        assert_eq!(device.get(path), None, "{path} is for managers");
    }
}

pub fn readiness(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    for _ in 0..random.usize(1..=8) {
        let check = one_of(random, &["yes", "no", "unknown", "perhaps"]);
        let report = json!({
            "app_kept": check, "storage_persistent": check, "map_kept": check, "gps_allowed": check,
            "camera_allowed": check, "clock_right": check, "space_enough": check,
            "free_bytes": random.u64(..), "checked_at": "9999-12-31T23:59:59Z",
        });
        device.post("readiness", report.to_string().as_bytes(), "application/json");
    }
}
