//! Files go out whole or in parts, and are never run.

use super::*;

#[tokio::test]
async fn a_file_goes_out_in_ranges_and_is_not_sent_to_those_who_have_it() {
    let app = TestApp::start();
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
    assert_eq!(beyond.failure(), (416, "range_unsatisfiable".into()));
    let known = ask("if-none-match", etag.to_owned()).await;
    assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
}

#[tokio::test]
async fn a_page_that_was_uploaded_is_never_run() {
    let app = TestApp::start();
    for page in [&b"<!doctype html><script>alert(1)</script>"[..], b"<svg onload='alert(1)'/>"] {
        assert_eq!(begin(&app, page, page).await.status, 201);
        let got = app.get(&format!("{MEDIA}/{}", hash(page))).await.ok();
        assert_eq!(header(&got, "content-type"), "application/octet-stream");
        assert_eq!(header(&got, "content-disposition"), "attachment");
        assert_eq!(header(&got, "x-content-type-options"), "nosniff");
        assert_eq!(header(&got, "content-security-policy"), "sandbox; default-src 'none'");
    }
}
