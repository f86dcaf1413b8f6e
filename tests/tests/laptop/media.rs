//! Files come in by tus, are known by their hash, and go out without being run.

mod previews;

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use axum::{
    body::Body,
    http::{Method, Request},
};
use chasqui_server::{Config, Server, Serving};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::app::{Answer, TestApp};

const MEDIA: &str = "/api/v1/media";
const BYTES: (&str, &str) = ("content-type", "application/offset+octet-stream");

async fn tus(
    app: &TestApp,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header("tus-resumable", "1.0.0");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.ask(request.body(Body::from(body.to_vec())).unwrap()).await
}

fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(blake3::hash(bytes).as_bytes())
}

fn named(bytes: &[u8]) -> String {
    format!("hash {}", BASE64.encode(hash(bytes).as_bytes()))
}

async fn begin(app: &TestApp, file: &[u8], first: &[u8]) -> Answer {
    let (length, metadata) = (file.len().to_string(), named(file));
    let mut headers = vec![("upload-length", &*length), ("upload-metadata", &*metadata)];
    headers.extend((!first.is_empty()).then_some(BYTES));
    tus(app, Method::POST, MEDIA, &headers, first).await
}

async fn patch(app: &TestApp, path: &str, offset: u64, bytes: &[u8], sum: Option<&str>) -> Answer {
    let offset = offset.to_string();
    let mut headers = vec![BYTES, ("upload-offset", &*offset)];
    headers.extend(sum.map(|sum| ("upload-checksum", sum)));
    tus(app, Method::PATCH, path, &headers, bytes).await
}

async fn offset(app: &TestApp, path: &str) -> String {
    let answer = tus(app, Method::HEAD, path, &[], b"").await.ok();
    header(&answer, "upload-offset").to_owned()
}

#[track_caller]
fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).unwrap_or_else(|| panic!("{name} in {answer:?}")).to_str().unwrap()
}

async fn held(app: &TestApp, file: &[u8]) -> Value {
    app.post_json("/api/v1/media/held", &json!({ "hashes": [hash(file)] })).await.ok().json()
}

#[tokio::test]
async fn a_file_comes_in_parts_and_is_held_when_it_is_whole() {
    let app = TestApp::start();
    let begun = begin(&app, b"hello world", b"hello").await;
    assert_eq!((begun.status.as_u16(), header(&begun, "upload-offset")), (201, "5"));
    assert!(header(&begun, "upload-expires").ends_with("GMT"));
    let path = header(&begun, "location").to_owned();
    let goes_on = json!([{ "hash": hash(b"hello world"), "upload": path, "offset": 5 }]);
    assert_eq!(held(&app, b"hello world").await, json!({ "held": [], "begun": goes_on }));

    let again = begin(&app, b"hello world", b"hello").await;
    assert_eq!((header(&again, "location"), header(&again, "upload-offset")), (&*path, "5"));
    let wrong = patch(&app, &path, 4, b"o world", None).await;
    assert_eq!(wrong.failure(), (409, "offset_wrong".into()));
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
    let app = TestApp::start();
    let path = header(&begin(&app, b"hello", b"").await, "location").to_owned();
    let wrong = patch(&app, &path, 0, b"jello", Some("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=")).await;
    assert_eq!(wrong.failure(), (460, "checksum_wrong".into()));
    assert_eq!(offset(&app, &path).await, "0");
    let unknown = patch(&app, &path, 0, b"hello", Some("md5 XUFAKrxLKna5cZ2REBfFkg==")).await;
    assert_eq!(unknown.failure(), (400, "checksum_unsupported".into()));
    let blake3 = format!("blake3 {}", BASE64.encode(blake3::hash(b"hello").as_bytes()));
    let right = patch(&app, &path, 0, b"hello", Some(&blake3)).await;
    assert_eq!(right.status, 204, "{}", right.text());
}

#[tokio::test]
async fn a_file_that_is_another_than_it_was_named_never_is_one() {
    let app = TestApp::start();
    let path = header(&begin(&app, b"hello", b"").await, "location").to_owned();
    let wrong = patch(&app, &path, 0, b"jello", None).await;
    assert_eq!(wrong.failure(), (460, "hash_wrong".into()));
    for file in [b"hello", b"jello"] {
        assert_eq!(held(&app, file).await, json!({ "held": [] }));
        let got = app.get(&format!("{MEDIA}/{}", hash(file))).await;
        assert_eq!(got.failure(), (404, "media_unknown".into()));
    }
}

