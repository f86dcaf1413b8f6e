//! What every request passes: a bound on how many there are and how long they take, and headers on every answer.

use std::any::Any;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{ApiError, App, import};
use crate::limits;

/// Scripts and workers of this origin alone, wasm, and the map's workers, which are blobs.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; \
     connect-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// The phone's engine looks for its laptop at every address that it knows. It alone may: a script keeps the policy
/// that it came with, and no page has this one.
const ENGINE_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     connect-src 'self' https:; object-src 'none'; base-uri 'none'";

/// What the path of the engine's script begins with; the rest is the hash of what is in it.
const ENGINE_SCRIPT: &str = "/assets/worker-";

const HEADERS: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Lets a request through if there are not too many, and ends it when it takes too long.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let Ok(_under_way) = app.requests.try_acquire() else {
        return ApiError::busy().into_response();
    };
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let time_max = match path.as_str() {
        import::PATH => limits::IMPORT_TIME_MAX,
        "/api/v1/audit" | "/api/v1/comparison" => limits::AUDIT_TIME_MAX,
        _ => limits::REQUEST_TIME_MAX,
    };
    let Ok(response) = tokio::time::timeout(time_max, next.run(request)).await else {
        let message = "the request took too long";
        return ApiError::passing(StatusCode::REQUEST_TIMEOUT, "timeout", message).into_response();
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
    let policy = match request.uri().path().starts_with(ENGINE_SCRIPT) {
        true => ENGINE_POLICY,
        false => CONTENT_SECURITY_POLICY,
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
