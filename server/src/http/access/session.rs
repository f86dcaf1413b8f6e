//! `/api/v1/session`: a manager's session in a browser.

use axum::{
    Json,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use chasqui_shared::{DeviceId, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::{AccessError, Caller},
    http::{
        app::App,
        error::ApiError,
        layers::{
            admission::pass_over,
            request_origin::{IsEncrypted, Peer, SESSION_COOKIE},
        },
        wire::{Brief, malformed},
    },
    limits,
    system::wall_clock,
};

/// With what a session begins: one of both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionOrder {
    /// The manager's key, at this machine alone.
    key: Option<String>,
    /// The token of a manager's device.
    token: Option<String>,
}

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionAnswer {
    role: Role,
    #[schema(required)]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<DeviceId>,
}

/// `POST /api/v1/session`: the cookie of a new session.
#[utoipa::path(
    post,
    path = "/api/v1/session",
    operation_id = "begin_session",
    request_body = SessionOrder,
    responses((status = 204, description = "The cookie of a session", headers(("set-cookie" = String, description = "The session"))))
)]
pub async fn begin(
    State(app): State<App>,
    Peer(peer): Peer,
    IsEncrypted(is_encrypted): IsEncrypted,
    Brief(order): Brief<SessionOrder>,
) -> Result<impl IntoResponse, ApiError> {
    let now = wall_clock::now();
    let session = match (order.key, order.token) {
        (Some(key), None) => app.access.begin_session_here(&key, peer, now)?,
        (None, Some(token)) => app.access.begin_session_of(&token, now)?,
        _ => return Err(malformed("a session begins with a key or with a token")),
    };
    Ok(set_cookie(&session, limits::SESSION_TIME_MAX.as_secs(), is_encrypted))
}

/// `GET /api/v1/session`: who asks.
#[utoipa::path(
    get,
    path = "/api/v1/session",
    operation_id = "show_session",
    responses((status = 200, description = "Who asks", body = SessionAnswer))
)]
pub async fn show(State(app): State<App>, caller: Caller) -> Result<Json<SessionAnswer>, ApiError> {
    let role = caller.role().ok_or(AccessError::NotPaired)?;
    let device = match &caller {
        Caller::Device(paired) => Some(paired.device),
        Caller::Nobody | Caller::LocalManager => None,
    };
    Ok(Json(SessionAnswer { role, name: app.access.name_of(&caller), device }))
}

/// `POST /api/v1/session/end`: takes the cookie back.
#[utoipa::path(
    post,
    path = "/api/v1/session/end",
    operation_id = "end_session",
    responses((status = 204, description = "The cookie is taken back"))
)]
pub async fn end(IsEncrypted(is_encrypted): IsEncrypted, request: Request) -> impl IntoResponse {
    // Whatever came with it says nothing; left lying, it would end the connection.
    let version = request.version();
    pass_over(version, &mut request.into_body(), limits::ACCESS_BYTES_MAX as u64).await;
    set_cookie("", 0, is_encrypted)
}

/// Kept from scripts and from requests of other sites; not sent without encryption where it was got
/// with it.
fn set_cookie(value: &str, max_age_s: u64, is_encrypted: bool) -> impl IntoResponse + use<> {
    let secure = if is_encrypted { "; Secure" } else { "" };
    let cookie = format!(
        "{SESSION_COOKIE}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={max_age_s}{secure}"
    );
    (StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)]))
}
