//! Bad input: each gets its one failure, or its entry is quarantined, and nothing that was stored before is touched.

use std::io::Write;

use axum::http::{Method, Request as HttpRequest, header};
use chasqui_server::limits as server_limits;
use chasqui_shared::{
    Author, Batch, Chain, Change, Charter, DeviceId, Draft, Epoch, HelloNonce, LogView, Pen,
    Position, ProjectId, RecordId, Refusal, Reply, Request, Role, Run, RunEntry, Timestamp,
    Version, VersionBytes, limits, to_cbor,
};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::{
    app::{CBOR, JSON, TestApp},
    phone::{BATCH_ENTRIES_MAX, Phone, ask, draft},
};

/// A laptop with something to lose, and its state to compare with.
async fn laptop() -> (TestApp, Value) {
    let app = TestApp::start();
    let mut alice = Phone::new(&app, 1);
    alice.record(1, "kept");
    alice.sync(&app).await;
    let before = state(&app).await;
    (app, before)
}

async fn state(app: &TestApp) -> Value {
    let digest = app.store.committed().digest.to_string();
    json!([digest, app.status().await, app.get("/api/v1/observations").await.json::<Value>()])
}

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
        assert_eq!(answer.failure(), (status, code.to_owned()), "{path} {shown}");
    }
    assert_eq!(state(&app).await, before);
}

#[tokio::test]
async fn a_body_without_a_content_type_is_refused() {
    let (app, _) = laptop().await;
    for path in ["/api/v1/changes", "/api/v1/observations"] {
        let answer = app.send(Method::POST, path, None, b"[]".to_vec()).await;
        assert_eq!(answer.failure(), (415, "unsupported_media_type".into()));
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
            false => assert_eq!(answer.failure(), (400, "query_malformed".into()), "{query}"),
        }
    }
    for record in ["x", "00", &"0".repeat(32), "%ff"] {
        let answer = app.get(&format!("/api/v1/observations/{record}")).await;
        assert_eq!(answer.failure(), (404, "record_unknown".into()), "{record}");
    }
    let nonce = "0f".repeat(HelloNonce::WIDTH);
    app.get(&format!("/api/v1/hello?nonce={nonce}")).await.ok();
    for wrong in ["", "0f", &format!("{nonce}0f"), &"x".repeat(64)] {
        let answer = app.get(&format!("/api/v1/hello?nonce={wrong}")).await;
        assert_eq!(answer.failure(), (400, "query_malformed".into()), "{wrong}");
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
        assert_eq!(answer.failure(), (413, "body_too_large".into()));
    }
    let broken = send("/api/v1/changes", b"not packed".to_vec()).await;
    assert_eq!(broken.failure(), (400, "malformed".into()));
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
        alice.write(id, draft(&record.to_string()), Change::Edit, Role::Monitor);
    }
    let mut batch = alice.batch();
    assert_eq!(batch.entries(), BATCH_ENTRIES_MAX);
    let rest = alice.log.entry(alice.pen.writer(), BATCH_ENTRIES_MAX as u64 + 1).unwrap().unwrap();
    let mut too_long = batch.clone();
    too_long.runs[0].entries.push(RunEntry {
        version: rest.entry.version,
        signature: rest.entry.signature,
        origin: None,
        quarantine: None,
    });
    let answer = app.post("/api/v1/changes", CBOR, to_cbor(&too_long).unwrap()).await;
    assert_eq!(answer.failure(), (413, "batch_too_large".into()));
    let one = batch.runs[0].clone();
    batch.runs = vec![Run { entries: Vec::new(), ..one.clone() }; limits::RANGES_MAX + 1];
    let answer = app.post("/api/v1/changes", CBOR, to_cbor(&batch).unwrap()).await;
    assert_eq!(answer.failure(), (413, "batch_too_large".into()));
    assert_eq!(state(&app).await, before);
    batch.runs = vec![one];
    app.post("/api/v1/changes", CBOR, to_cbor(&batch).unwrap()).await.ok();
    assert_eq!(app.status().await["entries"], 1 + BATCH_ENTRIES_MAX);
}

async fn push(app: &TestApp, batch: Batch) -> chasqui_shared::RunAnswer {
    match ask(app, &Request::Push(batch)).await {
        Reply::Push(answer) => answer.runs[0].clone(),
        other => panic!("a push was answered with {other:?}"),
    }
}

#[tokio::test]
async fn entries_that_do_not_fit_their_log_are_refused_by_name_and_touch_nothing() {
    let (app, before) = laptop().await;
    let mut mallory = Phone::new(&app, 9);
    mallory.record(1, "one");
    mallory.record(2, "two");
    let whole = mallory.batch();
    let first =
        Position { seq: 1, chain: mallory.log.chain_at(mallory.pen.writer(), 1).unwrap().unwrap() };
    let changed = |change: &dyn Fn(&mut Run)| {
        let mut batch = whole.clone();
        change(&mut batch.runs[0]);
        batch
    };
    let fat = raw(vec![0; limits::VERSION_BYTES_MAX + 1]);
    let cases: Vec<(Batch, Refusal)> = vec![
        (
            changed(&|run| {
                run.after = first;
                run.entries.remove(0);
            }),
            Refusal::Gap,
        ),
        (changed(&|run| run.after.chain = Chain([1; 32])), Refusal::ChainMismatch),
        (changed(&|run| run.owner = None), Refusal::OwnerMissing),
        (changed(&|run| run.writer.0[0] ^= 1), Refusal::OwnerMismatch),
        (changed(&|run| run.entries[0].signature.0[3] ^= 1), Refusal::SignatureInvalid),
        (changed(&|run| run.entries.swap(0, 1)), Refusal::SignatureInvalid),
        (changed(&|run| run.entries[0].version = fat.clone()), Refusal::VersionTooLarge),
    ];
    for (batch, refusal) in cases {
        let answer = push(&app, batch).await;
        assert_eq!(answer.refused.map(|refused| refused.code), Some(refusal));
        assert_eq!(answer.added, 0);
    }
    let other = Phone::of(Charter { founder: DeviceId([8; 32]), salt: Epoch([8; 16]) }, 9);
    let mut theirs = other.clone();
    theirs.record(1, "of another project");
    let mut batch = theirs.batch();
    batch.project = app.store.project();
    let answer = push(&app, batch).await;
    assert_eq!(answer.refused.map(|refused| refused.code), Some(Refusal::SignatureInvalid));
    assert_eq!(state(&app).await, before);
}

