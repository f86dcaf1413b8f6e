//! `/api/v1/pairings`: who was let in, and letting in.

use std::collections::BTreeSet;

use axum::{
    Json,
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, request::Parts},
};
use chasqui_shared::{
    DeviceId, PairingAnswer, PairingLink, PairingRequest, Readiness, Role, Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ApiError, App,
    asked::{OrderedOn, Origin, Peer},
    connect,
    cors::is_app,
    wire::Brief,
};
use crate::{
    access::AccessError,
    onboarding::qr_svg,
    schema,
    store::{Pairing, StoreError},
    wall_clock,
};

/// One device that was let in.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingItem {
    #[schema(value_type = schema::DeviceId)]
    pub(super) device: DeviceId,
    pub(super) name: String,
    #[schema(value_type = schema::Role)]
    pub(super) role: Role,
    #[schema(value_type = schema::Timestamp)]
    paired_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Timestamp>, nullable = false)]
    pub(super) seen_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Timestamp>, nullable = false)]
    pub(super) revoked_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    origin: Option<String>,
    /// What the device last said of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Readiness>, nullable = false)]
    readiness: Option<Readiness>,
    /// When it said so, by this laptop's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Timestamp>, nullable = false)]
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
    #[schema(value_type = schema::Role)]
    role: Role,
    #[schema(value_type = schema::Timestamp)]
    expires_at: Timestamp,
}

/// For whom a code is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeOrder {
    #[serde(default = "monitor")]
    #[schema(value_type = schema::Role)]
    role: Role,
}

fn monitor() -> Role {
    Role::Monitor
}

/// A code, and ways to bring it to a phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeAnswer {
    id: u64,
    code: String,
    /// The first of `links`.
    link: String,
    /// The app at each https address with the code in its fragment, best first.
    links: Vec<String>,
    /// What the app scans; no camera app opens it.
    scan: String,
    /// `scan` as a QR code.
    svg: String,
    /// Where a phone begins that does not have the app yet; absent where this laptop answers no plain http.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    onboarding: Option<OnboardingPage>,
    #[schema(value_type = schema::Timestamp)]
    expires_at: Timestamp,
    #[schema(value_type = schema::Role)]
    role: Role,
}

/// The page that leads a phone to trust this laptop and to open the app.
#[derive(Debug, Serialize, ToSchema)]
pub struct OnboardingPage {
    /// By plain http, which every phone opens without a warning.
    address: String,
    /// `address` as a QR code.
    svg: String,
}

/// Another name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameOrder {
    name: String,
}

/// Another role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleOrder {
    #[schema(value_type = schema::Role)]
    role: Role,
}

/// Whether its records are to be set aside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AsideOrder {
    aside: bool,
}

/// Nothing more to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl PairingItem {
    pub(super) fn of(device: DeviceId, pairing: Pairing, aside: bool) -> Self {
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
    request_body = schema::PairingRequest,
    responses((status = 200, description = "The device is let in", body = schema::PairingAnswer))
)]
pub async fn pair(
    State(app): State<App>,
    Peer(peer): Peer,
    Origin(origin): Origin,
    OrderedOn(ordered_on): OrderedOn,
    Brief(request): Brief<PairingRequest>,
) -> Result<Json<PairingAnswer>, ApiError> {
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

/// `POST /api/v1/pairings/codes`: a code that lets one device in.
#[utoipa::path(
    post,
    path = "/api/v1/pairings/codes",
    operation_id = "open_code",
    request_body = CodeOrder,
    responses((status = 201, description = "A code", body = CodeAnswer))
)]
pub async fn open_code(
    State(app): State<App>,
    Brief(order): Brief<CodeOrder>,
) -> Result<(StatusCode, Json<CodeAnswer>), ApiError> {
    let opened = app.access.open_code(order.role, wall_clock::now())?;
    let fragment =
        PairingLink { code: opened.code, laptop: app.store.device(), project: app.store.project() };
    let addresses = app.addresses.now();
    let pages = pages(&addresses);
    let links: Vec<_> = pages.iter().map(|at| format!("{at}/{fragment}")).collect();
    let link = links.first().cloned().unwrap_or_else(|| format!("/{fragment}"));
    let scan = fragment.scan_text(pages.first().map(|at| at.as_str()));
    let svg = qr_svg(&scan).ok_or_else(ApiError::internal)?;
    let onboarding = onboarding(&addresses);
    let answer = CodeAnswer {
        id: opened.id,
        code: opened.code.to_string(),
        link,
        links,
        scan,
        svg,
        onboarding,
        expires_at: opened.expires_at,
        role: opened.role,
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// `POST /api/v1/pairings/{device}/name`: calls a device otherwise.
#[utoipa::path(
    post,
    path = "/api/v1/pairings/{device}/name",
    operation_id = "rename_pairing",
    params(("device" = schema::DeviceId, Path, description = "The device")), request_body = NameOrder,
    responses((status = 200, description = "The pairing as it is now", body = PairingItem))
)]
pub async fn rename(
    State(app): State<App>,
    Device(device): Device,
    Brief(order): Brief<NameOrder>,
) -> Result<Json<PairingItem>, ApiError> {
    PairingItem::now(&app, device, app.access.rename(device, &order.name).await?).await
}

