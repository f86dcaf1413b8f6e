//! The rules of the extensions of tus 1.0.0, one by one, over sockets: creation,
//! creation-with-upload, checksum and expiration.

use std::{
    fs,
    net::Shutdown,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use chasqui_server::limits;

use super::{
    rules::{FILE, refused},
    wire::{Reply, Wire},
    *,
};

const CONCATENATION: &str = "concatenation_unsupported";

#[test]
fn creation_needs_the_length_and_no_more_than_the_largest() {
    let wire = Wire::start();
    for (headers, status, code) in [
        (&[][..], 400, "header_malformed"),
        (&[("Upload-Length", "-1")], 400, "header_malformed"),
        (&[("Upload-Length", "many")], 400, "header_malformed"),
        (&[("Upload-Defer-Length", "1")], 400, "length_deferred"),
        (&[("Upload-Defer-Length", "1"), ("Upload-Length", "11")], 400, "length_deferred"),
        (&[("Upload-Length", "4294967296")], 413, "body_too_large"),
        (&[("Upload-Length", "11"), ("Upload-Concat", "partial")], 400, CONCATENATION),
        (&[("Upload-Concat", "final;/a /b")], 400, CONCATENATION),
        (&[("Upload-Length", "11"), ("Upload-Concat", "x")], 400, CONCATENATION),
    ] {
        refused(&wire.tus("POST", MEDIA, headers, b""), status, code);
    }
}

#[test]
fn creation_says_where_to_go_on_and_until_when() {
    let wire = Wire::start();
    let begun = wire.tus("POST", MEDIA, &[("Upload-Length", "11")], b"");
    assert_eq!((begun.status, begun.header("upload-offset")), (201, "0"));
    let path = begun.header("location");
    for reply in [&begun, &wire.patch(path, 0, b"hello", &[]), &wire.tus("HEAD", path, &[], b"")] {
        assert!(reply.header("upload-expires").ends_with(" GMT"), "as HTTP writes dates");
    }
    assert_eq!(wire.patch(path, 5, b" world", &[]).status, 204);
    assert!(wire.holds(FILE), "its name is told by its bytes");
}

#[test]
fn creation_of_an_empty_file_ends_with_it() {
    let wire = Wire::start();
    let begun = wire.tus("POST", MEDIA, &[("Upload-Length", "0")], b"");
    assert_eq!((begun.status, begun.header("chasqui-media-hash")), (201, &*hash(b"")));
    assert!(wire.holds(b""));
}

#[test]
fn metadata_is_pairs_of_a_key_and_base64_and_a_key_alone() {
    let wire = Wire::start();
    let hash = named(FILE);
    for metadata in
        ["", "is_confidential", "name aG9sYQ==, filename aG9sYQ==,is_confidential", &hash]
    {
        let headers = [("Upload-Length", "11"), ("Upload-Metadata", metadata)];
        assert_eq!(wire.tus("POST", MEDIA, &headers, b"").status, 201, "{metadata}");
    }
    for metadata in ["name ???", "hash aG9sYQ==", "name /w==", "name \u{e9}"] {
        let headers = [("Upload-Length", "11"), ("Upload-Metadata", metadata)];
        refused(&wire.tus("POST", MEDIA, &headers, b""), 400, "metadata_malformed");
    }
}

#[test]
fn a_part_of_a_file_is_refused_before_its_bytes_come() {
    let wire = Wire::start();
    let headers = [("Tus-Resumable", "1.0.0"), BYTES, ("Upload-Length", "11")];
    let headers = [&headers[..], &[("Upload-Concat", "partial")]].concat();
    // Its bytes are promised, and none is sent.
    let reply = Reply::read(wire.send(("POST", MEDIA), &headers, FILE.len(), b""));
    refused(&reply, 400, CONCATENATION);
    let message = reply.json::<Value>()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("parallel uploads"), "{message}");
}

#[test]
fn head_tells_the_metadata_as_it_was_sent_also_after_a_restart_and_of_a_whole_file() {
    let mut wire = Wire::start();
    let hash = named(FILE);
    for metadata in [
        "filename cmVwb3J0LnBkZg==,is_confidential",
        "name aG9sYQ==, filename  aG9sYQ== ,is_confidential",
        "is_confidential",
        ",,",
        &hash,
    ] {
        let headers = [("Upload-Length", "11"), ("Upload-Metadata", metadata)];
        let path = wire.tus("POST", MEDIA, &headers, b"").header("location").to_owned();
        let told = |wire: &Wire| wire.tus("HEAD", &path, &[], b"");
        assert_eq!(told(&wire).header("upload-metadata"), metadata);
        wire.patch(&path, 0, b"hello", &[]);
        wire = wire.restart_after(|_| ());
        assert_eq!(told(&wire).header("upload-metadata"), metadata);
        assert_eq!(wire.patch(&path, 5, b" world", &[]).status, 204);
        let whole = told(&wire);
        assert_eq!(
            (whole.header("upload-offset"), whole.header("upload-metadata")),
            ("11", metadata)
        );
        wire = wire.restart_after(|data| fs::remove_dir_all(data.join("media")).unwrap());
    }
    let begun = wire.tus("POST", MEDIA, &[("Upload-Length", "11")], b"");
    let told = wire.tus("HEAD", begun.header("location"), &[], b"");
    assert_eq!(told.maybe("upload-metadata"), None, "nothing was said");
}

