//! `GET /api/v1/status`: how much is held.

use axum::{Json, extract::State};
use chasqui_shared::ProjectId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::App;
use crate::{schema, store::Store};

/// How much this laptop holds; also what `chasqui status --json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Status {
    /// The project.
    #[schema(value_type = schema::ProjectId)]
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
}

impl Status {
    /// Of the last commit.
    pub fn of(store: &Store) -> Self {
        let counts = store.committed().counts;
        Self {
            project: store.project(),
            name: store.name().to_owned(),
            records: counts.records,
            versions: counts.versions,
            entries: counts.entries,
            writers: counts.writers,
            heads: counts.heads,
            conflicts: counts.conflicts,
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
pub async fn status(State(app): State<App>) -> Json<Status> {
    Json(Status::of(&app.store))
}
