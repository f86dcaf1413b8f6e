//! `/api/v1/pairings`: who was let in, and letting in.

pub mod codes;
pub mod item;
pub mod orders;

use axum::{Json, extract::State};
use chasqui_shared::{PairingRequest, PairingResponse, Role, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use self::item::{PairingItem, aside};
use crate::{
    http::{
        app::App,
        error::ApiError,
        layers::request_origin::{OrderedOn, Origin, Peer, is_app},
        wire::Brief,
    },
    system::wall_clock,
};

/// Everybody who was let in, and the codes that are open.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingList {
    /// Latest first.
    items: Vec<PairingItem>,
    codes: Vec<CodeItem>,
}

/// An open code; the code itself is shown once, to whoever asked for it.
#[derive(Debug, Serialize, ToSchema)]
struct CodeItem {
    id: u64,
    role: Role,
    expires_at: Timestamp,
}

/// `POST /api/v1/pairings`: lets a device in that knows an open code.
#[utoipa::path(
    post,
    path = "/api/v1/pairings",
    operation_id = "pair",
    request_body = PairingRequest,
    responses((status = 200, description = "The device is let in", body = PairingResponse))
)]
pub async fn pair(
    State(app): State<App>,
    Peer(peer): Peer,
    Origin(origin): Origin,
    OrderedOn(ordered_on): OrderedOn,
    Brief(request): Brief<PairingRequest>,
) -> Result<Json<PairingResponse>, ApiError> {
    let origin = origin.filter(|origin| is_app(origin));
    let (device, answer) =
        (request.device, app.access.pair(&request, origin, peer, wall_clock::now()).await?);
    // What goes on with the token that this one replaced.
    app.cut_off(device, ordered_on.as_ref());
    Ok(Json(answer))
}

/// `GET /api/v1/pairings`: who was let in, and the codes that are open.
#[utoipa::path(
    get,
    path = "/api/v1/pairings",
    operation_id = "list_pairings",
    responses((status = 200, description = "Latest first", body = PairingList))
)]
pub async fn list(State(app): State<App>) -> Result<Json<PairingList>, ApiError> {
    let pairings = app.store.pairings().into_iter();
    let aside = aside(&app).await?;
    let mut items: Vec<_> = pairings
        .map(|(device, row)| PairingItem::of(device, row, aside.contains(&device)))
        .collect();
    items.sort_by_key(|item| (std::cmp::Reverse(item.paired_at), item.device));
    let codes = app.access.open_codes(wall_clock::now()).into_iter();
    let codes =
        codes.map(|code| CodeItem { id: code.id, role: code.role, expires_at: code.expires_at });
    Ok(Json(PairingList { items, codes: codes.collect() }))
}
