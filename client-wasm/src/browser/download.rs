//! Files and their previews from the laptop, over fetch. The bytes stay in `Blob`s.

use std::ops::Range;

use chasqui_shared::{Code, ContentHash, Failure};
use gloo_net::http::{Method, Response};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::browser::request::{answer, authorised, is_too_late, patient, strange, too_late};

const PARTIAL_CONTENT: u16 = 206;

/// `GET /api/v1/media/{hash}`, these bytes of it.
pub async fn slice(
    base: &str,
    token: &str,
    file: ContentHash,
    bytes: Range<u64>,
    patience_ms: u64,
) -> Result<Blob, Failure> {
    let request = authorised(Method::GET, &format!("{base}/api/v1/media/{file}"), token)
        .header("Range", &format!("bytes={}-{}", bytes.start, bytes.end - 1));
    let request = patient(request, patience_ms);
    let response = answer(request.build()).await?;
    let range = response.headers().get("Content-Range").unwrap_or_default();
    let fits = range.strip_prefix("bytes ").is_some_and(|range| {
        range.split_once('-').and_then(|(first, _)| first.parse().ok()) == Some(bytes.start)
    });
    if response.status() != PARTIAL_CONTENT || !fits {
        return Err(strange("it is not the part of the file that was asked for"));
    }
    blob_of(response).await
}

/// `GET /api/v1/media/{hash}/preview`.
pub async fn preview(base: &str, token: &str, file: ContentHash) -> Result<Blob, Failure> {
    let url = format!("{base}/api/v1/media/{file}/preview");
    blob_of(answer(authorised(Method::GET, &url, token).build()).await?).await
}

async fn blob_of(response: Response) -> Result<Blob, Failure> {
    let cut = |error: JsValue| match error.dyn_ref::<js_sys::Error>() {
        Some(error) if is_too_late(&String::from(error.name())) => too_late(),
        _ => Failure::new(Code::Unreachable, "the laptop stopped in the middle of its answer"),
    };
    let body = web_sys::Response::from(response).blob().map_err(cut)?;
    JsFuture::from(body).await.map_err(cut)?.dyn_into().map_err(cut)
}
