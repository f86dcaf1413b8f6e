//! Uploads by the tus protocol (1.0.0), over fetch. A slice is a `Blob`, which the browser reads itself.

use chasqui_shared::{Failure, MediaRef};
use data_encoding::BASE64;
use gloo_net::http::{Method, RequestBuilder, Response};
use web_sys::Blob;

use crate::{
    body_once,
    transport::{Placed, is_absence},
    transport_request::{answer, authorised, strange},
};

const SLICE: &str = "application/offset+octet-stream";

/// `POST /api/v1/media` with the first slice.
pub async fn create(
    base: &str,
    token: &str,
    file: &MediaRef,
    slice: Blob,
) -> Result<Placed, Failure> {
    let request = tus(Method::POST, &format!("{base}/api/v1/media"), token)
        .header("Upload-Length", &file.bytes.to_string())
        .header("Upload-Metadata", &metadata(file));
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
) -> Result<u64, Failure> {
    if !upload.starts_with("/api/") {
        return Err(strange("it names no place for the upload"));
    }
    let request = tus(Method::PATCH, &format!("{base}{upload}"), token);
    let request = request.header("Upload-Offset", &offset.to_string());
    offset_of(&put(request, slice).await?)
}

fn tus(method: Method, url: &str, token: &str) -> RequestBuilder {
    authorised(method, url, token).header("Tus-Resumable", "1.0.0").header("Content-Type", SLICE)
}

async fn put(request: RequestBuilder, slice: Blob) -> Result<Response, Failure> {
    let answered = answer(body_once::with(request, slice)).await;
    body_once::note(!answered.as_ref().is_err_and(is_absence));
    answered
}

fn offset_of(response: &Response) -> Result<u64, Failure> {
    let offset = response.headers().get("Upload-Offset");
    let offset = offset.and_then(|text| text.parse().ok());
    offset.ok_or_else(|| strange("it does not say how much it has"))
}

fn metadata(file: &MediaRef) -> String {
    let mut pairs = format!("hash {}", BASE64.encode(file.hash.to_string().as_bytes()));
    for (key, value) in [("name", &file.name), ("type", &file.media_type)] {
        if !value.is_empty() {
            pairs.push_str(&format!(",{key} {}", BASE64.encode(value.as_bytes())));
        }
    }
    pairs
}
