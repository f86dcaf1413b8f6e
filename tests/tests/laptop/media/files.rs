//! Files go out whole or in parts, and are never run.

use super::{wire::Wire, *};

#[tokio::test]
async fn a_file_goes_out_in_ranges_and_is_not_sent_to_those_who_have_it() {
    let app = Laptop::start();
    let png = b"\x89PNG\r\n\x1a\n and the rest of it";
    assert_eq!(begin(&app, png, png).await.status, 201);
    let path = format!("{MEDIA}/{}", hash(png));
    let whole = app.get(&path).await.ok();
    assert_eq!((header(&whole, "content-type"), &whole.body[..]), ("image/png", &png[..]));
    let etag = header(&whole, "etag");
    let ask = |name: &'static str, value: String| {
        let request = Request::get(&path).header(name, value).body(Body::empty()).unwrap();
        app.ask(request)
    };
    let part = ask("range", "bytes=1-3".into()).await;
    assert_eq!((part.status.as_u16(), &part.body[..]), (206, &b"PNG"[..]));
    let beyond = ask("range", "bytes=900-".into()).await;
    assert_eq!(beyond.failure(), (416, "range_unsatisfiable"));
    let known = ask("if-none-match", etag.to_owned()).await;
    assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
}

#[tokio::test]
async fn a_page_that_was_uploaded_is_never_run() {
    let app = Laptop::start();
    for page in [
        &b"<!doctype html><script>alert(1)</script>"[..],
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg onload='alert(1)'/>",
        b"%PDF-1.7 with a script",
        b"alert(1)",
    ] {
        assert_eq!(begin(&app, page, page).await.status, 201);
        let got = app.get(&format!("{MEDIA}/{}", hash(page))).await.ok();
        assert_eq!(header(&got, "content-type"), "application/octet-stream");
        assert_eq!(header(&got, "content-disposition"), "attachment");
        assert_eq!(header(&got, "x-content-type-options"), "nosniff");
        assert_eq!(header(&got, "content-security-policy"), "sandbox; default-src 'none'");
    }
}

/// A laptop that holds this file, and the path of it.
fn holding(file: &[u8]) -> (Wire, String) {
    let wire = Wire::start();
    let path = wire.begin(file);
    assert_eq!(wire.patch(&path, 0, file, &[]).status, 204);
    (wire, format!("{MEDIA}/{}", hash(file)))
}

#[test]
fn one_range_is_answered_with_that_part() {
    let (wire, path) = holding(b"0123456789");
    for (range, part, told) in [
        ("bytes=0-0", "0", "bytes 0-0/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=8-900", "89", "bytes 8-9/10"),
        ("bytes=-10", "0123456789", "bytes 0-9/10"),
    ] {
        let reply = wire.ask("GET", &path, &[("Range", range)], b"");
        assert_eq!((reply.status, reply.body), (206, part.as_bytes().to_vec()), "{range}");
        let reply = wire.ask("GET", &path, &[("Range", range)], b"");
        assert_eq!(reply.header("content-range"), told);
        assert_eq!(reply.header("accept-ranges"), "bytes");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
    }
}

#[test]
fn a_range_past_the_end_is_refused_with_the_length() {
    let (wire, path) = holding(b"0123456789");
    for range in ["bytes=10-", "bytes=10-20", "bytes=-0"] {
        let reply = wire.ask("GET", &path, &[("Range", range)], b"");
        assert_eq!(reply.failure(), (416, "range_unsatisfiable".into()), "{range}");
        assert_eq!(reply.header("content-range"), "bytes */10");
    }
}

#[test]
fn what_is_not_one_range_is_answered_with_the_whole() {
    let (wire, path) = holding(b"0123456789");
    for range in [
        "bytes=0-1,3-4",
        "bytes=-900",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "items=0-1",
        "0-1",
        "bytes",
    ] {
        let reply = wire.ask("GET", &path, &[("Range", range)], b"");
        assert_eq!((reply.status, &*reply.body), (200, &b"0123456789"[..]), "{range}");
    }
}

#[test]
fn a_range_is_answered_only_if_the_rest_is_of_the_same_file() {
    let (wire, path) = holding(b"0123456789");
    let etag = wire.ask("HEAD", &path, &[], b"").header("etag").to_owned();
    assert_eq!(etag, format!("\"{}\"", hash(b"0123456789")));
    let weak = format!("W/{etag}");
    for (tag, status) in [(&*etag, 206), (&*weak, 200), ("\"another\"", 200)] {
        let headers = [("Range", "bytes=3-4"), ("If-Range", tag)];
        assert_eq!(wire.ask("GET", &path, &headers, b"").status, status, "{tag}");
    }
    let date = [("Range", "bytes=3-4"), ("If-Range", "Mon, 23 Nov 2026 13:00:00 GMT")];
    assert_eq!(wire.ask("GET", &path, &date, b"").status, 200);
}

#[test]
fn a_file_that_the_other_side_has_is_not_sent_again() {
    let (wire, path) = holding(b"0123456789");
    let etag = wire.ask("HEAD", &path, &[], b"").header("etag").to_owned();
    for tags in [&*etag, "*", &format!("\"another\", {etag}"), &format!("W/{etag}")] {
        let reply = wire.ask("GET", &path, &[("If-None-Match", tags)], b"");
        assert_eq!((reply.status, reply.body.len()), (304, 0), "{tags}");
    }
    let reply = wire.ask("GET", &path, &[("If-None-Match", "\"another\"")], b"");
    assert_eq!((reply.status, reply.body.len()), (200, 10));
}
