//! What it does with connections.

use fastrand::Rng;

use super::{Device, Honest, bytes, one_of};

pub fn noise(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    for path in [
        "changes",
        "changes/wanted",
        "sync/offer",
        "sync/hashes",
        "sync/places",
        "observations?source=x",
        "media/held",
        "media",
        "readiness",
        "settings",
    ] {
        let length = random.usize(0..400);
        let body = bytes(random, length);
        let content_type = one_of(random, &["application/cbor", "application/json"]);
        device.post(path, &body, content_type);
    }
}

pub fn listeners(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let request = device.head("GET", "events", "");
    for _ in 0..random.usize(1..=20) {
        device.leave_open(&request);
    }
}

pub fn unread(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let path = one_of(random, &["observations?format=geojson", "observations?limit=500", "events"]);
    let request = device.head("GET", path, "");
    for _ in 0..random.usize(1..=10) {
        device.leave_open(&request);
    }
}

pub fn silent_bodies(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let path = one_of(random, &["changes", "observations?source=x", "sync/offer", "media"]);
    let headers = "content-type: application/cbor\r\ncontent-length: 100000\r\n";
    let mut request = device.head("POST", path, headers);
    request.extend_from_slice(&[0; 10]);
    for _ in 0..random.usize(1..=40) {
        device.falls_silent(&request);
    }
}

pub fn odd_http(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let get = device.head("GET", "settings", "");
    let with = |headers: &str| device.head("POST", "changes", headers);
    let oddities = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"GET /api/v1/hello HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n".to_vec(),
        [b"GET /".as_slice(), &vec![b'a'; 70_000], b" HTTP/1.1\r\n\r\n"].concat(),
        [b"GET / HTTP/1.1\r\n".as_slice(), &b"a: b\r\n".repeat(500), b"\r\n"].concat(),
        get.repeat(40),
        with("transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\nx"),
        with("transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n"),
        with("content-length: 18446744073709551615\r\n"),
        with("content-length: -1\r\n"),
        with("content-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\u{7f}ab"),
        with("expect: 100-continue\r\ncontent-length: 5\r\n"),
        device.head("\u{0}", "settings", ""),
        device.head("DELETE", "observations", ""),
        device.head("GET", "../../etc/passwd", ""),
        device.head("GET", "media/%2e%2e%2f", ""),
        device.head("GET", "observations/%ff%fe", ""),
        get[..random.usize(0..get.len())].to_vec(),
        bytes(random, 500),
    ];
    device.says_and_ends(&oddities[random.usize(0..oddities.len())]);
}

/// Requests that are cut off anywhere, the answer unread.
pub fn cut(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    for _ in 0..random.usize(1..=10) {
        let path = one_of(random, &["events", "observations?format=geojson", "settings"]);
        let request = device.head("GET", path, "");
        let length = one_of(random, &[0, 20, request.len()]);
        device.says_and_goes(&request[..length]);
    }
}

/// More connections than one device may have; some ask, some are silent.
pub fn crowd(device: &mut Device, _: &[Honest; 2], random: &mut Rng) {
    let request = device.head("GET", "settings", "");
    for _ in 0..random.usize(30..=60) {
        if random.bool() {
            device.leave_open(&request);
        } else {
            device.says_nothing();
        }
    }
}
