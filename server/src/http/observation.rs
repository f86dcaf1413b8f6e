//! `GET /api/v1/observations/{record}`: one record with its whole history.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::Response,
};
use chasqui_shared::{History, LogView, RecordId, Timestamp, Version, VersionId, View, WriterId};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    ApiError, App,
    observations::LaptopView,
    places::Place,
    streamed::{Chunks, streamed},
};
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
    place: Place,
    record: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let record = record.ok().and_then(|Path(text)| RecordId::from_hex(&text));
    let record = record.ok_or_else(unknown)?;
    let looking = app.store.read(move |view| shown(&History::load(view, record)?));
    looking.await?.ok_or_else(unknown)?;
    let media = app.media.clone();
    let write = move |view: &ReadLog, chunks: &mut Chunks| {
        // Nothing is ever removed: what was shown a moment ago is.
        let observation = observation(view, media.blobs(), record)?;
        observation.map_or(Ok(()), |observation| chunks.json(&observation))
    };
    streamed(&app, &place, "application/json", write).await
}

pub(super) fn unknown() -> ApiError {
    ApiError::refused(StatusCode::NOT_FOUND, "record_unknown", "no such record is held here")
}

fn shown(versions: &History) -> Result<Option<View>, StoreError> {
    Ok(View::of(versions).filter(|view| view.kind.is_seen()))
}

fn observation(
    view: &ReadLog,
    blobs: &Blobs,
    record: RecordId,
) -> Result<Option<Observation>, StoreError> {
    let versions = History::load_all(view, record)?;
    let Some(shown) = shown(&versions)? else { return Ok(None) };
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
