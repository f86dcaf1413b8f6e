//! `GET /api/v1/observations`: the computed views, filtered, a page at a time, as JSON or GeoJSON.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use chasqui_shared::{ObservedAt, RecordId, Timestamp, View};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    ApiError, App,
    places::Place,
    streamed::{Chunks, streamed},
    wire::{Params, zone_of},
};
use crate::{
    limits,
    media::{Blobs, Media},
    schema,
    store::{Bounds, Cursor, Page, Query, ReadLog, Shown, StoreError},
};

/// The query of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// Only this one.
    category: Option<String>,
    /// Words, each in note, category, answers, names of files, source, or the name of observer or author; in any order, without
    /// regard to case and accents, of at most 256 bytes.
    text: Option<String>,
    /// The earliest observation: RFC 3339, or a day.
    from: Option<String>,
    /// The latest observation: RFC 3339, or a day, all of which is found.
    to: Option<String>,
    /// The zone of whoever asks, such as `America/Lima`, for the day of a moment of which no offset is known; the laptop's if
    /// absent.
    zone: Option<String>,
    /// Only records in conflict.
    conflicts: bool,
    /// Only what is deleted, instead of what is not.
    deleted: bool,
    /// Only records that name a file that is not here.
    #[param(inline)]
    media: Option<MediaFilter>,
    /// `west,south,east,north` in degrees.
    bbox: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
    /// Items of a page; 100 if absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// `json` if absent.
    #[param(inline)]
    format: ListFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ListFormat {
    #[default]
    Json,
    GeoJson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum MediaFilter {
    Missing,
}

/// A view, when what it shows arrived, and how many of its files did.
#[derive(Debug, Serialize, ToSchema)]
pub struct LaptopView {
    /// The view.
    #[serde(flatten)]
    #[schema(value_type = schema::View)]
    pub view: View,
    /// When the winner arrived here, by the laptop's clock.
    #[schema(value_type = schema::Timestamp)]
    pub received_at: Timestamp,
    /// Whether it is said to have been seen after it arrived: some clock was wrong.
    pub is_ahead: bool,
    /// How many of its files are on this laptop now.
    pub media_here: u64,
}

impl LaptopView {
    /// A view at this moment.
    pub fn of(view: View, received_at: Timestamp, blobs: &Blobs) -> Self {
        let here = view.media.iter().filter(|media| blobs.holds(media.hash)).count();
        let is_ahead = view.observed_at.is_ahead_of(received_at);
        Self { view, received_at, is_ahead, media_here: here as u64 }
    }
}

/// As [`write_views`] writes it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the description of what is written a view at a time")]
struct ViewPage {
    items: Vec<LaptopView>,
    #[schema(required)]
    next: Option<String>,
    /// Over all pages.
    total: u64,
}

/// Lists views, latest observation first. GeoJSON has every record that was found, and of each what a map needs.
#[utoipa::path(
    get,
    path = "/api/v1/observations",
    operation_id = "list_observations",
    params(ListParams),
    responses((status = 200, description = "A page", content((ViewPage = "application/json"), (schema::FeatureCollection = "application/geo+json"))))
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
    let write =
        move |view: &ReadLog, chunks: &mut Chunks| write_views(view, &sought, after, limit, chunks);
    streamed(&app, &place, "application/json", write).await
}

impl ListParams {
    fn read(&self) -> Result<(Query, Option<Cursor>, usize), ApiError> {
        let query = Query {
            category: self.category.clone(),
            text: self.text.clone().filter(|text| !text.trim().is_empty()),
            from: self.from.as_deref().map(|text| moment("from", text)).transpose()?,
            to: self.to.as_deref().map(|text| moment("to", text)).transpose()?,
            zone: Some(zone_of(self.zone.as_deref())?),
            conflicts: self.conflicts,
            deleted: self.deleted,
            bounds: self.bbox.as_deref().map(bounds).transpose()?,
        };
        if query.text.as_ref().is_some_and(|text| text.len() > limits::SEARCH_BYTES_MAX) {
            return Err(wrong(format!("text has at most {} bytes", limits::SEARCH_BYTES_MAX)));
        }
        let after = match &self.after {
            Some(text) => Some(
                Cursor::parse(text).ok_or_else(|| wrong("after is not a cursor of this API"))?,
            ),
            None => None,
        };
        let limit = self.limit.unwrap_or(limits::PAGE_ROWS);
        if !(1..=limits::PAGE_ROWS_MAX).contains(&limit) {
            return Err(wrong(format!("limit is from 1 to {}", limits::PAGE_ROWS_MAX)));
        }
        Ok((query, after, limit))
    }
}

