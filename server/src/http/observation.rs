//! `GET /api/v1/observations/{record}`: one record with its whole history.

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
};
use chasqui_shared::{History, LogView, RecordId, Timestamp, Version, VersionId, View, WriterId};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ApiError, App, observations::LaptopView};
use crate::{
    media::Blobs,
    schema,
    store::{ReadLog, StoreError},
};

/// A record as it is shown, and how it came to be so.
#[derive(Debug, Serialize, ToSchema)]
pub struct Observation {
    #[serde(flatten)]
    view: LaptopView,
    /// Every version, highest generation first.
    history: Vec<HistoryRow>,
}

/// One version, and how it came here.
#[derive(Debug, Serialize, ToSchema)]
struct HistoryRow {
    #[schema(value_type = schema::VersionId)]
    id: VersionId,
    /// When it arrived here, by the laptop's clock.
    #[schema(value_type = schema::Timestamp)]
    received_at: Timestamp,
    /// The log that holds it.
    #[schema(value_type = schema::WriterId)]
    writer: WriterId,
    seq: u64,
    #[serde(flatten)]
    #[schema(value_type = schema::Version)]
    version: Version,
}

/// Shows one record.
#[utoipa::path(
    get,
    path = "/api/v1/observations/{record}",
    operation_id = "show_observation",
    params(("record" = schema::RecordId, Path, description = "The record")),
    responses((status = 200, description = "The record", body = Observation))
)]
pub async fn show(
    State(app): State<App>,
    record: Result<Path<String>, PathRejection>,
) -> Result<Json<Observation>, ApiError> {
    let record = record.ok().and_then(|Path(text)| RecordId::from_hex(&text));
    let record = record.ok_or_else(unknown)?;
    let media = app.media.clone();
    let reading = app.store.read(move |view| observation(view, media.blobs(), record));
    let observation = reading.await?;
    observation.map(Json).ok_or_else(unknown)
}

pub(super) fn unknown() -> ApiError {
    ApiError::refused(StatusCode::NOT_FOUND, "record_unknown", "no such record is held here")
}

fn observation(
    view: &ReadLog,
    blobs: &Blobs,
    record: RecordId,
) -> Result<Option<Observation>, StoreError> {
    let versions = History::load_all(view, record)?;
    let shown = View::of(&versions).filter(|view| view.kind.is_seen());
    let Some(shown) = shown else { return Ok(None) };
    let mut history = Vec::new();
    for (id, version) in versions.iter() {
        let (Some(place), Some(received_at)) = (view.place(id)?, view.received_at(id)?) else {
            continue;
        };
        let (writer, seq) = (place.writer, place.seq);
        history.push(HistoryRow { id, received_at, writer, seq, version: version.clone() });
    }
    history.sort_by_key(|row| std::cmp::Reverse((row.version.generation, row.id)));
    let received_at = view.received_at(shown.winner)?.unwrap_or(shown.written_at);
    Ok(Some(Observation { view: LaptopView::of(shown, received_at, blobs), history }))
}
