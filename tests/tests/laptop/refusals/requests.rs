//! Requests, queries and bodies that are malformed, too large or too many.

use std::io::Write;

use axum::http::{Method, Request as HttpRequest, header};
use chasqui_harness::{CBOR, JSON, Phone, draft};
use chasqui_server::limits as server_limits;
use chasqui_shared::limits::BATCH_ENTRIES_MAX;
use chasqui_shared::{
    Change, HelloNonce, LogView, ProjectId, RecordId, Role, Run, RunEntry, limits, to_cbor,
};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::{laptop, state};

#[tokio::test]
async fn malformed_requests_are_refused_by_name_and_touch_nothing() {
    let (app, before) = laptop().await;
    let phone = Phone::new(&app, 9);
    let with = |mut message: Value, key: &str, value: Value| {
        message[key] = value;
        message.to_string().into_bytes()
    };
    let offer = serde_json::to_value(phone.offer()).unwrap();
    let stranger = ProjectId([9; 16]).to_string();
    let rows = |count: usize| vec![json!({"category": "c"}); count];
    let big = vec![b' '; limits::SYNC_BODY_BYTES_MAX + 1];
    let cases: Vec<(&str, &str, Vec<u8>, u16, &str)> = vec![
        ("sync/offer", JSON, b"{".to_vec(), 400, "malformed"),
        ("sync/offer", JSON, b"[]".to_vec(), 400, "malformed"),
        ("sync/offer", JSON, Vec::new(), 400, "malformed"),
        ("sync/offer", CBOR, b"\xff\xff".to_vec(), 400, "malformed"),
        ("sync/offer", CBOR, vec![0x81; 200_000], 400, "malformed"),
        ("sync/offer", CBOR, vec![0xa1; 200_000], 400, "malformed"),
        ("sync/offer", CBOR, b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), 400, "malformed"),
        ("sync/offer", JSON, vec![b'['; 200_000], 400, "malformed"),
        ("sync/offer", JSON, with(offer.clone(), "surprise", json!(1)), 400, "malformed"),
        ("sync/offer", JSON, with(offer.clone(), "writer", json!("ABCD")), 400, "malformed"),
        ("sync/offer", "text/plain", offer.to_string().into(), 415, "unsupported_media_type"),
        ("sync/offer", JSON, with(offer.clone(), "project", stranger.into()), 409, "other_project"),
        ("sync/offer", JSON, big.clone(), 413, "body_too_large"),
        ("changes", CBOR, offer.to_string().into(), 400, "malformed"),
        ("changes", JSON, big, 413, "body_too_large"),
        ("changes/wanted", JSON, b"{}".to_vec(), 400, "malformed"),
        ("observations", JSON, b"7".to_vec(), 400, "malformed"),
        ("observations", JSON, b"{\"type\":\"FeatureCollection\"}".to_vec(), 400, "malformed"),
        ("observations", CBOR, b"\x80".to_vec(), 415, "unsupported_media_type"),
        (
            "observations",
            JSON,
            vec![b' '; server_limits::SUBMITTED_BYTES_MAX + 1],
            413,
            "body_too_large",
        ),
        (
            "observations",
            JSON,
            json!(rows(server_limits::SUBMITTED_ROWS_MAX + 1)).to_string().into(),
            413,
            "too_many_rows",
        ),
        ("observations?source=", JSON, b"[]".to_vec(), 400, "query_malformed"),
        ("observations?x=1", JSON, b"[]".to_vec(), 400, "query_malformed"),
        ("status", JSON, Vec::new(), 405, "method_not_allowed"),
        ("nothing", JSON, Vec::new(), 404, "not_found"),
    ];
    for (path, content_type, body, status, code) in cases {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let answer = app.post(&format!("/api/v1/{path}"), content_type, body).await;
        assert_eq!(answer.failure(), (status, code), "{path} {shown}");
    }
    assert_eq!(state(&app).await, before);
}

#[tokio::test]
async fn a_body_without_a_content_type_is_refused() {
    let (app, _) = laptop().await;
    for path in ["/api/v1/changes", "/api/v1/observations"] {
        let answer = app.send(Method::POST, path, None, b"[]".to_vec()).await;
        assert_eq!(answer.failure(), (415, "unsupported_media_type"));
    }
}

