//! What every request passes: a bound on how long it takes, and headers on every answer.

use std::any::Any;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{ApiError, connect, import, media, tus};
use crate::{
    limits,
    pages::{HEADERS, security_policy},
};

/// Ends a request that takes too long.
pub async fn guard(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let time_max = match path.as_str() {
        import::PATH => limits::IMPORT_TIME_MAX,
        path if tus::is_of_uploads(path) => limits::UPLOAD_TIME_MAX,
        "/api/v1/audit" | "/api/v1/comparison" => limits::AUDIT_TIME_MAX,
        _ => limits::REQUEST_TIME_MAX,
    };
    let Ok(response) = tokio::time::timeout(time_max, next.run(request)).await else {
        return ApiError::timeout().into_response();
    };
    tracing::debug!(
        http.method = %method,
        http.path = path,
        http.status = response.status().as_u16(),
        "answered a request"
    );
    response
}

/// Puts the headers that keep a page to itself on an answer; no answer of the API is kept by a cache.
pub async fn headers(request: Request, next: Next) -> Response {
    let policy = match request.uri().path() {
        path if path.starts_with(media::FILES) => media::POLICY,
        path if connect::is_page(path) => connect::POLICY,
        path => security_policy(path),
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A panic is our own fault; it is logged here, and the asking side is told no more than that.
pub fn panicked(cause: Box<dyn Any + Send>) -> Response<Body> {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause, "a request panicked");
    ApiError::internal().into_response()
}
