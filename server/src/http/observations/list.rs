//! `GET /api/v1/observations`: the computed views, filtered, a page at a time, as JSON or GeoJSON.

use axum::{extract::State, response::Response};
use chasqui_shared::{RecordId, Timestamp, View};
use utoipa::ToSchema;

use super::{
    changes::{self, write_changes},
    laptop_view::LaptopView,
    points::{PointCollection, write_points},
    since::Since,
    sought::{ListFormat, ListParams, Sought},
};
use crate::{
    http::{
        app::App,
        capacity::places::Place,
        error::ApiError,
        streamed::{Chunks, streamed},
        wire::Params,
    },
    limits,
    store::{Cursor, ReadLog, StoreError},
};

/// As [`write_views`] writes it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the description of what is written a view at a time")]
struct ViewPage {
    items: Vec<LaptopView>,
    #[schema(required)]
    next: Option<String>,
    /// Over all pages.
    total: u64,
    /// To ask what changes from now on; see `since`.
    changes: String,
}

/// A page, or what changed `since`.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "the description of what is written a view at a time")]
enum PageOrChanges {
    Page(ViewPage),
    Changes(changes::Changes),
}

/// Lists views, latest observation first. GeoJSON has every record that was found, and of each what
/// a map needs.
#[utoipa::path(
    get,
    path = "/api/v1/observations",
    operation_id = "list_observations",
    params(ListParams),
    responses((status = 200, description = "A page; with `since`, what changed", content((PageOrChanges = "application/json"), (PointCollection<'_> = "application/geo+json"))))
)]
pub async fn list(
    State(app): State<App>,
    place: Place,
    Params(params): Params<ListParams>,
) -> Result<Response, ApiError> {
    let (query, after, limit) = params.read()?;
    let is_missing = params.media.is_some();
    let sought = Sought { query, is_missing, media: app.media.clone() };
    if params.format == ListFormat::GeoJson {
        let limit = params.limit.unwrap_or(usize::MAX);
        let write = move |view: &ReadLog, chunks: &mut Chunks| {
            write_points(view, &sought, after, limit, chunks)
        };
        return streamed(&app, &place, "application/geo+json", write).await;
    }
    if let Some(since) = params.since()? {
        let changed = since.changed(&app);
        let write = move |view: &ReadLog, chunks: &mut Chunks| {
            write_changes(view, &sought, changed, chunks)
        };
        return streamed(&app, &place, "application/json", write).await;
    }
    // Before the state is read: what is committed meanwhile is told twice rather than not at all.
    let now = Since::now(&app);
    let write = move |view: &ReadLog, chunks: &mut Chunks| {
        write_views(view, &sought, after, limit, now, chunks)
    };
    streamed(&app, &place, "application/json", write).await
}

/// A [`ViewPage`], a view at a time. It ends before the one whose words would make it too large,
/// and after the one for which the last of the entries was read that a page may take; one view is
/// always among them.
fn write_views(
    view: &ReadLog,
    sought: &Sought,
    after: Option<Cursor>,
    limit: usize,
    now: Since,
    chunks: &mut Chunks,
) -> Result<(), StoreError> {
    let mut found: Vec<(Cursor, RecordId, Timestamp)> = Vec::new();
    let page = sought.visit(view, after, limit, |shown| {
        found.push((Cursor::of(&shown), shown.record, shown.received_at));
        Ok(())
    })?;
    chunks.text(r#"{"items":["#)?;
    let (mut bytes, mut last, mut next) = (0, None, page.next);
    let mut found = found.into_iter().peekable();
    while let Some((at, record, received_at)) = found.next() {
        let Some(shown) = View::load(view, record)? else { continue };
        bytes += shown.text_bytes();
        if bytes > limits::PAGE_BYTES_MAX && last.is_some() {
            next = last;
            break;
        }
        if last.replace(at).is_some() {
            chunks.text(",")?;
        }
        chunks.json(&LaptopView::of(shown, received_at, sought.media.blobs()))?;
        if view.entries_read() >= limits::PAGE_ENTRIES_MAX && found.peek().is_some() {
            next = last;
            break;
        }
    }
    chunks.text(r#"],"next":"#)?;
    chunks.json(&next.map(|next| next.to_string()))?;
    chunks.text(r#","total":"#)?;
    chunks.json(&page.total)?;
    chunks.text(r#","changes":"#)?;
    chunks.json(&now.to_string())?;
    chunks.text("}")
}
