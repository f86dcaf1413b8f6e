//! What requests of tus are answered: where an upload stands, what became of a file, and why not.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chasqui_shared::{ContentHash, limits as shared_limits, tus::PATH};

use super::{
    headers::{EXPIRES, EXTENSIONS, HASH, LENGTH, METADATA, OFFSET, RESUMABLE, VERSION, VERSIONS},
    path::is_of_uploads,
};
use crate::{
    http::error::ApiError,
    media::{ALGORITHMS, MediaError, Upload},
};

/// What of tus this laptop knows.
pub fn known() -> Response {
    let mut response = done(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(VERSIONS, VERSION);
    headers.insert("tus-extension", EXTENSIONS);
    headers.insert("tus-max-size", shared_limits::MEDIA_BYTES_MAX.into());
    headers.insert("tus-checksum-algorithm", HeaderValue::from_static(ALGORITHMS));
    response
}

/// An upload goes on, from here.
pub fn at(status: StatusCode, upload: &Upload) -> Response {
    let mut response = done(status);
    response.headers_mut().insert(OFFSET, upload.offset().into());
    let expires = httpdate::fmt_http_date(upload.expires());
    if let Ok(expires) = HeaderValue::from_str(&expires) {
        response.headers_mut().insert(EXPIRES, expires);
    }
    response
}

/// A file is whole and durable.
pub fn whole(status: StatusCode, hash: ContentHash, length: u64) -> Response {
    let mut response = done(status);
    let headers = response.headers_mut();
    headers.insert(OFFSET, length.into());
    let hash = hash.to_string();
    if let (Ok(value), Ok(location)) =
        (HeaderValue::from_str(&hash), HeaderValue::from_str(&format!("{PATH}/{hash}")))
    {
        headers.insert(HASH, value);
        headers.insert(header::LOCATION, location);
    }
    response
}

/// Adds what was said of a file when its upload began.
pub fn told(mut response: Response, length: u64, metadata: &str) -> Response {
    let headers = response.headers_mut();
    headers.insert(LENGTH, length.into());
    if !metadata.is_empty()
        && let Ok(metadata) = HeaderValue::from_str(metadata)
    {
        headers.insert(METADATA, metadata);
    }
    response
}

/// Every answer about uploads says which tus it speaks, failures too.
pub async fn speaks_tus(request: Request, next: Next) -> Response {
    let is_of_uploads = is_of_uploads(request.uri().path());
    let mut response = next.run(request).await;
    if is_of_uploads {
        response.headers_mut().insert(RESUMABLE, VERSION);
        if response.status() == StatusCode::PRECONDITION_FAILED {
            response.headers_mut().insert(VERSIONS, VERSION);
        }
    }
    response
}

fn done(status: StatusCode) -> Response {
    (status, [(RESUMABLE, VERSION)]).into_response()
}

impl From<MediaError> for ApiError {
    fn from(error: MediaError) -> Self {
        chasqui_shared::Failure::from(error).into()
    }
}