#[tokio::test]
async fn queries_are_held_to_their_limits_on_both_sides() {
    let (app, _) = laptop().await;
    let long = |bytes: usize| "x".repeat(bytes);
    for (query, is_fine) in [
        ("limit=1000".to_owned(), true),
        ("limit=1001".to_owned(), false),
        ("limit=0".to_owned(), false),
        (format!("text={}", long(server_limits::SEARCH_BYTES_MAX)), true),
        (format!("text={}", long(server_limits::SEARCH_BYTES_MAX + 1)), false),
        ("bbox=-180,-90,180,90".to_owned(), true),
        ("bbox=-181,-90,180,90".to_owned(), false),
        ("bbox=0,1,0,0".to_owned(), false),
        ("bbox=0,0,0".to_owned(), false),
        ("bbox=NaN,0,0,0".to_owned(), false),
        ("from=1970-01-01T00:00:00Z&to=2099-12-31T23:59:59Z".to_owned(), true),
        ("from=yesterday".to_owned(), false),
        ("after=x".to_owned(), false),
        ("conflicts=maybe".to_owned(), false),
        ("format=kml".to_owned(), false),
        ("surprise=1".to_owned(), false),
    ] {
        let answer = app.get(&format!("/api/v1/observations?{query}")).await;
        match is_fine {
            true => drop(answer.ok()),
            false => assert_eq!(answer.failure(), (400, "query_malformed"), "{query}"),
        }
    }
    for record in ["x", "00", &"0".repeat(32), "%ff"] {
        let answer = app.get(&format!("/api/v1/observations/{record}")).await;
        assert_eq!(answer.failure(), (404, "record_unknown"), "{record}");
    }
    let nonce = "0f".repeat(HelloNonce::WIDTH);
    app.get(&format!("/api/v1/hello?nonce={nonce}")).await.ok();
    for wrong in ["", "0f", &format!("{nonce}0f"), &"x".repeat(64)] {
        let answer = app.get(&format!("/api/v1/hello?nonce={wrong}")).await;
        assert_eq!(answer.failure(), (400, "query_malformed"), "{wrong}");
    }
}

#[tokio::test]
async fn packed_bodies_are_unpacked_and_a_bomb_is_stopped_at_the_limit() {
    let (app, before) = laptop().await;
    let packed = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let send = async |path: &str, body: Vec<u8>| {
        let request = HttpRequest::post(path)
            .header(header::CONTENT_TYPE, JSON)
            .header(header::CONTENT_ENCODING, "gzip");
        app.ask(request.body(body.into()).unwrap()).await
    };
    let bomb = packed(&vec![b' '; 200 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024);
    for path in ["/api/v1/changes", "/api/v1/observations"] {
        let answer = send(path, bomb.clone()).await;
        assert_eq!(answer.failure(), (413, "body_too_large"));
    }
    let broken = send("/api/v1/changes", b"not packed".to_vec()).await;
    assert_eq!(broken.failure(), (400, "malformed"));
    assert_eq!(state(&app).await, before);

    send("/api/v1/observations", packed(b"[{\"category\": \"packed\"}]")).await.ok();
    let request = HttpRequest::get("/api/v1/status").header(header::ACCEPT_ENCODING, "gzip");
    let small = app.ask(request.body(Default::default()).unwrap()).await.ok();
    assert!(!small.headers.contains_key(header::CONTENT_ENCODING), "not worth packing");
    let rows: Vec<_> = (0..100).map(|n| json!({"category": "c", "note": n.to_string()})).collect();
    app.post_json("/api/v1/observations", &rows.into()).await.ok();
    let request = HttpRequest::get("/api/v1/observations").header(header::ACCEPT_ENCODING, "gzip");
    let large = app.ask(request.body(Default::default()).unwrap()).await.ok();
    assert_eq!(large.headers[header::CONTENT_ENCODING], "gzip");
}

#[tokio::test]
async fn a_batch_is_held_to_its_limits_on_both_sides() {
    let (app, before) = laptop().await;
    let mut alice = Phone::new(&app, 2);
    for record in 0..=BATCH_ENTRIES_MAX {
        let id = RecordId([(record % 251) as u8; 16]);
        alice.edit(id, draft(&record.to_string()), Change::Edit, Role::Monitor);
    }
    let mut batch = alice.batch();
    assert_eq!(batch.entries(), BATCH_ENTRIES_MAX);
    let rest =
        alice.log.entry(alice.log_writer.writer(), BATCH_ENTRIES_MAX as u64 + 1).unwrap().unwrap();
    let mut too_long = batch.clone();
    too_long.runs[0].entries.push(RunEntry {
        version: rest.entry.version,
        signature: rest.entry.signature,
        origin: None,
        quarantine: None,
    });
    let answer = app.post("/api/v1/changes", CBOR, to_cbor(&too_long).unwrap()).await;
    assert_eq!(answer.failure(), (413, "batch_too_large"));
    let one = batch.runs[0].clone();
    batch.runs = vec![Run { entries: Vec::new(), ..one.clone() }; limits::RANGES_MAX + 1];
    let answer = app.post("/api/v1/changes", CBOR, to_cbor(&batch).unwrap()).await;
    assert_eq!(answer.failure(), (413, "batch_too_large"));
    assert_eq!(state(&app).await, before);
    batch.runs = vec![one];
    app.post("/api/v1/changes", CBOR, to_cbor(&batch).unwrap()).await.ok();
    assert_eq!(app.status().await["entries"], 1 + BATCH_ENTRIES_MAX);
}
