//! `/api/v1/meetings`: this laptop's meetings with other laptops.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{app::App, error::ApiError, wire::Message},
    peer_sync::{PeerAccess, PeerSync, PeerUrl},
};

/// Whom to meet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingOrder {
    /// Its base address; see [`PeerUrl`].
    url: String,
    /// Its own authority as PEM, for https.
    #[serde(default)]
    authority: Option<String>,
    /// The code by which the other laptop is to let this one in first.
    #[serde(default)]
    code: Option<String>,
}

/// `POST /api/v1/meetings`: begins a meeting, or answers with the one that goes on already.
#[utoipa::path(
    post,
    path = "/api/v1/meetings",
    operation_id = "begin_meeting",
    request_body = MeetingOrder,
    responses((status = 200, description = "The meeting that goes on", body = PeerSync))
)]
pub async fn begin(
    State(app): State<App>,
    Message(order): Message<MeetingOrder>,
) -> Result<Json<PeerSync>, ApiError> {
    let url = PeerUrl::parse(&order.url).map_err(ApiError::of_peer)?;
    let way = PeerAccess::new(url, order.authority.as_deref()).map_err(ApiError::of_peer)?;
    Ok(Json(app.meetings.begin(way, order.code).map_err(ApiError::of_peer)?))
}

/// `GET /api/v1/meetings`: newest first.
#[utoipa::path(
    get,
    path = "/api/v1/meetings",
    operation_id = "list_meetings",
    responses((status = 200, description = "Newest first", body = Vec<PeerSync>))
)]
pub async fn list(State(app): State<App>) -> Json<Vec<PeerSync>> {
    Json(app.meetings.list())
}
