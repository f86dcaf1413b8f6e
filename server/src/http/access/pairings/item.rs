//! One device that was let in, as the API shows it.

use std::collections::BTreeSet;

use axum::Json;
use chasqui_shared::{DeviceId, Readiness, Role, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{app::App, error::ApiError},
    store::{Pairing, StoreError},
};

/// One device that was let in.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingItem {
    pub(in crate::http) device: DeviceId,
    pub(in crate::http) name: String,
    pub(in crate::http) role: Role,
    pub(super) paired_at: Timestamp,
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
    pub(super) async fn now(
        app: &App,
        device: DeviceId,
        pairing: Pairing,
    ) -> Result<Json<Self>, ApiError> {
        let aside = aside(app).await?.contains(&device);
        Ok(Json(Self::of(device, pairing, aside)))
    }
}

/// The devices whose records are set aside.
pub(super) async fn aside(app: &App) -> Result<BTreeSet<DeviceId>, ApiError> {
    Ok(app.store.read(|view| Ok::<_, StoreError>(view.aside().clone())).await?)
}
