//! The rules of the core of tus 1.0.0, one by one, over sockets.

use std::{fs, io::Write, net::Shutdown};

use super::{
    wire::{Reply, Wire},
    *,
};

pub const FILE: &[u8] = b"hello world";

#[track_caller]
pub fn refused(reply: &Reply, status: u16, code: &str) {
    assert_eq!(reply.failure(), (status, code.to_owned()));
}

#[test]
fn options_tells_what_is_known_to_whoever_says_no_version_or_another() {
    let wire = Wire::start();
    for version in [&[][..], &[("Tus-Resumable", "0.2.1")]] {
        let told = wire.ask("OPTIONS", MEDIA, version, b"");
        assert_eq!(told.status, 204);
        assert_eq!(told.header("tus-version"), "1.0.0");
        let extensions = "creation,creation-with-upload,checksum,expiration";
        assert_eq!(told.header("tus-extension"), extensions);
        assert_eq!(told.header("tus-max-size"), "4294967295");
        assert_eq!(told.header("tus-checksum-algorithm"), "sha1,sha256,blake3");
    }
}

#[test]
fn every_answer_says_its_version_failures_too() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    let unknown = format!("{MEDIA}/uploads/00");
    for (method, path) in
        [("HEAD", &path), ("PATCH", &path), ("HEAD", &unknown), ("DELETE", &path), ("PUT", &path)]
    {
        for reply in [wire.tus(method, path, &[], b""), wire.ask(method, path, &[], b"")] {
            assert_eq!(reply.header("tus-resumable"), "1.0.0", "{method} {path}");
        }
    }
}

#[test]
fn another_version_is_refused_with_those_that_are_known_and_nothing_is_done() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    for version in [&[][..], &[("Tus-Resumable", "0.2.2")], &[("Tus-Resumable", "1.0.1")]] {
        let headers = [version, &[BYTES, ("Upload-Offset", "0"), ("Upload-Length", "11")]].concat();
        for (method, path) in [("POST", MEDIA), ("PATCH", &path)] {
            let reply = wire.ask(method, path, &headers, b"hello");
            refused(&reply, 412, "tus_version");
            assert_eq!(reply.header("tus-version"), "1.0.0");
        }
        assert_eq!(wire.ask("HEAD", &path, version, b"").status, 412);
    }
    assert_eq!(wire.offset(&path), 0);
}

#[test]
fn head_tells_offset_and_length_and_no_cache_keeps_it() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    assert_eq!(wire.patch(&path, 0, b"hello", &[]).status, 204);
    let told = wire.tus("HEAD", &path, &[], b"");
    assert_eq!(told.status, 200);
    assert_eq!((told.header("upload-offset"), told.header("upload-length")), ("5", "11"));
    assert_eq!(told.header("cache-control"), "no-store");
    assert!(told.body.is_empty());
}

#[test]
fn head_of_an_upload_that_is_not_there_tells_no_offset() {
    let wire = Wire::start();
    let told = wire.tus("HEAD", &format!("{MEDIA}/uploads/00"), &[], b"");
    assert_eq!((told.status, told.maybe("upload-offset")), (404, None));
    assert_eq!(told.header("cache-control"), "no-store");
}

#[test]
fn patch_takes_the_next_bytes_and_tells_the_new_offset() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    for (at, bytes, until) in [(0, "hel", "3"), (3, "", "3"), (3, "lo wor", "9"), (9, "ld", "11")] {
        let reply = wire.patch(&path, at, bytes.as_bytes(), &[]);
        assert_eq!((reply.status, reply.header("upload-offset")), (204, until));
    }
    assert!(wire.holds(FILE));
}

#[test]
fn patch_at_another_offset_is_refused_and_changes_nothing() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    assert_eq!(wire.patch(&path, 0, b"hello", &[]).status, 204);
    for at in [0, 4, 6, u64::MAX] {
        refused(&wire.patch(&path, at, b" world", &[]), 409, "offset_wrong");
    }
    for offset in ["", "-1", "+5", "5.0", "0x5", "18446744073709551616", "5, 5"] {
        let reply = wire.tus("PATCH", &path, &[BYTES, ("Upload-Offset", offset)], b" world");
        refused(&reply, 400, "header_malformed");
    }
    assert_eq!(wire.offset(&path), 5);
}

#[test]
fn patch_of_another_content_type_is_refused() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    for kind in [&[][..], &[("Content-Type", "application/octet-stream")]] {
        let headers = [kind, &[("Upload-Offset", "0")]].concat();
        let reply = wire.tus("PATCH", &path, &headers, b"hello");
        refused(&reply, 415, "unsupported_media_type");
    }
    assert_eq!(wire.offset(&path), 0);
}

