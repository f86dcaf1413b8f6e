//! What it does with files.

use std::{io::Write, sync::atomic::AtomicU64};

use chasqui_harness::hash;
use fastrand::Rng;

use super::{Device, Honest, bytes, one_of};
use crate::faults::upload::{self, Reply, Upload};

/// The upload of a file of so many bytes, where it is allowed.
fn begin(device: &Device, hash: &str, length: u64) -> Option<Upload> {
    let begun = upload::begin(&device.base, hash, length).ok()?;
    no_fault(&begun);
    (begun.status == 201).then(|| Upload::of(&begun))
}

fn no_fault(reply: &Reply) {
    assert_ne!(reply.status, 500, "{reply:?}");
}

fn send(device: &Device, upload: &Upload, part: &[u8]) {
    if let Ok(reply) = upload::patch(&device.base, upload, part, &AtomicU64::new(0)) {
        no_fault(&reply);
    }
}

pub fn empty_promises(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    for _ in 0..random.usize(1..=20) {
        let hash = hash(&random.u64(..).to_be_bytes());
        // Refused or not: nothing follows.
        begin(device, &hash, random.u64(1..1 << 34));
    }
}

pub fn wrong_hash(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let file = bytes(random, 3_000);
    if let Some(upload) = begin(device, &hash(b"another"), file.len() as u64) {
        send(device, &upload, &file);
    }
}

/// Offsets that leave out, repeat or overrun.
pub fn wrong_offsets(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let file = bytes(random, 3_000);
    let Some(mut upload) = begin(device, &hash(&file), file.len() as u64) else { return };
    for _ in 0..random.usize(1..=4) {
        upload.offset = one_of(random, &[0, 1, 1_500, 2_999, 3_000, 1 << 62]);
        let part = random.usize(0..=file.len());
        send(device, &upload, &file[..part]);
    }
}

/// The connection is cut, or silent, after a part of what was promised.
pub fn left_half(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let file = bytes(random, 20_000);
    let Some(upload) = begin(device, &hash(&file), file.len() as u64) else { return };
    let part = &file[..random.usize(0..file.len())];
    if let Ok(mut stream) = upload::open_patch(&device.base, &upload, file.len() as u64) {
        // The laptop may have gone before.
        let _ = stream.write_all(part);
        if random.bool() {
            device.falls_silent_on(stream);
        }
    }
    if random.bool()
        && let Some(begun) = begin(device, &hash(&file), file.len() as u64)
    {
        assert!(begun.offset <= part.len() as u64, "more than came");
    }
}

/// A file of its own, asked for in ways that no browser would.
pub fn odd_ranges(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let file = bytes(random, 2_000);
    let hash = hash(&file);
    if let Some(upload) = begin(device, &hash, file.len() as u64)
        && upload.offset == 0
    {
        send(device, &upload, &file);
    }
    for range in ["0-", "-1", "2000-", "5-2", "0-0,1-1", "18446744073709551615-", "x"] {
        let headers = format!("connection: close\r\nrange: bytes={range}\r\n");
        let method = one_of(random, &["GET", "HEAD"]);
        device.says_and_ends(&device.head(method, &format!("media/{hash}"), &headers));
    }
    device.get(&format!("media/{hash}/preview"));
}

pub fn others_upload(device: &mut Device, honest: &[Honest; 2], random: &mut Rng) {
    let honest = &honest[random.usize(0..2)];
    let theirs = honest.begins_an_upload(random);
    let part = bytes(random, 100);
    let reply = upload::patch(&device.base, &theirs, &part, &AtomicU64::new(0));
    assert!(reply.is_ok_and(|reply| reply.status == 404), "it is not there for others");
    assert_eq!(upload::offset(honest.base(), &theirs.path), 0);
}
