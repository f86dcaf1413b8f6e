//! Uploads that became files are remembered for who lost the answer to the last bytes, over
//! sockets.

use super::{
    rules::{FILE, refused},
    wire::{Reply, Wire},
    *,
};

/// Says all of a file, and its hash.
#[track_caller]
fn assert_tells_all(wire: &Wire, path: &str) {
    let told = wire.tus("HEAD", path, &[], b"");
    assert_eq!((told.status, told.header("upload-offset")), (200, "11"));
    assert_eq!((told.header("upload-length"), told.maybe("upload-expires")), ("11", None));
    assert_eq!(told.header("cache-control"), "no-store");
    assert_is_whole(&told);
}

#[track_caller]
fn assert_is_whole(reply: &Reply) {
    assert_eq!(reply.header("chasqui-media-hash"), hash(FILE));
    assert_eq!(reply.header("location"), format!("{MEDIA}/{}", hash(FILE)));
}

/// Begins an upload of the file, by its name or without; returns its path.
fn begin(wire: &Wire, is_named: bool) -> String {
    let metadata = if is_named { named(FILE) } else { String::new() };
    let headers = [("Upload-Length", "11"), ("Upload-Metadata", &*metadata)];
    wire.tus("POST", MEDIA, &headers, b"").header("location").to_owned()
}

/// The path of an upload that became the file.
fn finish(wire: &Wire, is_named: bool) -> String {
    let path = begin(wire, is_named);
    assert_eq!(wire.patch(&path, 0, FILE, &[]).status, 204);
    path
}

#[test]
fn who_lost_the_last_answer_hears_from_head_that_all_of_the_file_is_there() {
    for is_named in [true, false] {
        let wire = Wire::start();
        let path = begin(&wire, is_named);
        let headers = [("Tus-Resumable", "1.0.0"), BYTES, ("Upload-Offset", "0")];
        let unheard = wire.send(("PATCH", &path), &headers, FILE.len(), FILE);
        while wire.offset(&path) == 0 {
            std::thread::yield_now();
        }
        drop(unheard);
        assert_tells_all(&wire, &path);
        assert!(wire.holds(FILE));
    }
}

#[test]
fn head_tells_of_an_empty_file_that_it_is_there() {
    let wire = Wire::start();
    let begun = wire.tus("POST", MEDIA, &[("Upload-Length", "0")], b"");
    let told = wire.tus("HEAD", begun.header("location"), &[], b"");
    assert_eq!((told.header("upload-offset"), told.header("upload-length")), ("0", "0"));
    assert_eq!(told.header("chasqui-media-hash"), hash(b""));
}

#[test]
fn an_empty_patch_at_the_end_of_a_file_is_answered_as_the_last_one_was_and_no_other_is() {
    let wire = Wire::start();
    let path = finish(&wire, false);
    let right = format!("blake3 {}", BASE64.encode(blake3::hash(b"").as_bytes()));
    for sum in [&[][..], &[("Upload-Checksum", &*right)]] {
        let again = wire.patch(&path, 11, b"", sum);
        assert_eq!((again.status, again.header("upload-offset")), (204, "11"));
        assert_is_whole(&again);
    }
    let wrong = ("Upload-Checksum", "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=");
    refused(&wire.patch(&path, 11, b"", &[wrong]), 460, "checksum_wrong");
    refused(&wire.patch(&path, 11, b"!", &[]), 413, "body_too_large");
    for at in [0, 5, 10, 12] {
        refused(&wire.patch(&path, at, b"", &[]), 409, "offset_wrong");
        refused(&wire.patch(&path, at, b" world", &[]), 409, "offset_wrong");
    }
    let version = wire.ask("PATCH", &path, &[BYTES, ("Upload-Offset", "11")], b"");
    refused(&version, 412, "tus_version");
    assert_tells_all(&wire, &path);
}

#[test]
fn what_the_upload_of_another_device_became_is_not_told() {
    let mut wire = Wire::start();
    let (rosa, alfredo) = (wire.pair(1), wire.pair(2));
    for is_named in [true, false] {
        wire.token.clone_from(&rosa);
        let path = finish(&wire, is_named);
        wire.token.clone_from(&alfredo);
        let told = wire.tus("HEAD", &path, &[], b"");
        assert_eq!((told.status, told.maybe("upload-offset")), (404, None));
        refused(&wire.patch(&path, 11, b"", &[]), 404, "upload_unknown");
        wire.token.clone_from(&rosa);
        assert_tells_all(&wire, &path);
    }
}

#[test]
fn an_upload_that_is_another_file_than_was_named_is_gone() {
    let wire = Wire::start();
    let path = wire.begin(FILE);
    refused(&wire.patch(&path, 0, b"jello world", &[]), 460, "hash_wrong");
    let told = wire.tus("HEAD", &path, &[], b"");
    assert_eq!((told.status, told.maybe("upload-offset")), (404, None));
    refused(&wire.patch(&path, 11, b"", &[]), 404, "upload_unknown");
}

#[test]
fn after_a_restart_a_file_that_is_here_is_told_of_by_its_hash_alone() {
    let wire = Wire::start();
    let path = finish(&wire, true);
    let wire = wire.restart_after(|_| {});
    assert_eq!(wire.tus("HEAD", &path, &[], b"").status, 404);
    let metadata = named(FILE);
    let headers = [("Upload-Length", "11"), ("Upload-Metadata", &*metadata)];
    assert_is_whole(&wire.tus("POST", MEDIA, &headers, b""));
}
