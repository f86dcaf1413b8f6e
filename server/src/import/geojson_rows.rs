//! Rows of a GeoJSON file (RFC 7946), a feature at a time.

use std::{fmt, io::Read};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use super::{
    ImportError, Refusal, Row,
    allowance::{Allowance, Rationed},
    feature::row_of_feature,
};
use crate::{limits, zone::Zone};

/// Reads the features of a file and gives each to `visit` with the line that it begins on.
///
/// Text that is no JSON ends the file with a refusal; what came before it was given already.
pub(super) fn read(
    file: impl Read,
    zone: &Zone,
    mut visit: impl FnMut(u64, Result<Row, Refusal>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let allowance = Allowance::default();
    allowance.renew(limits::IMPORT_ROW_BYTES_MAX);
    // Read byte by byte above the buffer, so that the line is that of the feature.
    let buffered = std::io::BufReader::new(file);
    let rationed = Rationed::new(buffered, allowance.clone());
    let mut failed = None;
    let mut found = Found::default();
    let mut deserializer = serde_json::Deserializer::from_reader(rationed);
    let mut give = |line, value| match visit(line, row_of_value(value, zone)) {
        Ok(()) => true,
        Err(error) => {
            failed = Some(error);
            false
        }
    };
    let walked = Document { allowance: &allowance, found: &mut found, give: &mut give }
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end());
    if let Some(error) = failed {
        return Err(error);
    }
    if let Some(name) = found.reference_system {
        return Err(ImportError::ReferenceSystem { name });
    }
    match walked {
        Ok(()) if found.is_geojson => Ok(()),
        Ok(()) => Err(ImportError::NotGeoJson),
        Err(error) if error.is_io() && !allowance.is_exceeded() => {
            Err(ImportError::Read(error.into()))
        }
        Err(_) if !found.is_geojson => Err(ImportError::NotGeoJson),
        Err(_) if allowance.is_exceeded() => {
            let message = format!(
                "the feature has more than {} bytes; nothing after it was read",
                limits::IMPORT_ROW_BYTES_MAX
            );
            visit(allowance.line(), Err(Refusal::new("row_too_long", message)))
        }
        Err(error) => {
            let message = format!("the JSON is broken; nothing after it was read: {error}");
            visit(error.line() as u64, Err(Refusal::new("json_broken", message)))
        }
    }
}

fn row_of_value(value: Value, zone: &Zone) -> Result<Row, Refusal> {
    let feature = serde_json::from_value(value).map_err(|error| {
        Refusal::new("feature_malformed", format!("this is no GeoJSON feature: {error}"))
    })?;
    row_of_feature(feature, false, zone)
}

/// What was learned of the document beside its features.
#[derive(Debug, Default)]
struct Found {
    is_geojson: bool,
    /// Another one than longitude and latitude of WGS 84.
    reference_system: Option<String>,
}

/// Walks the outermost object, and hands out each feature as it is read.
struct Document<'a, G> {
    allowance: &'a Allowance,
    found: &'a mut Found,
    /// Takes a feature and its line; says whether to go on.
    give: &'a mut G,
}