#[tokio::test]
async fn what_is_no_upload_is_refused_by_name() {
    let app = TestApp::start();
    let options = tus(&app, Method::OPTIONS, MEDIA, &[], b"").await;
    assert_eq!(header(&options, "tus-checksum-algorithm"), "sha1,sha256,blake3");
    let no_version = app.post(MEDIA, BYTES.1, "").await;
    assert_eq!(no_version.failure(), (412, "tus_version".into()));
    assert_eq!(header(&no_version, "tus-version"), "1.0.0");
    let large = tus(&app, Method::POST, MEDIA, &[("upload-length", "4294967296")], b"").await;
    assert_eq!(large.failure(), (413, "body_too_large".into()));
    let unknown = patch(&app, "/api/v1/media/uploads/00", 0, b"x", None).await;
    assert_eq!(unknown.failure(), (404, "upload_unknown".into()));
    let path = header(&begin(&app, b"hello", b"").await, "location").to_owned();
    let more = patch(&app, &path, 0, b"hello!", None).await;
    assert_eq!(more.failure(), (413, "body_too_large".into()));
    assert_eq!(offset(&app, &path).await, "0");
}

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

/// A server with a socket, and requests that are cut.
struct Wire {
    http: SocketAddr,
    directory: TempDir,
}

impl Wire {
    async fn start(reserve_bytes: u64) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
        let config = Config::new(directory.path().to_owned(), loopback);
        let config = Config { media_reserve_bytes: reserve_bytes, ..config };
        let server = Server::open(config).await.unwrap();
        let http = server.http_address();
        tokio::spawn(server.serve(std::future::pending()));
        Self { http, directory }
    }

    /// Sends a head that promises so many bytes, and these.
    fn send(&self, head: &str, length: usize, bytes: &[u8]) -> TcpStream {
        let key = Serving::find(self.directory.path()).unwrap().key;
        let mut stream = TcpStream::connect(self.http).unwrap();
        let head = format!(
            "{head}Host: localhost\r\nAuthorization: Bearer {}\r\nTus-Resumable: 1.0.0\r\n\
             Content-Type: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            key.as_str(),
            BYTES.1
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    }

    fn ask(&self, head: &str, bytes: &[u8]) -> String {
        let mut answer = Vec::new();
        self.send(head, bytes.len(), bytes).read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_cut_keeps_what_came_and_two_never_write_at_once() {
    let wire = Wire::start(0).await;
    let post = format!("POST {MEDIA} HTTP/1.1\r\nUpload-Length: 10\r\n");
    let begun = wire.ask(&format!("{post}Upload-Metadata: {}\r\n", named(b"0123456789")), b"");
    let path = begun.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    let patch = |at: u64| format!("PATCH {path} HTTP/1.1\r\nUpload-Offset: {at}\r\n");
    let first = wire.send(&patch(0), 10, b"0123");
    // The first is in once its bytes are on the disk.
    let id = path.rsplit('/').next().unwrap();
    let part = wire.directory.path().join(format!("media/uploads/{id}.part"));
    while std::fs::metadata(&part).unwrap().len() < 4 {
        tokio::task::yield_now().await;
    }
    let second = wire.ask(&patch(0), b"0123456789");
    assert!(second.starts_with("HTTP/1.1 423") && second.contains("upload_busy"), "{second}");
    drop(first);
    let last = loop {
        let answer = wire.ask(&patch(4), b"456789");
        if !answer.contains("upload_busy") {
            break answer;
        }
        tokio::task::yield_now().await;
    };
    assert!(last.starts_with("HTTP/1.1 204"), "{last}");
    assert!(last.contains(&hash(b"0123456789")), "{last}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_without_room_is_said_before_anything_is_sent() {
    let wire = Wire::start(u64::MAX).await;
    let post = format!("POST {MEDIA} HTTP/1.1\r\nUpload-Length: 10\r\n");
    let answer = wire.ask(&post, b"");
    assert!(answer.starts_with("HTTP/1.1 507") && answer.contains("disk_reserve"), "{answer}");
}
