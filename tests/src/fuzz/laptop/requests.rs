//! Requests of anybody: any path and query, any body.

use std::sync::LazyLock;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, Uri, header},
};
use chasqui_harness::{Answer, in_process::Laptop};
use chasqui_server::access::Premises;
use chasqui_shared::Failure;
use serde_json::Value;
use tokio::runtime::Runtime;

/// Paths that answer what is posted to them without writing it down.
const POSTED_TO: [&str; 4] =
    ["/api/v1/sync/offer", "/api/v1/sync/hashes", "/api/v1/sync/places", "/api/v1/changes/wanted"];

/// Sends a manager's request to the routes of a laptop that holds a few observations. The first
/// byte says which kind.
///
/// # Panics
/// If the laptop fails, or refuses without saying why in the shape of all refusals, or a page's
/// cursor is not taken.
pub fn requests(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else { return };
    let (asked, body) = match kind % 8 {
        0 | 1 => (format!("/api/v1/observations?{}", String::from_utf8_lossy(rest)), None),
        2 => (format!("/api/v1/observations/{}", String::from_utf8_lossy(rest)), None),
        3 => (format!("/{}", String::from_utf8_lossy(rest)), None),
        _ => (POSTED_TO[usize::from(kind % 4)].to_owned(), Some(rest.to_vec())),
    };
    let Ok(uri) = asked.parse::<Uri>() else { return };
    let content_type = if kind & 0x80 == 0 { "application/json" } else { "application/cbor" };
    let encoding = if kind & 0x40 == 0 { "identity" } else { "gzip" };
    // The events of the page never end.
    if uri.path() == "/api/v1/events" {
        return;
    }
    let answer = LAPTOP.ask(uri.clone(), body, content_type, encoding);
    check(&uri, &answer);
    if kind % 8 < 2 && answer.status == StatusCode::OK {
        goes_on(&uri, &answer.body);
    }
}

/// A laptop in memory, and what its routes need to run.
struct Asked {
    runtime: Runtime,
    laptop: Laptop,
}

static LAPTOP: LazyLock<Asked> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime without sockets can be built");
    let asked = Asked { runtime, laptop: Laptop::in_memory(Premises::default()) };
    asked.is_given_observations();
    asked
});

impl Asked {
    fn is_given_observations(&self) {
        let rows: Vec<_> = (0..5)
            .map(|n| {
                serde_json::json!({
                    "id": n.to_string(),
                    "category": if n == 0 { "fire" } else { "oil_spill" },
                    "note": format!("ñawi {n}"),
                    "observed_at": format!("2026-11-2{n}T12:00:00Z"),
                    "location": { "lat": -3.7 - f64::from(n), "lon": -73.2 },
                })
            })
            .collect();
        let body = serde_json::to_vec(&rows).expect("rows have a JSON");
        let uri = Uri::from_static("/api/v1/observations");
        self.ask(uri, Some(body), "application/json", "identity").ok();
    }

    fn ask(&self, uri: Uri, body: Option<Vec<u8>>, content_type: &str, encoding: &str) -> Answer {
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::CONTENT_TYPE, content_type)
            .header(header::CONTENT_ENCODING, encoding)
            .body(Body::from(body.unwrap_or_default()))
            .expect("method, path and headers are valid");
        self.runtime.block_on(self.laptop.ask(request))
    }
}

fn check(uri: &Uri, Answer { status, body, .. }: &Answer) {
    assert!(!status.is_server_error(), "{uri} made the laptop fail");
    let is_api = uri.path().starts_with("/api/");
    if is_api && !status.is_success() {
        let failure = serde_json::from_slice::<Failure>(body).expect("refusals have one shape");
        assert!(failure.code.known().is_some());
        assert!(!failure.message.is_empty());
    }
}

/// A page that names a next one has one.
fn goes_on(uri: &Uri, body: &[u8]) {
    let page: Value = serde_json::from_slice(body).expect("a list is JSON");
    let Some(next) = page.get("next").and_then(Value::as_str) else { return };
    let asked = format!("/api/v1/observations?after={next}");
    let asked = asked.parse::<Uri>().expect("a cursor needs no escaping");
    let next = LAPTOP.ask(asked, None, "application/json", "identity");
    assert_eq!(next.status, StatusCode::OK, "{uri} named a next page");
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let queries = [
        "",
        "limit=1",
        "limit=2&category=oil_spill&format=geojson",
        "text=%C3%B1awi&from=2026-11-21T00:00:00Z&to=2026-11-23T07:00:00-05:00",
        "bbox=-74,-5,-73,-3&conflicts=false&deleted=true",
        "bbox=170,-10,-170,nan&after=zz&limit=0",
    ];
    let paths = ["api/v1/hello?nonce=00", "api/v1/status", "api/v1/peers", "index.html", "api/%00"];
    let mut seeds: Vec<_> =
        queries.iter().map(|query| [b"\x00", query.as_bytes()].concat()).collect();
    seeds.extend(paths.iter().map(|path| [b"\x03", path.as_bytes()].concat()));
    seeds.push([b"\x02".as_slice(), "ab".repeat(16).as_bytes()].concat());
    for kind in [4, 5, 6, 7] {
        seeds.push([&[kind], b"{\"project\":\"00\"}".as_slice()].concat());
        seeds.push(vec![kind | 0x80, 0xa1, 0x60, 0x00]);
        seeds.push(vec![kind | 0x40, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    }
    seeds
}
