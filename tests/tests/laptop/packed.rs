//! A long answer arrives whole by a client that asks for it packed, as every browser does.

use axum::{
    body::Body,
    http::{Request, header},
};
use chasqui_harness::{JSON, in_process::Laptop};
use serde_json::json;

#[tokio::test]
async fn an_answer_of_several_chunks_can_be_packed() {
    let app = Laptop::start();
    let rows: Vec<_> = (0..620)
        .map(|n| json!({ "id": format!("row {n}"), "category": "fire", "note": format!("smoke {n}") }))
        .collect();
    app.post("/api/v1/observations", JSON, json!(rows).to_string()).await.ok();
    for path in ["/api/v1/observations?limit=500", "/api/v1/observations?format=geojson"] {
        let plain = app.get(path).await.ok().body;
        assert!(plain.len() > 65_536, "more than one chunk");
        let request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip");
        let packed = app.ask(request.body(Body::empty()).unwrap()).await.ok();
        assert_eq!(packed.headers[header::CONTENT_ENCODING], "gzip");
        let mut whole = Vec::new();
        let mut reader = flate2::read::GzDecoder::new(&packed.body[..]);
        std::io::Read::read_to_end(&mut reader, &mut whole).unwrap();
        assert_eq!(whole, plain);
    }
}
