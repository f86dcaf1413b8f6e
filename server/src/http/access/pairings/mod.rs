//! `/api/v1/pairings`: who was let in, and letting in.

pub mod codes;
pub mod orders;

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use chasqui_shared::{DeviceId, PairingRequest, PairingResponse, Readiness, Role, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{
        app::App,
        error::ApiError,
        layers::request_origin::{OrderedOn, Origin, Peer, is_app},
        wire::Brief,
    },
    store::{Pairing, StoreError},
    system::wall_clock,
};

/// One device that was let in.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingItem {
    pub(in crate::http) device: DeviceId,
    pub(in crate::http) name: String,
    pub(in crate::http) role: Role,
    paired_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::http) seen_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::http) revoked_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    /// What the device last said of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    readiness: Option<Readiness>,
    /// When it said so, by this laptop's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    readiness_at: Option<Timestamp>,
    /// Whether its records are set aside.
    aside: bool,
}

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

impl PairingItem {
    pub(in crate::http) fn of(device: DeviceId, pairing: Pairing, aside: bool) -> Self {
        let Pairing { name, role, paired_at, seen_at, revoked_at, origin, .. } = pairing;
        let readiness = pairing.readiness.map(|reported| reported.readiness);
        let readiness_at = pairing.readiness.map(|reported| reported.at);
        Self {
            device,
            name,
            role,
            paired_at,
            seen_at,
            revoked_at,
            origin,
            readiness,
            readiness_at,
            aside,
        }
    }

    /// As it is after an order.
    async fn now(app: &App, device: DeviceId, pairing: Pairing) -> Result<Json<Self>, ApiError> {
        let aside = aside(app).await?.contains(&device);
        Ok(Json(Self::of(device, pairing, aside)))
    }
}

/// The devices whose records are set aside.
async fn aside(app: &App) -> Result<BTreeSet<DeviceId>, ApiError> {
    Ok(app.store.read(|view| Ok::<_, StoreError>(view.aside().clone())).await?)
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