/// `POST /api/v1/pairings/{device}/role`: gives a device another role. What it does as a manager ends if it is none any more.
#[utoipa::path(
    post,
    path = "/api/v1/pairings/{device}/role",
    operation_id = "set_role_of_pairing",
    params(("device" = schema::DeviceId, Path, description = "The device")), request_body = RoleOrder,
    responses((status = 200, description = "The pairing as it is now", body = PairingItem))
)]
pub async fn set_role(
    State(app): State<App>,
    Device(device): Device,
    OrderedOn(ordered_on): OrderedOn,
    Brief(order): Brief<RoleOrder>,
) -> Result<Json<PairingItem>, ApiError> {
    let before = app.store.pairing(device).map(|pairing| pairing.role);
    let changed = app.access.set_role(device, order.role).await?;
    if before == Some(Role::Manager) && changed.role != Role::Manager {
        app.cut_off(device, ordered_on.as_ref());
    }
    PairingItem::now(&app, device, changed).await
}

/// `POST /api/v1/pairings/{device}/revoke`: lets a device in no more, and ends all of it that is under way.
#[utoipa::path(
    post,
    path = "/api/v1/pairings/{device}/revoke",
    operation_id = "revoke_pairing",
    params(("device" = schema::DeviceId, Path, description = "The device")), request_body = Nothing,
    responses((status = 200, description = "The pairing as it is now", body = PairingItem))
)]
pub async fn revoke(
    State(app): State<App>,
    Device(device): Device,
    OrderedOn(ordered_on): OrderedOn,
    Brief(Nothing {}): Brief<Nothing>,
) -> Result<Json<PairingItem>, ApiError> {
    let revoked = app.access.revoke(device, wall_clock::now()).await?;
    app.put_out(device, ordered_on.as_ref()).await;
    PairingItem::now(&app, device, revoked).await
}

/// `POST /api/v1/pairings/{device}/aside`: sets the records of a revoked device aside, or takes that back. They stay in the
/// log, in sync and in every export; lists, maps, searches and counts are without them as soon as they were computed again.
#[utoipa::path(
    post,
    path = "/api/v1/pairings/{device}/aside",
    operation_id = "set_records_aside",
    params(("device" = schema::DeviceId, Path, description = "The device")), request_body = AsideOrder,
    responses((status = 200, description = "The pairing as it is now", body = PairingItem))
)]
pub async fn set_aside(
    State(app): State<App>,
    Device(device): Device,
    Brief(order): Brief<AsideOrder>,
) -> Result<Json<PairingItem>, ApiError> {
    let pairing = app.access.set_aside(device, order.aside).await?;
    PairingItem::now(&app, device, pairing).await
}

/// The device that a path names.
#[derive(Debug)]
pub struct Device(DeviceId);

impl<S: Send + Sync> FromRequestParts<S> for Device {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let named = Path::<String>::from_request_parts(parts, state).await;
        let device = named.ok().and_then(|Path(text)| DeviceId::from_hex(&text));
        Ok(Self(device.ok_or(AccessError::Unknown)?))
    }
}

/// Where phones open the app: over https, or, where this laptop has none, as it is. Loopback only where there is nothing else:
/// no phone gets there.
fn pages(addresses: &[String]) -> Vec<&String> {
    let https: Vec<_> = addresses.iter().filter(|at| at.starts_with("https://")).collect();
    let all = if https.is_empty() { addresses.iter().collect() } else { https };
    let elsewhere: Vec<_> = all.iter().filter(|at| is_elsewhere(at)).copied().collect();
    if elsewhere.is_empty() { all } else { elsewhere }
}

/// Where a new phone begins: at the best address of plain http, on loopback only where there is nothing else.
fn onboarding(addresses: &[String]) -> Option<OnboardingPage> {
    let mut http = addresses.iter().filter(|at| at.starts_with("http://"));
    let base = http.clone().find(|at| is_elsewhere(at)).or_else(|| http.next())?;
    let address = format!("{base}{}", connect::PAGE);
    let svg = qr_svg(&address)?;
    Some(OnboardingPage { address, svg })
}

fn is_elsewhere(address: &str) -> bool {
    !address.contains("://127.") && !address.contains("://[::1]")
}