#[test]
fn patch_of_more_than_the_length_is_refused_and_the_upload_goes_on() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    refused(&wire.patch(&path, 0, b"hello world!", &[]), 413, "body_too_large");
    assert_eq!(wire.offset(&path), 0);
    assert_eq!(wire.patch(&path, 0, FILE, &[]).status, 204);
}

#[test]
fn patch_that_is_cut_keeps_what_came() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    let headers = [("Tus-Resumable", "1.0.0"), BYTES, ("Upload-Offset", "0")];
    let cut = wire.send(("PATCH", &path), &headers, FILE.len(), b"hello");
    cut.shutdown(Shutdown::Both).unwrap();
    while wire.offset(&path) == 0 {
        std::thread::yield_now();
    }
    assert_eq!(wire.offset(&path), 5);
    let wire = wire.restart_after(|_| {});
    assert_eq!(wire.offset(&path), 5, "it is durable");
    assert_eq!(wire.patch(&path, 5, b" world", &[]).status, 204);
    assert!(wire.holds(FILE));
}

#[test]
fn patch_is_refused_while_another_is_being_received() {
    let wire = Wire::start();
    let file = vec![b'x'; 64 * 1024 * 1024];
    let path = wire.begin(&file);
    let headers = [("Tus-Resumable", "1.0.0"), BYTES, ("Upload-Offset", "0")];
    let mut first = wire.send(("PATCH", &path), &headers, file.len(), b"");
    let refusing = std::thread::scope(|scope| {
        let (told, is_refused) = std::sync::mpsc::channel();
        let (wire, path, part) = (&wire, &path, wire.part(&path));
        scope.spawn(move || {
            // The first is in once bytes of it are on the disk.
            while fs::metadata(&part).unwrap().len() == 0 {
                std::thread::yield_now();
            }
            told.send(wire.patch(path, 0, b"yyyy", &[])).unwrap();
        });
        let mut sent = 0;
        let refusing = loop {
            match is_refused.try_recv() {
                Ok(reply) => break reply,
                Err(_) if sent + 4_096 < file.len() => {
                    first.write_all(&file[..4_096]).unwrap();
                    sent += 4_096;
                }
                Err(_) => break is_refused.recv().unwrap(),
            }
        };
        first.write_all(&file[sent..]).unwrap();
        refusing
    });
    refused(&refusing, 423, "upload_busy");
    let whole = Reply::read(first);
    assert_eq!((whole.status, whole.header("chasqui-media-hash")), (204, &*hash(&file)));
}

#[test]
fn a_post_is_the_method_that_it_says_it_is() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    let patch = [BYTES, ("Upload-Offset", "0"), ("X-HTTP-Method-Override", "PATCH")];
    assert_eq!(wire.tus("POST", &path, &patch, b"hello").status, 204);
    let told = wire.tus("POST", &path, &[("X-HTTP-Method-Override", "HEAD")], b"");
    assert_eq!((told.status, told.header("upload-offset")), (200, "5"));
    let unknown = format!("{MEDIA}/uploads/00");
    let told = wire.tus("POST", &unknown, &[("X-HTTP-Method-Override", "HEAD")], b"");
    refused(&told, 404, "upload_unknown");
    let delete = wire.tus("POST", &path, &[("X-HTTP-Method-Override", "DELETE")], b"");
    refused(&delete, 405, "method_not_allowed");
    assert_eq!(wire.tus("POST", &path, &[], b"").status, 405);
}

#[test]
fn no_other_method_than_post_is_another() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    let patch = [BYTES, ("Upload-Offset", "0"), ("X-HTTP-Method-Override", "PATCH")];
    assert_eq!(wire.tus("GET", &path, &patch, b"hello").status, 200);
    assert_eq!(wire.offset(&path), 0);
}

#[test]
fn nothing_is_deleted() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    let reply = wire.tus("DELETE", &path, &[], b"");
    refused(&reply, 405, "method_not_allowed");
    let mut allowed: Vec<_> = reply.header("allow").split(',').map(str::trim).collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "PATCH"]);
    assert_eq!(wire.offset(&path), 0);
}

#[test]
fn the_upload_of_another_device_is_not_there() {
    let mut wire = Wire::start();
    let (rosa, alfredo) = (wire.pair(1), wire.pair(2));
    wire.token.clone_from(&rosa);
    let path = wire.begin(FILE);
    assert_eq!(wire.patch(&path, 0, b"hello", &[]).status, 204);
    wire.token = alfredo;
    assert_eq!(wire.tus("HEAD", &path, &[], b"").status, 404);
    refused(&wire.patch(&path, 5, b" world", &[]), 404, "upload_unknown");
    let own = wire.begin(FILE);
    assert_ne!(own, path);
    assert_eq!(wire.offset(&own), 0);
    wire.token = rosa;
    assert_eq!(wire.offset(&path), 5);
}
