//! `GET /api/v1/observations/{record}`: one record with its whole history.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::Response,
};
use chasqui_shared::{
    Code, Lineage, LogView, RecordId, Timestamp, Version, VersionId, View, WriterId,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{laptop_view::LaptopView, sought::wrong};
use crate::{
    http::{
        app::App,
        capacity::places::Place,
        error::ApiError,
        streamed::{Chunks, streamed},
        wire::Params,
    },
    limits,
    media::Blobs,
    store::{ReadLog, StoreError},
};

/// A record as it is shown, and how it came to be so.
#[derive(Debug, Serialize, ToSchema)]
pub struct Observation {
    #[serde(flatten)]
    view: LaptopView,
    /// Its versions, highest generation first, those that a manager set aside too.
    history: Vec<HistoryRow>,
    /// Where the history goes on: the `after` of the next page. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    history_next: Option<VersionId>,
}

/// The query of one record.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct HistoryParams {
    /// The `history_next` of the page before.
    after: Option<String>,
    /// Versions of a page; 100 of a history, 1,000 of a custody, if absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

impl HistoryParams {
    /// The version after which the page begins, and how many it has at most; `usual` if the request
    /// does not say.
    pub(in crate::http) fn read_up_to(
        &self,
        usual: usize,
    ) -> Result<(Option<VersionId>, usize), ApiError> {
        let limit = self.limit.unwrap_or(usual);
        if !(1..=limits::HISTORY_ROWS_MAX).contains(&limit) {
            return Err(wrong(format!("limit is from 1 to {}", limits::HISTORY_ROWS_MAX)));
        }
        let after = self.after.as_deref().map(|text| {
            VersionId::from_hex(text).ok_or_else(|| wrong("after is not the id of a version"))
        });
        Ok((after.transpose()?, limit))
    }
}

/// One version, and how it came here.
#[derive(Debug, Serialize, ToSchema)]
struct HistoryRow {
    id: VersionId,
    /// When it arrived here, by the laptop's clock.
    received_at: Timestamp,
    /// The log that holds it.
    writer: WriterId,
    seq: u64,
    #[serde(flatten)]
    version: Version,
}

/// Shows one record.
#[utoipa::path(
    get,
    path = "/api/v1/observations/{record}",
    operation_id = "show_observation",
    params(("record" = RecordId, Path, description = "The record"), HistoryParams),
    responses((status = 200, description = "The record", body = Observation))
)]
pub async fn show(
    State(app): State<App>,
    place: Place,
    Params(params): Params<HistoryParams>,
    record: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let (after, limit) = params.read_up_to(limits::HISTORY_ROWS)?;
    let record = record.ok().and_then(|Path(text)| RecordId::from_hex(&text));
    let record = record.ok_or_else(unknown)?;
    let looking = app.store.read(move |view| shown(view, record));
    looking.await?.ok_or_else(unknown)?;
    let media = app.media.clone();
    let write = move |view: &ReadLog, chunks: &mut Chunks| {
        // Nothing is ever removed: what was shown a moment ago is.
        let observation = observation(view, media.blobs(), record, after, limit)?;
        observation.map_or(Ok(()), |observation| chunks.json(&observation))
    };
    streamed(&app, &place, "application/json", write).await
}

pub(in crate::http) fn unknown() -> ApiError {
    ApiError::new(Code::RecordUnknown, "no such record is held here")
}

fn shown(view: &ReadLog, record: RecordId) -> Result<Option<View>, StoreError> {
    Ok(View::load(view, record)?.filter(|view| view.kind.is_seen()))
}

fn observation(
    view: &ReadLog,
    blobs: &Blobs,
    record: RecordId,
    after: Option<VersionId>,
    limit: usize,
) -> Result<Option<Observation>, StoreError> {
    let Some(shown) = shown(view, record)? else { return Ok(None) };
    let (history, history_next) = history(view, record, after, limit)?;
    let received_at = view.received_at(shown.winner)?.unwrap_or(shown.written_at);
    Ok(Some(Observation { view: LaptopView::of(shown, received_at, blobs), history, history_next }))
}

/// The versions of one page, and the last of them if there are more.
fn history(
    view: &ReadLog,
    record: RecordId,
    after: Option<VersionId>,
    limit: usize,
) -> Result<(Vec<HistoryRow>, Option<VersionId>), StoreError> {
    let mut lineage = Lineage::of(view, record)?;
    while let Some(after) = after
        && let Some((id, _)) = lineage.next(view)?
        && id != after
    {}
    let (mut rows, mut bytes, mut last) = (Vec::new(), 0, None);
    while let Some((id, _)) = lineage.next(view)? {
        if rows.len() == limit || bytes > limits::PAGE_BYTES_MAX {
            return Ok((rows, last));
        }
        let (Some(place), Some(received_at)) = (view.place(id)?, view.received_at(id)?) else {
            continue;
        };
        let Some(logged) = view.entry(place.writer, place.seq)? else { continue };
        bytes += logged.entry.version.as_slice().len();
        let Ok(version) = logged.entry.version.decode_admitted() else { continue };
        rows.push(HistoryRow { id, received_at, writer: place.writer, seq: place.seq, version });
        last = Some(id);
    }
    Ok((rows, None))
}
