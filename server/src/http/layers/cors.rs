//! What pages of other origins may ask: the installed app of one laptop talks with the other
//! laptops of its project.
//!
//! Never with cookies. A page that no device was paired from learns who this laptop is, and can ask
//! to be paired; its browser keeps all else from it.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::request_origin::{is_app, text};
use crate::{
    access::AccessError,
    http::{
        app::App,
        error::ApiError,
        route::{Matched, is_api},
    },
    limits,
};

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

/// Answers the questions that browsers ask before a request, and says on answers which pages may
/// read them.
pub async fn cross_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_api = is_api(request.uri().path());
    let Some(origin) = text(request.headers(), header::ORIGIN).map(str::to_owned) else {
        return vary(is_api, next.run(request).await);
    };
    if !is_api {
        return next.run(request).await;
    }
    let asked = match *request.method() {
        Method::OPTIONS => text(request.headers(), header::ACCESS_CONTROL_REQUEST_METHOD),
        ref method => Some(method.as_str()),
    };
    let matched = request.extensions().get::<Matched>();
    let route = asked.zip(matched).and_then(|(method, matched)| matched.with(method));
    let is_open = route.is_some_and(|route| route.is_for_any_app) && is_app(&origin);
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
