//! What every request passes: a bound on how long it takes, and headers on every answer.

use std::any::Any;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    http::{
        error::ApiError,
        route::{self, Matched},
    },
    limits,
    pages::{HEADERS, security_policy},
};

/// Ends a request that takes too long.
pub async fn guard(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let time_max = route::of(&request).map_or(limits::REQUEST_TIME_MAX, |route| route.time_max);
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

/// Puts the headers that keep a page to itself on an answer; no answer of the API is kept by a
/// cache.
pub async fn headers(request: Request, next: Next) -> Response {
    let own = request.extensions().get::<Matched>().and_then(Matched::policy);
    let policy = own.unwrap_or_else(|| security_policy(request.uri().path()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = HeaderValue::from_static(policy);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
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
