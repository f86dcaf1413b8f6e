//! `GET /api/v1/records/{record}/custody`: who recorded this, and is it unaltered?

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use chasqui_shared::RecordId;

use super::{ApiError, App, observation::unknown};
use crate::{
    audit::{Custody, custody},
    schema,
};

/// Computes every version of one record again.
#[utoipa::path(
    get,
    path = "/api/v1/records/{record}/custody",
    operation_id = "show_custody",
    params(("record" = schema::RecordId, Path, description = "The record")),
    responses((status = 200, description = "Who recorded it, and whether it is unaltered", body = Custody))
)]
pub async fn show(
    State(app): State<App>,
    record: Result<Path<String>, PathRejection>,
) -> Result<Json<Custody>, ApiError> {
    let record = record.ok().and_then(|Path(text)| RecordId::from_hex(&text));
    let record = record.ok_or_else(unknown)?;
    let pairings = app.store.pairings().into_iter();
    let mut names: std::collections::BTreeMap<_, _> =
        pairings.map(|(device, pairing)| (device, pairing.name)).collect();
    names.insert(app.store.device(), app.store.name().to_owned());
    let found = app.store.read(move |view| custody(view, record, &names)).await?;
    found.map(Json).ok_or_else(unknown)
}
