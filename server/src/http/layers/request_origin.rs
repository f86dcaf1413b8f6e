//! What a request says of where it comes from and where it means to go, before anything is
//! believed.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, HeaderName, Uri, header, request::Parts},
};

use crate::{access::Caller, connections::Connection, http::error::ApiError};

/// The cookie of a manager's session.
pub const SESSION_COOKIE: &str = "chasqui_session";

/// Marks requests that came over https.
#[derive(Clone, Copy, Debug)]
pub struct Encrypted;

/// The address at the other end of the connection, where it is known.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub Option<IpAddr>);

/// Whether the request came over https.
#[derive(Clone, Copy, Debug)]
pub struct IsEncrypted(pub bool);

/// The origin of the page that asks, if a page does.
#[derive(Clone, Debug)]
pub struct Origin(pub Option<String>);

/// The connection that a request came on, where it came on one.
#[derive(Clone, Debug)]
pub struct OrderedOn(pub Option<Arc<Connection>>);

/// The host that the request names.
pub fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    match uri.authority() {
        Some(authority) => Some(authority.as_str()),
        None => text(headers, header::HOST),
    }
}

/// A header that is there once and can be read.
pub fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// What follows `Authorization: Bearer`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = text(headers, header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The value of the session's cookie.
pub fn session_cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|c| c.split_once('='));
    pairs.find(|(name, _)| name.trim() == SESSION_COOKIE).map(|(_, value)| value.trim())
}

/// The address at the other end of the connection.
pub fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
}

/// Whether a request was made by a page of this very laptop, or by no page.
pub fn is_same_origin(uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> bool {
    match headers.get(header::ORIGIN) {
        Some(origin) => {
            let scheme = if extensions.get::<Encrypted>().is_some() { "https" } else { "http" };
            let own = host(uri, headers).map(|host| format!("{scheme}://{host}"));
            own.is_some_and(|own| origin.as_bytes().eq_ignore_ascii_case(own.as_bytes()))
        }
        None => {
            let site = headers.get("sec-fetch-site");
            site.is_none_or(|site| site.as_bytes() == b"same-origin")
        }
    }
}

/// Whether an app can be installed from this origin: https, or this machine itself.
pub fn is_app(origin: &str) -> bool {
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

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(peer(&parts.extensions)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IsEncrypted {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(parts.extensions.get::<Encrypted>().is_some()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(text(&parts.headers, header::ORIGIN).map(str::to_owned)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OrderedOn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(parts.extensions.get::<Arc<Connection>>().cloned()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    /// Found out once, before the handler; nobody where nothing was shown.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self::Nobody))
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
