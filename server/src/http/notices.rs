//! `GET /api/v1/notices`: what a manager should know of, newest first.

use axum::{Json, extract::State};
use chasqui_shared::{Timestamp, WriterId};
use serde::Serialize;

use super::App;
use crate::store::Noticed;

/// One notice.
#[derive(Debug, Serialize)]
pub struct NoticeRow {
    /// By the laptop's clock.
    at: Timestamp,
    /// Stable, snake_case.
    code: &'static str,
    /// For people.
    message: String,
    /// The log that it is about.
    writer: WriterId,
}

impl From<Noticed> for NoticeRow {
    fn from(Noticed { at, notice }: Noticed) -> Self {
        Self { at, code: notice.code(), message: notice.to_string(), writer: notice.writer() }
    }
}

/// Lists the notices.
pub async fn notices(State(app): State<App>) -> Json<Vec<NoticeRow>> {
    Json(app.store.notices().into_iter().map(NoticeRow::from).collect())
}
