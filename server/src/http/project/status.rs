//! `GET /api/v1/status`: how much is held.

use std::time::SystemTime;

use axum::{Json, extract::State};
use chasqui_shared::{ProjectId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    http::{app::App, error::ApiError},
    media::{Media, MediaCounter, MediaCounts},
    project::clock_doubt,
    store::{ReadLog, Store, StoreError},
    system::wall_clock,
};

/// How much this laptop holds; also what `chasqui status --json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Status {
    /// The project.
    pub project: ProjectId,
    /// What people call this laptop.
    pub name: String,
    /// Records with at least one version that can be shown.
    pub records: u64,
    /// Versions, each once, those in quarantine too.
    pub versions: u64,
    /// Entries over all logs.
    pub entries: u64,
    /// Logs.
    pub writers: u64,
    /// Heads over all records.
    pub heads: u64,
    /// Records with more than one head.
    pub conflicts: u64,
    /// Files.
    pub media: MediaStatus,
    /// This laptop's clock, if it is probably wrong.
    #[schema(required)]
    pub clock: Option<ClockDoubt>,
}

/// A clock that is probably wrong: phones agree on another time, or the program was built later
/// than the clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClockDoubt {
    /// What it says.
    pub now: Timestamp,
    /// What time it probably is.
    pub probably: Timestamp,
}

/// How many of the files are here that records name, and what room there is for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediaStatus {
    /// Files that records name, each once.
    pub named: u64,
    /// Those of them that are here.
    pub here: u64,
    /// Bytes of those that are not, as their records say.
    pub missing_bytes: u64,
    /// Bytes of those that are.
    pub here_bytes: u64,
    /// Files that were set aside because they are damaged, and that did not come again.
    pub damaged: u64,
    /// Bytes of the disk that files may still take.
    pub room_bytes: u64,
    /// Whether a file was refused for lack of room and still would be, or any would be.
    pub is_full: bool,
}

impl MediaStatus {
    /// Of what `view` sees and of the files at this moment. A disk that does not say has no room.
    pub fn of(
        view: &ReadLog,
        media: &Media,
        media_counter: &MediaCounter,
    ) -> Result<Self, StoreError> {
        let MediaCounts { named, here, missing_bytes, here_bytes } =
            media_counter.of(view, media.blobs())?;
        let damaged = media.blobs().damaged().len() as u64;
        let room_bytes = media.room_bytes().unwrap_or_default();
        let is_full = media.is_full(SystemTime::now()).unwrap_or(true);
        Ok(Self { named, here, missing_bytes, here_bytes, damaged, room_bytes, is_full })
    }
}

impl Status {
    /// Of the last commit.
    pub fn of(store: &Store, media: MediaStatus) -> Self {
        let counts = store.committed().counts;
        let now = wall_clock::now();
        Self {
            project: store.project(),
            name: store.name().to_owned(),
            records: counts.records,
            versions: counts.versions,
            entries: counts.entries,
            writers: counts.writers,
            heads: counts.heads,
            conflicts: counts.conflicts,
            media,
            clock: clock_doubt::doubt(store, now).map(|probably| ClockDoubt { now, probably }),
        }
    }
}

/// Tells how much is held.
#[utoipa::path(
    get,
    path = "/api/v1/status",
    operation_id = "status",
    responses((status = 200, description = "How much is held", body = Status))
)]
pub async fn status(State(app): State<App>) -> Result<Json<Status>, ApiError> {
    let (media, media_counter) = (app.media.clone(), app.media_counter.clone());
    let media = app.store.read(move |view| MediaStatus::of(view, &media, &media_counter)).await?;
    Ok(Json(Status::of(&app.store, media)))
}
