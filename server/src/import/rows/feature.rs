//! One GeoJSON feature as a row.

use std::sync::Arc;

use chasqui_shared::{Answer, Location};
use geojson::{Feature, GeometryValue, feature::Id};
use serde_json::Value;

use super::{
    reading::Reading,
    row::{Identity, Row},
};
use crate::import::messages::refusal::Refusal;
use crate::{
    import::{
        columns::{evidence::Evidence, raw::RawRow},
        messages::{
            code::{NoteCode, RefusalCode},
            told::Told,
        },
        places::degrees::location,
    },
    system::zone::Zone,
};

/// The row of one feature that a program sends. One without geometry has no place. Times that name
/// no zone are of `zone`; the feature's own id is one that its source gives.
pub fn row_of_feature(feature: Feature, zone: &Zone) -> Result<Row, Refusal> {
    let raw = raw_of_feature(feature)?;
    let mut evidence = Evidence::default();
    evidence.see(&raw);
    let own = raw.id.clone().or_else(|| evidence.own_id(&raw));
    let read = Reading::of(&evidence, zone, None).row(raw)?;
    let identity = match (read.id, own) {
        (Some(id), _) => Identity::Worldwide(id),
        (None, Some(id)) => Identity::OfSource(id),
        (None, None) => Identity::of_content(&read.draft).ok_or(RefusalCode::Malformed)?,
    };
    Ok(Row { identity, draft: read.draft, counters: Arc::default() })
}

/// A feature before its properties are understood.
pub(in crate::import) fn raw_of_feature(feature: Feature) -> Result<RawRow, Refusal> {
    let place = feature.geometry.map(|geometry| place_of(&geometry.value)).transpose()?.flatten();
    let mut notes = Vec::new();
    if feature.properties.is_none() {
        notes.push((NoteCode::NoProperties, Told::default()));
    }
    let properties = feature.properties.unwrap_or_default();
    let cells = properties
        .into_iter()
        .filter_map(|(name, value)| Some((name.into(), answer_of(value)?)))
        .collect();
    let id = feature.id.map(|id| match id {
        Id::String(id) => id,
        Id::Number(id) => id.to_string(),
    });
    Ok(RawRow { id, place, may_lack_place: true, cells, notes })
}

/// The place of a point, and of several points that are one; none where it says of itself that it
/// is empty.
fn place_of(geometry: &GeometryValue) -> Result<Option<Location>, Refusal> {
    let coordinates = match geometry {
        GeometryValue::Point { coordinates } => coordinates,
        GeometryValue::MultiPoint { coordinates } if coordinates.len() == 1 => &coordinates[0],
        other => {
            let told = Told::value(other.type_name());
            return Err(Refusal::new(RefusalCode::GeometryNotPoint, told));
        }
    };
    let (lon, lat, altitude) = match *coordinates.as_slice() {
        [] => return Ok(None),
        [lon, lat] => (lon, lat, None),
        [lon, lat, altitude, ..] => (lon, lat, Some(altitude)),
        [_] => return Err(RefusalCode::LatitudeMissing.into()),
    };
    let altitude_m = altitude.filter(|m| m.abs() <= 2e9).map(|m| m.round() as i32);
    Ok(Some(Location { altitude_m, ..location(lat, lon)? }))
}

/// A property as an answer; nothing for null and for empty text. A fraction is kept as it was
/// written.
fn answer_of(value: Value) -> Option<Answer> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(is) => Answer::Boolean(is),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Answer::Integer(number),
            None => Answer::Text(number.to_string()),
        },
        Value::String(text) if text.trim().is_empty() => return None,
        Value::String(text) => Answer::Text(text),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            Answer::Choices(items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        nested => Answer::Text(nested.to_string()),
    })
}
