//! What it writes.

use std::collections::BTreeMap;

use chasqui_shared::{Answer, Draft, Kind, RecordId, Role, VersionBytes, limits, to_cbor};
use fastrand::Rng;
use serde_json::json;

use super::{Device, Honest, bytes, one_of};

pub fn many_logs(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let mut runs = Vec::new();
    for _ in 0..random.usize(1..=60) {
        let version = device.plain();
        runs.push(device.run(vec![version]));
    }
    device.push(runs);
}

pub fn many_heads(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let record = device.record();
    let keys = random.usize(1..=64);
    let heads: Vec<_> = (0..random.usize(2..=40))
        .map(|head| {
            let answers: BTreeMap<_, _> = (0..keys)
                .map(|key| (format!("k{head}-{key}"), Answer::Integer(key as i64)))
                .collect();
            let draft = Draft { category: "oil_spill".into(), answers, ..Draft::default() };
            device.version(record, draft, Role::Monitor)
        })
        .collect();
    let run = device.run(heads);
    device.push(vec![run]);
}

pub fn edit_of_others(device: &mut Device, honest: &[Honest; 2], random: &mut Rng) {
    let mut record = [0; 16];
    record[..8].copy_from_slice(&honest[random.usize(0..2)].phone.writer().0[..8]);
    record[8..].copy_from_slice(&1_u64.to_be_bytes());
    let versions: Vec<_> = (0..random.usize(1..=20))
        .map(|edit| {
            let note = format!("\u{202e}not so {edit}");
            let draft = Draft { category: "oil_spill".into(), note, ..Draft::default() };
            device.version(RecordId(record), draft, Role::Monitor)
        })
        .collect();
    let run = device.run(versions);
    device.push(vec![run]);
}

pub fn managers_kind(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let versions: Vec<_> = (0..random.usize(1..=30))
        .map(|_| {
            let record = device.record();
            let kind = one_of(random, &[Kind::Observation, Kind::Member, Kind::Settings]);
            let draft = Draft { kind, category: "manager".into(), ..Draft::default() };
            device.version(record, draft, Role::Manager)
        })
        .collect();
    let run = device.run(versions);
    device.push(vec![run]);
}

/// Noise, and versions with some bytes altered or cut off.
pub fn unreadable(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let versions: Vec<_> = (0..random.usize(1..=40))
        .map(|_| {
            let mut version = device.plain().as_slice().to_vec();
            match random.u8(0..4) {
                0 => version = bytes(random, 200),
                1 => version.truncate(random.usize(0..version.len())),
                2 => version.extend(bytes(random, 20)),
                _ => {
                    for _ in 0..random.usize(1..=4) {
                        let at = random.usize(0..version.len());
                        version[at] ^= 1 << random.u8(0..8);
                    }
                }
            }
            VersionBytes::new(version).unwrap()
        })
        .collect();
    let run = device.run(versions);
    device.push(vec![run]);
}

pub fn long_notes(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let versions: Vec<_> = (0..random.usize(1..=12))
        .map(|_| {
            let character = one_of(random, &["\u{1}", "\"", "ñ", "n"]);
            let note = character.repeat(limits::NOTE_BYTES_MAX / character.len());
            let record = device.record();
            let draft = Draft { category: "c".into(), note, ..Draft::default() };
            device.version(record, draft, Role::Monitor)
        })
        .collect();
    let run = device.run(versions);
    device.push(vec![run]);
}

pub fn forgery(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let versions = vec![device.plain(), device.plain()];
    let mut run = device.run(versions);
    run.entries[1].signature.0[random.usize(0..64)] ^= 1 << random.u8(0..8);
    device.push(vec![run]);
}

/// Both ways are signed. They part at a random place, and come one after the other or at once.
pub fn fork(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let versions: Vec<_> = (0..random.usize(1..=12)).map(|_| device.plain()).collect();
    let common = random.usize(0..versions.len());
    let one = device.run(versions.clone());
    let mut other = versions[..common].to_vec();
    other.extend((0..random.usize(1..=12)).map(|_| device.plain()));
    let other = device.run_after(one.after, other);
    if random.bool() {
        device.push(vec![one]);
        device.push(vec![other]);
    } else {
        device.push(vec![one, other]);
    }
}

pub fn gap(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let version = device.plain();
    let mut run = device.run(vec![version]);
    run.after.seq = one_of(random, &[1, 1 << 48, u64::MAX]);
    device.push(vec![run]);
}

pub fn others_log(device: &mut Device, honest: &[Honest; 2], random: &mut Rng) {
    let phone = &honest[random.usize(0..2)].phone;
    let version = device.plain();
    let mut run = device.run(vec![version]);
    run.writer = phone.writer();
    run.after = phone.recorded();
    run.owner = random.bool().then_some(device.log_writer.owner());
    device.push(vec![run]);
}

pub fn again(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let mut runs = device.sent.clone();
    random.shuffle(&mut runs);
    for _ in 0..random.usize(1..=3) {
        device.post_cbor("changes", &device.batch(runs.clone()));
    }
}

pub fn cut(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let versions = (0..10).map(|_| device.plain()).collect();
    let run = device.run(versions);
    let batch = to_cbor(&device.batch(vec![run])).unwrap();
    let kept = random.usize(0..batch.len());
    device.post("changes", &batch[..kept], "application/cbor");
    // The rest was promised and does not come.
    let length = batch.len();
    let headers = format!("content-type: application/cbor\r\ncontent-length: {length}\r\n");
    let head = device.head("POST", "changes", &headers);
    device.says_and_ends(&[&head, &batch[..kept]].concat());
}

pub fn rows_with_one_id(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let rows: Vec<_> = (0..random.usize(1..=60))
        .map(|row| json!({ "id": "one", "category": "oil_spill", "note": format!("row {row}") }))
        .collect();
    let body = json!(rows).to_string();
    device.post("observations?source=flood", body.as_bytes(), "application/json");
}

pub fn absurd_files(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let record = device.record();
    let media = serde_json::from_value(json!([{
        "hash": "ff".repeat(32), "bytes": random.u64(..), "type": "image/jpeg", "name": "gpj.exe",
    }]));
    let draft = Draft { category: "oil_spill".into(), media: media.unwrap(), ..Draft::default() };
    let version = device.version(record, draft, Role::Monitor);
    let run = device.run(vec![version]);
    device.push(vec![run]);
}
