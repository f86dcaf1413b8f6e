//! What pages of other origins may ask: the installed app of one laptop talks with the other laptops of its project.
//!
//! Never with cookies. A page that no device was paired from learns who this laptop is, and can ask to be paired; its
//! browser keeps all else from it.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{ApiError, App, asked::text};
use crate::{access::AccessError, limits};

const ASKS_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");
const ALLOWS_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PATCH");
const HEADERS: HeaderValue = HeaderValue::from_static(
    "Authorization, Content-Type, Accept, Chasqui-Time, Tus-Resumable, Upload-Length, \
     Upload-Offset, Upload-Metadata, Upload-Checksum, Upload-Concat, Range, If-None-Match",
);
const READABLE: HeaderValue = HeaderValue::from_static(
    "Retry-After, Location, Upload-Offset, Upload-Length, Upload-Metadata, Upload-Expires, Tus-Resumable, \
     Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm, Chasqui-Media-Hash, \
     Content-Range, ETag",
);

/// Answers the questions that browsers ask before a request, and says on answers which pages may read them.
pub async fn cross_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let Some(origin) = text(request.headers(), header::ORIGIN).map(str::to_owned) else {
        return vary(path.starts_with("/api/"), next.run(request).await);
    };
    if !path.starts_with("/api/") {
        return next.run(request).await;
    }
    let asked = match *request.method() {
        Method::OPTIONS => text(request.headers(), header::ACCESS_CONTROL_REQUEST_METHOD),
        ref method => Some(method.as_str()),
    };
    let is_open = asked.is_some_and(|method| is_open(method, path)) && is_app(&origin);
    let is_allowed = is_open || app.access.is_known_origin(&origin);
    let is_preflight = *request.method() == Method::OPTIONS && asked.is_some();
    let mut response = match (is_preflight, is_allowed) {
        (true, true) => preflight(request.headers()),
        (true, false) => ApiError::from(AccessError::OriginRefused).into_response(),
        (false, _) => next.run(request).await,
    };
    if is_allowed && let Ok(origin) = HeaderValue::from_str(&origin) {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, READABLE);
    }
    vary(true, response)
}

fn vary(is_api: bool, mut response: Response) -> Response {
    if is_api {
        response.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

fn preflight(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
    let seconds = HeaderValue::from_static(limits::PREFLIGHT_SECONDS);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, seconds);
    if asked.get(ASKS_PRIVATE_NETWORK).is_some_and(|asks| asks == "true") {
        headers.insert(ALLOWS_PRIVATE_NETWORK, HeaderValue::from_static("true"));
    }
    response
}

/// What the app asks before it is paired.
fn is_open(method: &str, path: &str) -> bool {
    matches!((method, path), ("GET" | "HEAD", "/api/v1/hello") | ("POST", "/api/v1/pairings"))
}

/// Whether an app can be installed from this origin: https, or this machine itself.
pub(super) fn is_app(origin: &str) -> bool {
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let is_loopback = |host: &str| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
    };
    match (origin.scheme_str(), origin.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => is_loopback(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_of_https_or_of_this_machine() {
        for origin in [
            "https://10.42.0.1:8443",
            "https://chasqui-3f3f.local",
            "http://localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
        ] {
            assert!(is_app(origin), "{origin}");
        }
        for origin in
            ["null", "", "http://10.42.0.1:8080", "http://localhost.evil.example", "file://"]
        {
            assert!(!is_app(origin), "{origin}");
        }
    }
}
