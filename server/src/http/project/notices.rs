//! `/api/v1/notices`: what a manager should know of, newest first, until it is marked as done.

use axum::{Json, extract::State, http::StatusCode};
use chasqui_shared::{ContentHash, DeviceId, Timestamp, WriterId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::Telling,
    http::{
        app::App,
        error::ApiError,
        wire::{Brief, malformed},
    },
    limits,
    store::Noticed,
    system::wall_clock,
};

/// One notice.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeRow {
    /// Its number.
    id: u64,
    /// By the laptop's clock; of the last, where it is of several.
    at: Timestamp,
    /// How often the same was noticed of what one device brought; the rest of the notice is about
    /// the last.
    count: u64,
    /// The device that brought it.
    #[serde(skip_serializing_if = "Option::is_none")]
    brought_by: Option<DeviceId>,
    /// Stable, snake_case.
    code: &'static str,
    /// For people.
    message: String,
    /// The log that it is about.
    #[schema(required)]
    writer: Option<WriterId>,
    /// The file that it is about.
    #[schema(required)]
    media: Option<ContentHash>,
    /// When a manager marked it as done.
    #[schema(required)]
    done_at: Option<Timestamp>,
}

/// Which notices need no more attention.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoneOrder {
    /// Their numbers; those that are not there any more are passed over.
    #[schema(max_items = 1000)]
    ids: Vec<u64>,
}

impl From<Telling> for NoticeRow {
    fn from(telling: Telling) -> Self {
        let message = telling.to_string();
        let Telling { id, code, at, done_at, .. } = telling;
        Self {
            id,
            at,
            count: 1,
            brought_by: None,
            code,
            message,
            writer: None,
            media: None,
            done_at,
        }
    }
}

impl From<(u64, Noticed)> for NoticeRow {
    fn from((id, noticed): (u64, Noticed)) -> Self {
        let Noticed { at, notice, count, brought_by, done_at } = noticed;
        let (code, message) = (notice.code(), notice.to_string());
        let (writer, media) = (notice.writer(), notice.media());
        Self { id, at, count, brought_by, code, message, writer, media, done_at }
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
    let kept = app.store.notices().into_iter().map(NoticeRow::from);
    let mut rows: Vec<_> = app.access.tellings().into_iter().map(NoticeRow::from).collect();
    rows.extend(kept);
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    Json(rows)
}

/// `POST /api/v1/notices/done`: marks notices as done. They stay in the list.
#[utoipa::path(
    post,
    path = "/api/v1/notices/done",
    operation_id = "finish_notices",
    request_body = DoneOrder,
    responses((status = 204, description = "They are marked, durably"))
)]
pub async fn finish(
    State(app): State<App>,
    Brief(DoneOrder { ids }): Brief<DoneOrder>,
) -> Result<StatusCode, ApiError> {
    if ids.len() > limits::NOTICES_MAX {
        return Err(malformed("too many notices"));
    }
    app.access.finish_tellings(&ids, wall_clock::now());
    app.store
        .write(0, move |log| {
            ids.iter().for_each(|&id| log.set_notice_done(id));
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
