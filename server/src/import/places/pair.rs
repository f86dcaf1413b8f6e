//! Both coordinates in one cell: as maps copy them, as survey tools write a point, and as WKT.

use chasqui_shared::Location;

use super::degrees::{Axis, location, read_angle, read_number};
use crate::import::{
    messages::refusal::Refusal,
    messages::{code::RefusalCode, told::Told},
};

/// Reads `-4.57, -73.40`, `4°34'23"S 73°24'4"W`, `-4.57 -73.40 108.2 6.5` (with altitude and
/// accuracy, in metres) and `POINT (-73.40 -4.57)`.
pub(in crate::import) fn read_pair(text: &str) -> Result<Location, Refusal> {
    let unreadable = || Refusal::new(RefusalCode::LocationUnreadable, Told::value(text));
    let bare = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    if let Some(place) = well_known_text(text) {
        return place.and_then(|(lat, lon)| location(lat, lon).ok()).ok_or_else(unreadable);
    }
    if let Some(numbers) = point(bare) {
        return with_metres(&numbers);
    }
    let (lat, lon) = halves(bare).ok_or_else(unreadable)?;
    location(lat, lon)
}

/// `POINT (lon lat)`, also with a number of its reference system before it or more ordinates;
/// `None` within if it is of another kind or system.
fn well_known_text(text: &str) -> Option<Option<(f64, f64)>> {
    let text = text.trim().to_ascii_uppercase();
    let (system, shape) = match text.split_once(';') {
        Some((system, shape)) if system.starts_with("SRID=") => (system, shape.trim()),
        _ => ("SRID=4326", text.as_str()),
    };
    let is_shape = ["POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLLECTION"]
        .iter()
        .any(|kind| shape.starts_with(kind));
    if !is_shape {
        return None;
    }
    let read = || {
        let rest = shape.strip_prefix("POINT")?.trim_start_matches([' ', 'Z', 'M']);
        let inside = rest.strip_prefix('(')?.strip_suffix(')')?;
        let numbers: Vec<f64> =
            inside.split_whitespace().map(read_number).collect::<Option<_>>()?;
        let is_known = matches!(system, "SRID=4326" | "SRID=4674");
        (is_known && numbers.len() >= 2).then(|| (numbers[1], numbers[0]))
    };
    Some(read())
}

/// The four numbers of a point of a survey tool, with spaces between them.
fn point(text: &str) -> Option<[f64; 4]> {
    let parts: Vec<&str> = text.split(' ').collect();
    let is_plain = |part: &&str| !part.is_empty() && !part.contains(',');
    let numbers: Vec<f64> = (parts.len() == 4 && parts.iter().all(is_plain))
        .then(|| parts.iter().map(|part| read_number(part)).collect::<Option<_>>())??;
    numbers.try_into().ok()
}

fn with_metres(&[lat, lon, altitude, accuracy]: &[f64; 4]) -> Result<Location, Refusal> {
    let place = location(lat, lon)?;
    let altitude_m = (altitude != 0.0 && altitude.abs() < 2e9).then(|| altitude.round() as i32);
    let accuracy_m = (accuracy > 0.0 && accuracy < 4e9).then(|| accuracy.round() as u32);
    Ok(Location { altitude_m, accuracy_m, ..place })
}

/// The two coordinates, wherever there is exactly one place to part them.
fn halves(text: &str) -> Option<(f64, f64)> {
    let read = |lat: &str, lon: &str| {
        let lat = read_angle(lat, "", Axis::Latitude)?;
        Some((lat, read_angle(lon, "", Axis::Longitude)?))
    };
    for sign in [";", "|", ", ", "/", "\t"] {
        let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
        if let [lat, lon] = parts[..]
            && let Some(place) = read(lat, lon)
        {
            return Some(place);
        }
    }
    // A comma that parts decimal points, and a space between anything else.
    if let [lat, lon] = text.split(',').map(str::trim).collect::<Vec<_>>()[..]
        && (text.contains('.') || text.contains('°'))
        && let Some(place) = read(lat, lon)
    {
        return Some(place);
    }
    let spaces = text.match_indices(' ').map(|(at, _)| at);
    let mut found = spaces.filter_map(|at| read(text[..at].trim_end_matches(','), &text[at..]));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_coordinates_are_read_from_one_cell() {
        for text in [
            "-4.5, -73.25",
            "-4.5,-73.25",
            "-4.5 -73.25",
            "-4,5 -73,25",
            "-4,5; -73,25",
            "-4,5, -73,25",
            "(-4.5, -73.25)",
            "4.5 S, 73.25 O",
            "4.5S 73.25W",
            "4°30'0\"S 73°15'0\"W",
            "4° 30' S 73° 15' W",
            "POINT (-73.25 -4.5)",
            "SRID=4326;POINT(-73.25 -4.5)",
            "point z (-73.25 -4.5 108)",
            "-4.5 -73.25 108.2 6.5",
        ] {
            let at = read_pair(text).unwrap_or_else(|refusal| panic!("{text}: {refusal:?}"));
            assert_eq!((at.lat.as_e7(), at.lon.as_e7()), (-45_000_000, -732_500_000), "{text}");
        }
        let at = read_pair("-4.5 -73.25 108.2 6.5").unwrap();
        assert_eq!((at.altitude_m, at.accuracy_m), (Some(108), Some(7)));
    }

    #[test]
    fn anything_else_is_no_place() {
        for text in
            ["", "bocana", "-4.5", "1,2,3", "POLYGON ((0 0))", "SRID=32718;POINT(1 2)", "4 W 3 S"]
        {
            assert_eq!(
                read_pair(text).unwrap_err().code,
                RefusalCode::LocationUnreadable,
                "{text}"
            );
        }
    }
}
