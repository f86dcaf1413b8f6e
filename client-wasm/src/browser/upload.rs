//! Uploads by the tus protocol (1.0.0), over fetch. A slice is a `Blob`, which the browser reads
//! itself.

use chasqui_shared::{Failure, MediaRef, transfer::Placed, tus};
use gloo_net::http::{Method, RequestBuilder, Response};
use wasm_bindgen::JsCast;
use web_sys::{Blob, WorkerGlobalScope};

use crate::{
    browser::{
        body_once,
        request::{answer, authorised, patient, strange},
    },
    laptops::transport::is_absence,
};

/// `POST /api/v1/media` with the first slice.
pub async fn create(
    base: &str,
    token: &str,
    file: &MediaRef,
    slice: Blob,
    patience_ms: u64,
) -> Result<Placed, Failure> {
    let request = resumable(Method::POST, &format!("{base}{}", tus::PATH), token, patience_ms)
        .header(tus::LENGTH, &file.bytes.to_string())
        .header(tus::METADATA, &metadata(file));
    let response = put(request, slice).await?;
    let upload = response.headers().get("Location").filter(|path| path.starts_with("/api/"));
    let upload = upload.ok_or_else(|| strange("it names no place for the upload"))?;
    Ok(Placed { upload, offset: offset_of(&response)? })
}

/// `PATCH` of an upload; says what is durable then.
pub async fn patch(
    base: &str,
    token: &str,
    upload: &str,
    offset: u64,
    slice: Blob,
    patience_ms: u64,
) -> Result<u64, Failure> {
    if !upload.starts_with("/api/") {
        return Err(strange("it names no place for the upload"));
    }
    let request = resumable(Method::PATCH, &format!("{base}{upload}"), token, patience_ms);
    let request = request.header(tus::OFFSET, &offset.to_string());
    offset_of(&put(request, slice).await?)
}

fn resumable(method: Method, url: &str, token: &str, patience_ms: u64) -> RequestBuilder {
    patient(authorised(method, url, token), patience_ms)
        .header(tus::RESUMABLE, tus::VERSION)
        .header("Content-Type", tus::BYTES)
}

async fn put(request: RequestBuilder, slice: Blob) -> Result<Response, Failure> {
    let answered = answer(body_once::with(request, slice)).await;
    body_once::note(!answered.as_ref().is_err_and(is_absence));
    answered
}

fn offset_of(response: &Response) -> Result<u64, Failure> {
    let offset = response.headers().get(tus::OFFSET);
    let offset = offset.and_then(|text| text.parse().ok());
    offset.ok_or_else(|| strange("it does not say how much it has"))
}

fn metadata(file: &MediaRef) -> String {
    let hash = file.hash.to_string();
    let pairs =
        [(tus::HASH_KEY, &hash), (tus::NAME_KEY, &file.name), (tus::TYPE_KEY, &file.media_type)];
    let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    let pairs = said.filter_map(|(key, value)| Some(format!("{key} {}", base64(value)?)));
    pairs.collect::<Vec<_>>().join(",")
}

/// By the browser's own, which takes a character for a byte.
fn base64(text: &str) -> Option<String> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let bytes: String = text.bytes().map(char::from).collect();
    scope.btoa(&bytes).ok()
}