#[test]
fn creation_takes_the_first_bytes_along() {
    let wire = Wire::start();
    let length = ("Upload-Length", "11");
    let begun = wire.tus("POST", MEDIA, &[length, BYTES], b"hello");
    assert_eq!((begun.status, begun.header("upload-offset")), (201, "5"));
    assert_eq!(wire.offset(begun.header("location")), 5);
    let whole = wire.tus("POST", MEDIA, &[length, BYTES], FILE);
    assert_eq!((whole.status, whole.header("upload-offset")), (201, "11"));
    assert_eq!(whole.header("chasqui-media-hash"), hash(FILE));
    let other = wire.tus("POST", MEDIA, &[length, ("Content-Type", "image/jpeg")], b"hello");
    refused(&other, 415, "unsupported_media_type");
    let more = wire.tus("POST", MEDIA, &[length, BYTES], b"hello world!");
    refused(&more, 413, "body_too_large");
}

#[test]
fn creation_of_a_file_that_is_here_ends_with_nothing_sent() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    assert_eq!(wire.patch(&path, 0, FILE, &[]).status, 204);
    let metadata = named(FILE);
    let headers = [("Upload-Length", "11"), ("Upload-Metadata", &*metadata)];
    let known = wire.tus("POST", MEDIA, &headers, b"");
    assert_eq!((known.status, known.header("upload-offset")), (201, "11"));
    assert_eq!(known.header("chasqui-media-hash"), hash(FILE));
}

#[test]
fn bytes_with_another_checksum_are_thrown_away_and_those_with_theirs_are_kept() {
    let wire = Wire::start();
    for (file, right) in [
        (&b"hello world, by sha1"[..], "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=".to_owned()),
        (
            b"hello world, by sha256",
            "sha256 LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=".to_owned(),
        ),
        (
            b"hello world, by blake3",
            format!("blake3 {}", BASE64.encode(blake3::hash(b"hello").as_bytes())),
        ),
    ] {
        let path = wire.begin(file);
        let sum = [("Upload-Checksum", &*right)];
        refused(&wire.patch(&path, 0, b"jello", &sum), 460, "checksum_wrong");
        assert_eq!(wire.offset(&path), 0, "{right}");
        assert_eq!(wire.patch(&path, 0, b"hello", &sum).status, 204, "{right}");
        let wrong = wire.patch(&path, 5, &file[5..], &sum);
        refused(&wrong, 460, "checksum_wrong");
        assert_eq!(wire.offset(&path), 5, "{right}");
        assert_eq!(wire.patch(&path, 5, &file[5..], &[]).status, 204);
        assert!(wire.holds(file));
    }
}

#[test]
fn a_checksum_that_is_not_known_or_cannot_be_read_is_refused() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    for sum in ["", "sha1", "sha1 ???", "sha1 aGVsbG8=", "md5 XUFAKrxLKna5cZ2REBfFkg=="] {
        let reply = wire.patch(&path, 0, b"hello", &[("Upload-Checksum", sum)]);
        refused(&reply, 400, "checksum_unsupported");
    }
    assert_eq!(wire.offset(&path), 0);
    let sum = ("Upload-Checksum", "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=");
    let reply = wire.tus("POST", MEDIA, &[("Upload-Length", "11"), BYTES, sum], b"jello");
    refused(&reply, 460, "checksum_wrong");
}

#[test]
fn bytes_that_were_cut_are_kept_with_their_checksum_only_where_the_whole_is_checked_later() {
    let wire = Wire::start();
    let hashed = wire.begin(FILE);
    let begun = wire.tus("POST", MEDIA, &[("Upload-Length", "11")], b"");
    let sum = ("Upload-Checksum", "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=");
    let headers = [("Tus-Resumable", "1.0.0"), BYTES, ("Upload-Offset", "0"), sum];
    let cut = |path: &str| {
        let stream = wire.send(("PATCH", path), &headers, FILE.len(), b"jel");
        while fs::metadata(wire.part(path)).unwrap().len() == 0 {
            std::thread::yield_now();
        }
        stream.shutdown(Shutdown::Write).unwrap();
        refused(&Reply::read(stream), 400, "malformed");
    };
    cut(&hashed);
    assert_eq!(wire.offset(&hashed), 3);
    cut(begun.header("location"));
    assert_eq!(wire.offset(begun.header("location")), 0);
}

#[test]
fn an_upload_that_nobody_went_on_with_is_gone() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    let note = wire.part(&path).with_extension("json");
    let wire = wire.restart_after(|_| {
        let mut told: Value = serde_json::from_slice(&fs::read(&note).unwrap()).unwrap();
        let kept = limits::UPLOAD_KEPT_TIME - Duration::from_secs(1);
        let active_at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() - kept;
        told["active_at"] = active_at.as_secs().into();
        fs::write(&note, told.to_string()).unwrap();
    });
    while wire.tus("HEAD", &path, &[], b"").status == 200 {
        std::thread::yield_now();
    }
    let gone = wire.tus("HEAD", &path, &[], b"");
    assert_eq!((gone.status, gone.maybe("upload-offset")), (410, None));
    refused(&wire.patch(&path, 0, FILE, &[]), 410, "upload_expired");
    let anew = wire.begin(FILE);
    assert_eq!(wire.patch(&anew, 0, FILE, &[]).status, 204);
}

#[test]
fn a_disk_without_room_is_said_before_anything_is_sent() {
    let wire = Wire::start_with_reserve(u64::MAX);
    let reply = wire.tus("POST", MEDIA, &[("Upload-Length", "10")], b"");
    refused(&reply, 507, "disk_reserve");
    assert_eq!(reply.json::<Value>()["retryable"], true);
}
