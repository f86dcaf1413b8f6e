//! `GET /api/v1/records/{record}/custody`: who recorded this, and is it unaltered?

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use chasqui_shared::RecordId;

use super::observation::{HistoryParams, unknown};
use crate::{
    audit::{Custody, custody},
    http::{app::App, error::ApiError, wire::Params},
    limits,
};

/// Computes the versions of one record again, the latest first, a page at a time.
#[utoipa::path(
    get,
    path = "/api/v1/records/{record}/custody",
    operation_id = "show_custody",
    params(("record" = RecordId, Path, description = "The record"), HistoryParams),
    responses((status = 200, description = "Who recorded it, and whether it is unaltered", body = Custody))
)]
pub async fn show(
    State(app): State<App>,
    Params(params): Params<HistoryParams>,
    record: Result<Path<String>, PathRejection>,
) -> Result<Json<Custody>, ApiError> {
    let (after, limit) = params.read_up_to(limits::CUSTODY_VERSIONS_MAX)?;
    let record = record.ok().and_then(|Path(text)| RecordId::from_hex(&text));
    let record = record.ok_or_else(unknown)?;
    let pairings = app.store.pairings().into_iter();
    let mut names: std::collections::BTreeMap<_, _> =
        pairings.map(|(device, pairing)| (device, pairing.name)).collect();
    names.insert(app.store.device(), app.store.name().to_owned());
    let found = app.store.read(move |view| custody(view, record, &names, after, limit)).await?;
    found.map(Json).ok_or_else(unknown)
}
