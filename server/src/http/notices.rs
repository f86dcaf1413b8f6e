//! `GET /api/v1/notices`: what a manager should know of, newest first.

use axum::{Json, extract::State};
use chasqui_shared::{ContentHash, Timestamp, WriterId};
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use crate::{schema, store::Noticed};

/// One notice.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeRow {
    /// By the laptop's clock.
    #[schema(value_type = schema::Timestamp)]
    at: Timestamp,
    /// Stable, snake_case.
    code: &'static str,
    /// For people.
    message: String,
    /// The log that it is about.
    #[schema(value_type = Option<schema::WriterId>, required)]
    writer: Option<WriterId>,
    /// The file that it is about.
    #[schema(value_type = Option<schema::ContentHash>, required)]
    media: Option<ContentHash>,
}

impl From<Noticed> for NoticeRow {
    fn from(Noticed { at, notice }: Noticed) -> Self {
        let (writer, media) = (notice.writer(), notice.media());
        Self { at, code: notice.code(), message: notice.to_string(), writer, media }
    }
}

/// Lists the notices.
#[utoipa::path(
    get,
    path = "/api/v1/notices",
    operation_id = "list_notices",
    responses((status = 200, description = "Newest first", body = Vec<NoticeRow>))
)]
pub async fn notices(State(app): State<App>) -> Json<Vec<NoticeRow>> {
    Json(app.store.notices().into_iter().map(NoticeRow::from).collect())
}
