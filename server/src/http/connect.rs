//! The page that says how a phone connects, and the authority that it is told to trust. For
//! everyone, by http and https.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Uri, header},
    response::{Html, IntoResponse, Response},
};

use super::{app::App, error::ApiError};
use crate::onboarding::{Language, Onboarding, TICK as TICK_SCRIPT};

/// Where the page is.
pub const PAGE: &str = "/connect/";
/// The content security policy of the page: its script asks the laptop's https address, to see
/// whether it works.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; img-src data:; \
     connect-src 'self' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page, in the language of `?lang=` or of the browser.
pub async fn page(State(app): State<App>, request: Request) -> Html<String> {
    let addresses = app.addresses.now();
    let (https, http): (Vec<&str>, Vec<&str>) =
        addresses.iter().map(String::as_str).partition(|address| address.starts_with("https:"));
    let asked = asked_host(&request);
    let is_asked = |address: &&&str| host(address).is_some_and(|host| Some(host) == asked);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_here = peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback());
    let is_elsewhere = |address: &&&str| host(address).is_some_and(|host| host != "127.0.0.1");
    let best = https.iter().find(is_asked).filter(|_| !is_here);
    let page = Onboarding {
        language: language(request.uri(), request.headers()),
        https: best.or(https.iter().find(is_elsewhere)).or(https.first()).copied(),
        http: http.iter().find(is_elsewhere).filter(|_| is_here).copied(),
        has_authority: app.authority.is_some(),
    };
    Html(page.page())
}

/// The script that says whether the second step has worked.
pub async fn tick() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], TICK_SCRIPT)
}

/// The authority for a phone to install.
pub async fn authority_der(State(app): State<App>) -> Result<Response, ApiError> {
    let authority = app.authority.ok_or_else(ApiError::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "application/x-x509-ca-cert"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"chasqui.crt\""),
    ];
    Ok((headers, authority.der.to_vec()).into_response())
}

/// The authority for another laptop or a script.
pub async fn authority_pem(State(app): State<App>) -> Result<Response, ApiError> {
    let authority = app.authority.ok_or_else(ApiError::not_found)?;
    let headers = [(header::CONTENT_TYPE, "application/x-pem-file")];
    Ok((headers, authority.pem.clone()).into_response())
}

/// The host under which the laptop was asked.
fn asked_host(request: &Request) -> Option<&str> {
    let header = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    request.uri().host().or(header.map(without_port))
}

fn host(address: &str) -> Option<&str> {
    address.split_once("://").map(|(_, rest)| without_port(rest))
}

fn without_port(authority: &str) -> &str {
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

fn language(uri: &Uri, headers: &HeaderMap) -> Language {
    let chosen = uri.query().and_then(|query| {
        query.split('&').find_map(|part| Language::of_tag(part.strip_prefix("lang=")?))
    });
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let of_browser = || accepted?.split(',').find_map(Language::of_tag);
    chosen.or_else(of_browser).unwrap_or_default()
}