pub(super) fn wrong(message: impl Into<String>) -> ApiError {
    ApiError::refused(StatusCode::BAD_REQUEST, "query_malformed", message)
}

fn moment(name: &str, text: &str) -> Result<ObservedAt, ApiError> {
    ObservedAt::parse(text)
        .ok_or_else(|| wrong(format!("{name} is no day, and no time as RFC 3339")))
}

fn bounds(text: &str) -> Result<Bounds, ApiError> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[west, south, east, north])
            if [west, east].iter().all(|lon| lon.abs() <= 180.0)
                && -90.0 <= south
                && south <= north
                && north <= 90.0 =>
        {
            Ok(Bounds { west, south, east, north })
        }
        _ => Err(wrong("bbox is west,south,east,north in degrees")),
    }
}

/// What is to be found among records and files.
struct Sought {
    query: Query,
    /// Only records that name a file that is not here.
    is_missing: bool,
    media: Arc<Media>,
}

impl Sought {
    fn visit(
        &self,
        view: &ReadLog,
        after: Option<Cursor>,
        limit: usize,
        visit: impl FnMut(Shown<'_>) -> Result<(), StoreError>,
    ) -> Result<Page, StoreError> {
        let blobs = self.media.blobs();
        let lacks = |shown: &Shown<'_>| shown.media().any(|hash| !blobs.holds(hash));
        let is_wanted: Option<&dyn Fn(&Shown<'_>) -> bool> =
            if self.is_missing { Some(&lacks) } else { None };
        view.search(&self.query, is_wanted, after, limit, visit)
    }
}

/// A [`ViewPage`], a view at a time. It ends before the one whose words would make it too large, and after the one for which
/// the last of the entries was read that a page may take; one view is always among them.
fn write_views(
    view: &ReadLog,
    sought: &Sought,
    after: Option<Cursor>,
    limit: usize,
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
    chunks.text("}")
}

#[derive(Serialize)]
struct Point<'a> {
    r#type: &'static str,
    geometry: Option<PointGeometry>,
    properties: PointProperties<'a>,
}

#[derive(Serialize)]
struct PointGeometry {
    r#type: &'static str,
    /// Longitude, latitude.
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct PointProperties<'a> {
    record: RecordId,
    category: &'a str,
    observed_at: ObservedAt,
    zone_assumed: bool,
    received_at: Timestamp,
    is_ahead: bool,
    conflict: bool,
    note: &'a str,
    media: u64,
    media_here: u64,
}

impl<'a> Point<'a> {
    fn of(shown: &Shown<'a>, blobs: &Blobs) -> Self {
        Self {
            r#type: "Feature",
            geometry: shown.place.map(|(lat, lon)| PointGeometry {
                r#type: "Point",
                coordinates: [lon.degrees(), lat.degrees()],
            }),
            properties: PointProperties {
                record: shown.record,
                category: shown.category,
                observed_at: shown.observed_at,
                zone_assumed: shown.zone_assumed,
                is_ahead: shown.observed_at.is_ahead_of(shown.received_at),
                received_at: shown.received_at,
                conflict: shown.is_conflict,
                note: shown.note,
                media: shown.media.len() as u64,
                media_here: shown.media().filter(|hash| blobs.holds(*hash)).count() as u64,
            },
        }
    }
}

/// An RFC 7946 FeatureCollection, a feature at a time.
fn write_points(
    view: &ReadLog,
    sought: &Sought,
    after: Option<Cursor>,
    limit: usize,
    chunks: &mut Chunks,
) -> Result<(), StoreError> {
    chunks.text(r#"{"type":"FeatureCollection","features":["#)?;
    let (blobs, mut is_first) = (sought.media.blobs(), true);
    sought.visit(view, after, limit, |shown| {
        if !std::mem::take(&mut is_first) {
            chunks.text(",")?;
        }
        chunks.json(&Point::of(&shown, blobs))
    })?;
    chunks.text("]}")
}
