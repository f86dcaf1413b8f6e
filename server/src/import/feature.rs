//! One GeoJSON feature as a row.

use chasqui_shared::{Answer, Location};
use geojson::{Feature, GeometryValue, feature::Id};
use serde_json::Value;

use super::{Refusal, Row, columns::columns, date::DateOrder, degrees::location, fields::Fields};
use crate::zone::Zone;

/// The row of one feature. One without geometry has no place, if that is allowed, and else is refused. Times that name no zone
/// are of `zone`.
pub fn row_of_feature(feature: Feature, may_lack_place: bool, zone: &Zone) -> Result<Row, Refusal> {
    let place = match feature.geometry {
        None if may_lack_place => None,
        None => return Err(Refusal::new("no_location", "the feature has no geometry")),
        Some(geometry) => Some(place_of(&geometry.value)?),
    };
    let properties = feature.properties.unwrap_or_default();
    let names: Vec<_> = properties.keys().cloned().collect();
    let mut fields = Fields::default();
    for (column, (name, value)) in columns(&names).into_iter().zip(properties) {
        if let Some(value) = answer_of(value) {
            fields.put(column, &name, value);
        }
    }
    let mut row = fields.into_row(place, DateOrder::DayFirst, zone)?;
    match feature.id {
        Some(Id::String(id)) => row.id = Some(id),
        Some(Id::Number(id)) => row.id = Some(id.to_string()),
        None => {}
    }
    Ok(row)
}

fn place_of(geometry: &GeometryValue) -> Result<Location, Refusal> {
    let GeometryValue::Point { coordinates } = geometry else {
        let message = "the geometry is no Point; lines and areas are not read";
        return Err(Refusal::new("geometry_not_point", message));
    };
    let (lon, lat, altitude) = match *coordinates.as_slice() {
        [lon, lat] => (lon, lat, None),
        [lon, lat, altitude, ..] => (lon, lat, Some(altitude)),
        _ => return Err(Refusal::new("no_location", "the point has no coordinates")),
    };
    let altitude_m = altitude.filter(|m| m.abs() <= 2e9).map(|m| m.round() as i32);
    Ok(Location { altitude_m, ..location(lat, lon)? })
}

/// A property as an answer; nothing for null and for empty text. A fraction is kept as it was written.
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
