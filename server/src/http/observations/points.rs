//! Records as a map takes them: GeoJSON, RFC 7946.

use chasqui_shared::{ObservedAt, RecordId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::sought::Sought;
use crate::{
    http::streamed::Chunks,
    media::Blobs,
    store::{Cursor, ReadLog, Shown, StoreError},
};

/// As [`write_points`] writes it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the description of what is written a feature at a time")]
pub(super) struct PointCollection<'a> {
    /// Always `FeatureCollection`.
    #[schema(pattern = "^FeatureCollection$")]
    r#type: &'static str,
    features: Vec<Point<'a>>,
}

/// A record, as a feature of GeoJSON (RFC 7946).
#[derive(Serialize, ToSchema)]
struct Point<'a> {
    /// Always `Feature`.
    #[schema(pattern = "^Feature$")]
    r#type: &'static str,
    /// Null where nobody said the place.
    #[schema(required)]
    geometry: Option<PointGeometry>,
    properties: PointProperties<'a>,
}

/// A place, as a geometry of GeoJSON (RFC 7946).
#[derive(Serialize, ToSchema)]
struct PointGeometry {
    /// Always `Point`.
    #[schema(pattern = "^Point$")]
    r#type: &'static str,
    /// Longitude, latitude.
    #[schema(min_items = 2, max_items = 2)]
    coordinates: [f64; 2],
}

/// What a map shows of a record.
#[derive(Serialize, ToSchema)]
struct PointProperties<'a> {
    record: RecordId,
    category: &'a str,
    observed_at: ObservedAt,
    zone_assumed: bool,
    received_at: Timestamp,
    is_ahead: bool,
    conflict: bool,
    note: String,
    media: u64,
    media_here: u64,
}

impl<'a> Point<'a> {
    fn of(shown: &Shown<'a>, blobs: &Blobs) -> Result<Self, StoreError> {
        Ok(Self {
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
                note: shown.text()?.note,
                media: shown.media.len() as u64,
                media_here: shown.media().filter(|hash| blobs.holds(*hash)).count() as u64,
            },
        })
    }
}

/// A FeatureCollection, a feature at a time.
pub(in crate::http) fn write_points(
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
        chunks.json(&Point::of(&shown, blobs)?)
    })?;
    chunks.text("]}")
}
