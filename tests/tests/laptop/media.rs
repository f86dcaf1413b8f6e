//! Files come in by tus, are known by their hash, and go out without being run.

mod devices;
mod extensions;
mod files;
mod finished;
mod held;
mod previews;
mod rules;
mod turns;
mod unwanted;
mod uploads;
mod wire;

use axum::{
    body::Body,
    http::{Method, Request},
};
use chasqui_harness::{Answer, hash, in_process::Laptop};
use data_encoding::BASE64;
use serde_json::{Value, json};

const MEDIA: &str = "/api/v1/media";
const BYTES: (&str, &str) = ("content-type", "application/offset+octet-stream");

async fn tus(
    app: &Laptop,
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

fn named(bytes: &[u8]) -> String {
    format!("hash {}", BASE64.encode(hash(bytes).as_bytes()))
}

async fn begin(app: &Laptop, file: &[u8], first: &[u8]) -> Answer {
    let (length, metadata) = (file.len().to_string(), named(file));
    let mut headers = vec![("upload-length", &*length), ("upload-metadata", &*metadata)];
    headers.extend((!first.is_empty()).then_some(BYTES));
    tus(app, Method::POST, MEDIA, &headers, first).await
}

async fn patch(app: &Laptop, path: &str, offset: u64, bytes: &[u8], sum: Option<&str>) -> Answer {
    let offset = offset.to_string();
    let mut headers = vec![BYTES, ("upload-offset", &*offset)];
    headers.extend(sum.map(|sum| ("upload-checksum", sum)));
    tus(app, Method::PATCH, path, &headers, bytes).await
}

async fn offset(app: &Laptop, path: &str) -> String {
    let answer = tus(app, Method::HEAD, path, &[], b"").await.ok();
    header(&answer, "upload-offset").to_owned()
}

#[track_caller]
fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.header(name).unwrap_or_else(|| panic!("{name} in {answer:?}"))
}

async fn held(app: &Laptop, file: &[u8]) -> Value {
    app.post_json("/api/v1/media/held", &json!({ "hashes": [hash(file)] })).await.ok().json()
}
