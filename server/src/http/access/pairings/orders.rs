//! `/api/v1/pairings/{device}/…`: what a manager orders for one device. Each is answered with the
//! pairing as it is then.

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequestParts, Path, State},
    http::request::Parts,
};
use chasqui_shared::{DeviceId, Role};
use serde::Deserialize;
use utoipa::ToSchema;

use super::item::PairingItem;
use crate::{
    access::AccessError,
    connections::Connection,
    http::{app::App, error::ApiError, layers::request_origin::OrderedOn, wire::Brief},
    store::Pairing,
    system::wall_clock,
};

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

/// What is to be done with the pairing of a device.
trait Order {
    /// Does it. What is under way on `ordered_on`, the connection of the order itself, is not cut
    /// off before its answer.
    async fn carry_out(
        self,
        app: &App,
        device: DeviceId,
        ordered_on: Option<&Arc<Connection>>,
    ) -> Result<Pairing, ApiError>;
}

/// Makes the handler of each order: its name, path, name in OpenAPI and body.
macro_rules! orders {
    ($( $(#[doc = $doc:literal])+ $handler:ident $path:literal $operation:literal $Order:ident; )+) => {$(
        $(#[doc = $doc])+
        #[utoipa::path(
            post,
            path = $path,
            operation_id = $operation,
            params(("device" = DeviceId, Path, description = "The device")),
            request_body = $Order,
            responses((status = 200, description = "The pairing as it is now", body = PairingItem))
        )]
        pub async fn $handler(
            State(app): State<App>,
            Device(device): Device,
            OrderedOn(ordered_on): OrderedOn,
            Brief(order): Brief<$Order>,
        ) -> Result<Json<PairingItem>, ApiError> {
            let pairing = order.carry_out(&app, device, ordered_on.as_ref()).await?;
            PairingItem::now(&app, device, pairing).await
        }
    )+};
}

orders! {
    /// `POST /api/v1/pairings/{device}/name`: calls a device otherwise.
    rename "/api/v1/pairings/{device}/name" "rename_pairing" NameOrder;

    /// `POST /api/v1/pairings/{device}/role`: gives a device another role. What it does as a
    /// manager ends if it is none any more.
    set_role "/api/v1/pairings/{device}/role" "set_role_of_pairing" RoleOrder;

    /// `POST /api/v1/pairings/{device}/revoke`: lets a device in no more, and ends all of it that
    /// is under way.
    revoke "/api/v1/pairings/{device}/revoke" "revoke_pairing" Nothing;

    /// `POST /api/v1/pairings/{device}/aside`: sets the records of a revoked device aside, or takes
    /// that back. They stay in the log, in sync and in every export; lists, maps, searches and
    /// counts are without them as soon as they were computed again.
    set_aside "/api/v1/pairings/{device}/aside" "set_records_aside" AsideOrder;
}

impl Order for NameOrder {
    async fn carry_out(
        self,
        app: &App,
        device: DeviceId,
        _: Option<&Arc<Connection>>,
    ) -> Result<Pairing, ApiError> {
        Ok(app.access.rename(device, &self.name).await?)
    }
}

impl Order for RoleOrder {
    async fn carry_out(
        self,
        app: &App,
        device: DeviceId,
        ordered_on: Option<&Arc<Connection>>,
    ) -> Result<Pairing, ApiError> {
        let before = app.store.pairing(device).map(|pairing| pairing.role);
        let changed = app.access.set_role(device, self.role).await?;
        if before == Some(Role::Manager) && changed.role != Role::Manager {
            app.cut_off(device, ordered_on);
        }
        Ok(changed)
    }
}

impl Order for Nothing {
    async fn carry_out(
        self,
        app: &App,
        device: DeviceId,
        ordered_on: Option<&Arc<Connection>>,
    ) -> Result<Pairing, ApiError> {
        let revoked = app.access.revoke(device, wall_clock::now()).await?;
        app.put_out(device, ordered_on).await;
        Ok(revoked)
    }
}

impl Order for AsideOrder {
    async fn carry_out(
        self,
        app: &App,
        device: DeviceId,
        _: Option<&Arc<Connection>>,
    ) -> Result<Pairing, ApiError> {
        Ok(app.access.set_aside(device, self.aside).await?)
    }
}
