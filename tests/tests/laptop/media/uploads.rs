//! Files come in, whole or in parts, and are what they were named.

use super::*;

#[tokio::test]
async fn a_file_comes_in_parts_and_is_held_when_it_is_whole() {
    let app = Laptop::start();
    let begun = begin(&app, b"hello world", b"hello").await;
    assert_eq!((begun.status.as_u16(), header(&begun, "upload-offset")), (201, "5"));
    assert!(header(&begun, "upload-expires").ends_with("GMT"));
    let path = header(&begun, "location").to_owned();
    let goes_on = json!([{ "hash": hash(b"hello world"), "upload": path, "offset": 5 }]);
    assert_eq!(held(&app, b"hello world").await, json!({ "held": [], "begun": goes_on }));

    let again = begin(&app, b"hello world", b"hello").await;
    assert_eq!((header(&again, "location"), header(&again, "upload-offset")), (&*path, "5"));
    let wrong = patch(&app, &path, 4, b"o world", None).await;
    assert_eq!(wrong.failure(), (409, "offset_wrong"));
    let app = app.restart();
    assert_eq!(offset(&app, &path).await, "5");
    let whole = patch(&app, &path, 5, b" world", None).await;
    assert_eq!((whole.status.as_u16(), header(&whole, "upload-offset")), (204, "11"));
    assert_eq!(header(&whole, "chasqui-media-hash"), hash(b"hello world"));
    assert_eq!(held(&app, b"hello world").await, json!({ "held": [hash(b"hello world")] }));
    let known = begin(&app, b"hello world", b"").await;
    assert_eq!((known.status.as_u16(), header(&known, "upload-offset")), (201, "11"));
}

#[tokio::test]
async fn what_does_not_have_its_checksum_is_thrown_away() {
    let app = Laptop::start();
    let path = header(&begin(&app, b"hello", b"").await, "location").to_owned();
    let wrong = patch(&app, &path, 0, b"jello", Some("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=")).await;
    assert_eq!(wrong.failure(), (460, "checksum_wrong"));
    assert_eq!(offset(&app, &path).await, "0");
    let unknown = patch(&app, &path, 0, b"hello", Some("md5 XUFAKrxLKna5cZ2REBfFkg==")).await;
    assert_eq!(unknown.failure(), (400, "checksum_unsupported"));
    let blake3 = format!("blake3 {}", BASE64.encode(blake3::hash(b"hello").as_bytes()));
    let right = patch(&app, &path, 0, b"hello", Some(&blake3)).await;
    assert_eq!(right.status, 204, "{}", right.text());
}

#[tokio::test]
async fn a_file_that_is_another_than_it_was_named_never_is_one() {
    let app = Laptop::start();
    let path = header(&begin(&app, b"hello", b"").await, "location").to_owned();
    let wrong = patch(&app, &path, 0, b"jello", None).await;
    assert_eq!(wrong.failure(), (460, "hash_wrong"));
    for file in [b"hello", b"jello"] {
        assert_eq!(held(&app, file).await, json!({ "held": [] }));
        let got = app.get(&format!("{MEDIA}/{}", hash(file))).await;
        assert_eq!(got.failure(), (404, "media_unknown"));
    }
}

#[tokio::test]
async fn what_is_no_upload_is_refused_by_name() {
    let app = Laptop::start();
    let options = tus(&app, Method::OPTIONS, MEDIA, &[], b"").await;
    assert_eq!(header(&options, "tus-checksum-algorithm"), "sha1,sha256,blake3");
    let no_version = app.post(MEDIA, BYTES.1, "").await;
    assert_eq!(no_version.failure(), (412, "tus_version"));
    assert_eq!(header(&no_version, "tus-version"), "1.0.0");
    let large = tus(&app, Method::POST, MEDIA, &[("upload-length", "4294967296")], b"").await;
    assert_eq!(large.failure(), (413, "body_too_large"));
    let unknown = patch(&app, "/api/v1/media/uploads/00", 0, b"x", None).await;
    assert_eq!(unknown.failure(), (404, "upload_unknown"));
    let path = header(&begin(&app, b"hello", b"").await, "location").to_owned();
    let more = patch(&app, &path, 0, b"hello!", None).await;
    assert_eq!(more.failure(), (413, "body_too_large"));
    assert_eq!(offset(&app, &path).await, "0");
}