/// Bytes as they come from the wire, whatever they say.
fn raw(bytes: Vec<u8>) -> VersionBytes {
    serde_json::from_value(data_encoding::BASE64.encode(&bytes).into()).unwrap()
}

/// Signs any bytes into a log of their own, as software gone wrong would.
fn entry_of(app: &TestApp, device: u8, bytes: Vec<u8>) -> Batch {
    let project = app.store.project();
    let pen = Pen::new(&[device; 32], Epoch([device; 16]));
    let entry = pen.entry(project, Position::START, raw(bytes), None);
    let sent = RunEntry {
        version: entry.version,
        signature: entry.signature,
        origin: None,
        quarantine: None,
    };
    let run = Run {
        writer: pen.writer(),
        owner: Some(pen.owner()),
        after: Position::START,
        entries: vec![sent],
    };
    Batch { project, writer: pen.writer(), runs: vec![run] }
}

fn version(app: &TestApp, device: u8, change: impl FnOnce(&mut Version)) -> Vec<u8> {
    let phone = Phone::new(app, device);
    let now = Timestamp::from_millis(1_800_000_000_000);
    let by = Author { device: phone.pen.owner().device, role: Role::Monitor, now };
    let draft = Draft { note: "n".into(), ..draft("") };
    let Ok(mut version) = draft.version(&phone.log, RecordId([77; 16]), Change::Edit, by);
    change(&mut version);
    to_cbor(&version).unwrap()
}

#[tokio::test]
async fn versions_that_break_a_rule_are_quarantined_and_acknowledged() {
    let (app, before) = laptop().await;
    let out_of_range = {
        let located = json!({"lat": 0.0, "lon": 0.0, "source": "hand"});
        let located = version(&app, 14, |v| v.location = serde_json::from_value(located).unwrap());
        let at = located.windows(4).position(|w| w == b"\x63lat").expect("the key is there") + 4;
        let mut located = located;
        // 900,000,001 in 1e-7 degrees.
        located.splice(at..at + 1, [0x1a, 0x35, 0xa4, 0xe9, 0x01]);
        located
    };
    let cases: Vec<(u8, Vec<u8>, &str)> = vec![
        (10, b"noise".to_vec(), "version_malformed"),
        (11, version(&app, 11, |v| v.note = "n".repeat(20_000)), "version_too_large"),
        (12, version(&app, 12, |v| v.change = Change::Delete), "version_forbidden"),
        (13, version(&app, 12, |_| {}), "author_mismatch"),
        (14, out_of_range, "version_malformed"),
        (15, version(&app, 15, |v| v.category.clear()), "version_no_category"),
        (16, version(&app, 16, |v| v.format = 2), "version_newer"),
        (17, vec![0x81; 90_000], "version_malformed"),
        (18, vec![0xa1; 90_000], "version_malformed"),
    ];
    let count = cases.len();
    for (device, bytes, code) in cases {
        let answer = push(&app, entry_of(&app, device, bytes)).await;
        assert_eq!((answer.added, answer.refused), (1, None), "{code}");
        assert_eq!(answer.quarantined[0].quarantine.code, code);
        assert_eq!(answer.durable.seq, 1);
    }
    let after = state(&app).await;
    assert_eq!(after[2], before[2], "what is shown has not changed");
    assert_eq!(after[1]["entries"], 1 + count);
    let notices: Vec<Value> = app.get("/api/v1/notices").await.json();
    let is = |code: &str| notices.iter().filter(|notice| notice["code"] == code).count();
    assert_eq!((is("entry_quarantined"), is("device_new")), (count, notices.len() - count));
}

#[tokio::test]
async fn clocks_that_are_decades_wrong_are_taken_as_they_are() {
    let (app, _) = laptop().await;
    for (device, year) in [(20, "1970-01-01T00:00:00Z"), (21, "2099-12-31T00:00:00Z")] {
        let at = Timestamp::parse(year).unwrap();
        let bytes = version(&app, device, |v| {
            v.record = RecordId([device; 16]);
            v.written_at = at;
            v.observed_at = at;
        });
        let answer = push(&app, entry_of(&app, device, bytes)).await;
        assert_eq!((answer.added, answer.quarantined.len()), (1, 0));
        let path = format!("/api/v1/observations/{}", RecordId([device; 16]));
        assert_eq!(app.get(&path).await.json::<Value>()["written_at"], year);
    }
}
