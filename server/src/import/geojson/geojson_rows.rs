//! Rows of a GeoJSON file (RFC 7946), a feature at a time; also of one with a feature a line, and
//! of a sequence (RFC 8142).

use std::{cell::Cell, fmt, io::Read, rc::Rc};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use super::{
    allowance::{Allowance, Rationed},
    lenient::Lenient,
};
use crate::import::messages::refusal::Refusal;
use crate::{
    import::{
        columns::{names::plain, raw::RawRow},
        error::ImportError,
        messages::{code::RefusalCode, position::Position, told::Told},
        rows::feature::raw_of_feature,
    },
    limits,
};

/// Properties that people call a feature by.
const CALLED_BY: &str = "name nombre nome title titulo label etiqueta id uuid objectid fid";

/// Reads the features of a file and gives each to `visit` with its place; answers how many numbers
/// are none (NaN).
///
/// Text that is no JSON ends the file with a refusal; what came before it was given already.
pub(in crate::import) fn read(
    file: impl Read,
    mut visit: impl FnMut(Position, Result<RawRow, Refusal>) -> Result<(), ImportError>,
) -> Result<u64, ImportError> {
    let allowance = Allowance::default();
    allowance.renew(limits::IMPORT_ROW_BYTES_MAX);
    let not_numbers = Rc::new(Cell::new(0));
    // Read byte by byte above the buffer, so that the line is that of the feature.
    let rationed = Rationed::new(std::io::BufReader::new(file), allowance.clone());
    let lenient = Lenient::new(rationed, not_numbers.clone());
    let mut failed = None;
    let mut found = Found::default();
    let mut deserializer = serde_json::Deserializer::from_reader(lenient);
    let mut give = |position: Position, value| {
        let name = called(&value);
        match visit(position.named(name.as_deref()), raw_of_value(value)) {
            Ok(()) => true,
            Err(error) => {
                failed = Some(error);
                false
            }
        }
    };
    let walked = loop {
        let written = allowance.written();
        allowance.renew(limits::IMPORT_ROW_BYTES_MAX);
        let document = Document { allowance: &allowance, found: &mut found, give: &mut give };
        match document.deserialize(&mut deserializer) {
            Ok(()) => {}
            Err(error) if error.is_eof() && allowance.written() == written => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    if let Some(error) = failed {
        return Err(error);
    }
    if let Some(name) = found.reference_system {
        return Err(ImportError::ReferenceSystem { name });
    }
    let at = |line, character| Position {
        character: Some(character),
        feature: Some(found.features + 1),
        ..Position::of_line(line)
    };
    match walked {
        Ok(()) if found.is_geojson => {}
        Ok(()) => return Err(ImportError::NotGeoJson),
        Err(error) if error.is_io() && !allowance.is_exceeded() => {
            return Err(ImportError::Read(error.into()));
        }
        Err(_) if !found.is_geojson => return Err(ImportError::NotGeoJson),
        Err(_) if allowance.is_exceeded() => {
            let told = Told::limit(limits::IMPORT_ROW_BYTES_MAX);
            let refusal = Refusal::new(RefusalCode::RowTooLong, told);
            visit(at(allowance.line(), allowance.character()), Err(refusal))?;
        }
        Err(error) => {
            let position = at(error.line().max(1) as u64, error.column() as u64);
            visit(position, Err(RefusalCode::JsonBroken.into()))?;
        }
    }
    Ok(not_numbers.get())
}

/// What people call a feature: its id, or a name among its properties.
fn called(feature: &Value) -> Option<String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let known = |name: &str| {
        let name = plain(name);
        CALLED_BY.split_whitespace().position(|known| known == name)
    };
    let by_name = || {
        let properties = feature.get("properties")?.as_object()?;
        let named =
            properties.iter().filter_map(|(name, value)| Some((known(name)?, text(value)?)));
        named.min_by_key(|(rank, _)| *rank).map(|(_, text)| text)
    };
    feature.get("id").and_then(text).or_else(by_name)
}

fn raw_of_value(value: Value) -> Result<RawRow, Refusal> {
    let feature = serde_json::from_value(value).map_err(|error: serde_json::Error| {
        Refusal::new(RefusalCode::FeatureMalformed, Told::value(&error.to_string()))
    })?;
    raw_of_feature(feature)
}

/// What was learned of the document beside its features.
#[derive(Debug, Default)]
struct Found {
    is_geojson: bool,
    features: u64,
    /// Another one than longitude and latitude of WGS 84, or of SIRGAS 2000, which is the same to
    /// the metre.
    reference_system: Option<String>,
}

impl Found {
    fn next(&mut self, line: u64, character: u64) -> Position {
        self.features += 1;
        Position {
            character: Some(character),
            feature: Some(self.features),
            ..Position::of_line(line)
        }
    }
}

/// Walks the outermost object, and hands out each feature as it is read.
struct Document<'a, G> {
    allowance: &'a Allowance,
    found: &'a mut Found,
    /// Takes a feature and its place; says whether to go on.
    give: &'a mut G,
}

impl<'de, G: FnMut(Position, Value) -> bool> DeserializeSeed<'de> for Document<'_, G> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, G: FnMut(Position, Value) -> bool> Visitor<'de> for Document<'_, G> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (line, character) = (self.allowance.line(), self.allowance.character());
        let mut members = serde_json::Map::new();
        while let Some(name) = map.next_key::<String>()? {
            self.allowance.renew(limits::IMPORT_ROW_BYTES_MAX);
            match name.as_str() {
                "features" => {
                    self.found.is_geojson = true;
                    let (allowance, found, give) =
                        (self.allowance, &mut *self.found, &mut *self.give);
                    map.next_value_seed(Features { allowance, found, give })?;
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
            let position = self.found.next(line, character);
            if !(self.give)(position, Value::Object(members)) {
                return Err(A::Error::custom("the rows could not be taken"));
            }
        }
        Ok(())
    }
}

/// The name in a `crs` member, which files from before RFC 7946 have, unless it is WGS 84.
fn other_reference_system(crs: &Value) -> Option<String> {
    let name = crs.get("properties")?.get("name")?.as_str()?;
    let is_degrees =
        ["CRS84", "CRS84h", ":4326", ":4979", ":4674"].iter().any(|end| name.ends_with(end));
    if is_degrees { None } else { Some(name.to_owned()) }
}

struct Features<'a, G> {
    allowance: &'a Allowance,
    found: &'a mut Found,
    give: &'a mut G,
}

impl<'de, G: FnMut(Position, Value) -> bool> DeserializeSeed<'de> for Features<'_, G> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, G: FnMut(Position, Value) -> bool> Visitor<'de> for Features<'_, G> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        loop {
            self.allowance.renew(limits::IMPORT_ROW_BYTES_MAX);
            let Some((line, character, value)) =
                features.next_element_seed(Placed(self.allowance))?
            else {
                return Ok(());
            };
            let position = self.found.next(line, character);
            if !(self.give)(position, value) {
                return Err(A::Error::custom("the rows could not be taken"));
            }
        }
    }
}

/// A value with the line and the character that it begins at.
struct Placed<'a>(&'a Allowance);

impl<'de> DeserializeSeed<'de> for Placed<'_> {
    type Value = (u64, u64, Value);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        use serde::Deserialize;

        let (line, character) = (self.0.line(), self.0.character());
        Ok((line, character, Value::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests;