impl<'de, G: FnMut(u64, Value) -> bool> DeserializeSeed<'de> for Document<'_, G> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, G: FnMut(u64, Value) -> bool> Visitor<'de> for Document<'_, G> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let line = self.allowance.line();
        let mut members = serde_json::Map::new();
        while let Some(name) = map.next_key::<String>()? {
            self.allowance.renew(limits::IMPORT_ROW_BYTES_MAX);
            match name.as_str() {
                "features" => {
                    self.found.is_geojson = true;
                    map.next_value_seed(Features { allowance: self.allowance, give: self.give })?;
                }
                "crs" => {
                    self.found.reference_system = other_reference_system(&map.next_value()?);
                    if self.found.reference_system.is_some() {
                        return Err(A::Error::custom("another reference system"));
                    }
                }
                "type" | "id" | "geometry" | "properties" => {
                    members.insert(name, map.next_value()?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if members.get("type").is_some_and(|kind| kind == "Feature") {
            self.found.is_geojson = true;
            if !(self.give)(line, Value::Object(members)) {
                return Err(A::Error::custom("the rows could not be taken"));
            }
        }
        Ok(())
    }
}

/// The name in a `crs` member, which files from before RFC 7946 have, unless it is WGS 84.
fn other_reference_system(crs: &Value) -> Option<String> {
    let name = crs.get("properties")?.get("name")?.as_str()?;
    let is_wgs84 = name.contains("CRS84") || name.ends_with(":4326") || name.ends_with("::4326");
    if is_wgs84 { None } else { Some(name.to_owned()) }
}

struct Features<'a, G> {
    allowance: &'a Allowance,
    give: &'a mut G,
}

impl<'de, G: FnMut(u64, Value) -> bool> DeserializeSeed<'de> for Features<'_, G> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, G: FnMut(u64, Value) -> bool> Visitor<'de> for Features<'_, G> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        loop {
            self.allowance.renew(limits::IMPORT_ROW_BYTES_MAX);
            let Some((line, value)) = features.next_element_seed(Lined(self.allowance))? else {
                return Ok(());
            };
            if !(self.give)(line, value) {
                return Err(A::Error::custom("the rows could not be taken"));
            }
        }
    }
}

/// A value and the line that it begins on.
struct Lined<'a>(&'a Allowance);

impl<'de> DeserializeSeed<'de> for Lined<'_> {
    type Value = (u64, Value);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        use serde::Deserialize;

        let line = self.0.line();
        Ok((line, Value::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use chasqui_shared::Answer;

    use super::*;

    type Rows = Vec<(u64, Result<Row, Refusal>)>;

    fn read_all(text: &str) -> Result<Rows, ImportError> {
        let mut rows = Vec::new();
        read(text.as_bytes(), &Zone::of_machine(), |line, row| {
            rows.push((line, row));
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn each_feature_is_told_by_its_line_and_broken_ones_stop_nothing() {
        let text = r#"{"type":"FeatureCollection","name":"x","features":[
{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[-73.25,-3.75,120.4]},"properties":{"note":"a","n":3,"f":1.50,"z":null}},
{"type":"Feature","geometry":null,"properties":null},
{"type":"Feature","geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]},"properties":{}},
{"type":"Feature","geometry":{"type":"Point","coordinates":["x",1]},"properties":{}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[181,1]},"properties":{}},
7
]}"#;
        let rows = read_all(text).unwrap();
        let codes: Vec<_> = rows
            .iter()
            .map(|(line, row)| (*line, row.as_ref().map_or_else(|r| r.code, |_| "")))
            .collect();
        assert_eq!(
            codes,
            [
                (2, ""),
                (3, "no_location"),
                (4, "geometry_not_point"),
                (5, "feature_malformed"),
                (6, "longitude_out_of_range"),
                (7, "feature_malformed")
            ]
        );
        let row = rows[0].1.as_ref().unwrap();
        assert_eq!(row.id.as_deref(), Some("7"));
        assert_eq!(row.draft.location.unwrap().altitude_m, Some(120));
        assert_eq!(row.draft.answers["n"], Answer::Integer(3));
        assert_eq!(row.draft.answers["f"], Answer::Text("1.5".into()));
    }

    #[test]
    fn what_comes_before_broken_json_is_read() {
        let point =
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,1]},"properties":{}}"#;
        let text =
            format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{point},\n{{\"type\":");
        let rows = read_all(&text).unwrap();
        assert!(rows[0].1.is_ok());
        assert_eq!(rows[1].1.as_ref().unwrap_err().code, "json_broken");
        assert_eq!(rows[1].0, 3);
    }

    #[test]
    fn one_feature_alone_is_a_row_and_other_json_is_refused() {
        let point =
            r#"{"geometry":{"type":"Point","coordinates":[1,1]},"properties":{},"type":"Feature"}"#;
        assert_eq!(read_all(point).unwrap().len(), 1);
        assert!(matches!(read_all("{\"a\":1}"), Err(ImportError::NotGeoJson)));
        assert!(matches!(read_all("[1]"), Err(ImportError::NotGeoJson)));
        let crs = r#"{"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::32718"}},"features":[]}"#;
        assert!(matches!(read_all(crs), Err(ImportError::ReferenceSystem { .. })));
    }
}
