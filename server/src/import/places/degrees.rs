//! Coordinates as people write them: decimal degrees with a point or a comma, degrees with minutes
//! and seconds, and the side of the equator or of Greenwich as a sign or a letter.

use chasqui_shared::{Latitude, Location, LocationSource, Longitude, fold};

use crate::import::{
    messages::refusal::Refusal,
    messages::{code::RefusalCode, told::Told},
};

/// Which of the two a coordinate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Axis {
    Latitude,
    Longitude,
}

/// A place by decimal degrees of WGS 84.
pub(in crate::import) fn location(lat: f64, lon: f64) -> Result<Location, Refusal> {
    let beyond = |code, degrees: f64| Refusal::new(code, Told::value(&degrees.to_string()));
    let lat =
        Latitude::from_degrees(lat).ok_or_else(|| beyond(RefusalCode::LatitudeOutOfRange, lat))?;
    let lon = Longitude::from_degrees(lon)
        .ok_or_else(|| beyond(RefusalCode::LongitudeOutOfRange, lon))?;
    Ok(Location { lat, lon, accuracy_m: None, altitude_m: None, source: LocationSource::Import })
}

/// A finite number with a decimal point or a decimal comma, and any kind of minus.
pub(in crate::import) fn read_number(text: &str) -> Option<f64> {
    let text = text.trim().replace(['−', '–'], "-");
    let text = if text.contains('.') { text } else { text.replacen(',', ".", 1) };
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    text.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}

/// One coordinate in degrees, with the letter of `side` if that is in a cell of its own.
pub(in crate::import) fn read_angle(text: &str, side: &str, axis: Axis) -> Option<f64> {
    let (text, letter) = without_side(text, axis)?;
    let own = if side.trim().is_empty() { None } else { Some(sign_of(side, axis)?) };
    let sign = match (letter, own) {
        (Some(letter), Some(own)) if letter != own => return None,
        (letter, own) => letter.or(own),
    };
    let degrees = read_degrees(&text)?;
    match sign {
        None => Some(degrees),
        // A minus and a letter that say the same.
        Some(sign) if degrees < 0.0 => (sign < 0.0).then_some(degrees),
        Some(sign) => Some(sign * degrees),
    }
}

/// The sign that a word for a side gives.
fn sign_of(word: &str, axis: Axis) -> Option<f64> {
    let word = fold(word.trim().trim_matches('.'));
    match (axis, word.as_str()) {
        (Axis::Latitude, "n" | "norte" | "north") => Some(1.0),
        (Axis::Latitude, "s" | "sur" | "sul" | "south") => Some(-1.0),
        (Axis::Longitude, "e" | "este" | "leste" | "l" | "east") => Some(1.0),
        (Axis::Longitude, "w" | "o" | "oeste" | "west") => Some(-1.0),
        _ => None,
    }
}

/// The text without the word for its side, which stands before or behind it, and the sign of that.
fn without_side(text: &str, axis: Axis) -> Option<(String, Option<f64>)> {
    let text = text.trim();
    let is_letter = |c: char| c.is_alphabetic() && !matches!(c, 'º' | 'ª');
    let before: String = text.chars().take_while(|c| is_letter(*c)).collect();
    let behind: String = {
        let back: Vec<char> = text.chars().rev().take_while(|c| is_letter(*c)).collect();
        back.into_iter().rev().collect()
    };
    if text.chars().all(is_letter) {
        return None;
    }
    let bare = &text[before.len()..text.len() - behind.len()];
    match (before.as_str(), behind.as_str()) {
        ("", "") => Some((bare.to_owned(), None)),
        (word, "") | ("", word) => Some((bare.to_owned(), Some(sign_of(word, axis)?))),
        _ => None,
    }
}

/// Degrees, or degrees with minutes, or with seconds too.
fn read_degrees(text: &str) -> Option<f64> {
    if let Some(degrees) = read_number(text.trim().trim_end_matches(['°', 'º', '˚'])) {
        return Some(degrees);
    }
    // What cannot be degrees alone needs its signs.
    let text = text.replace("''", "\"");
    if !text.contains(['°', 'º', '˚', '\'', '′', '’', '´', '"', '″', '”', ':']) {
        return None;
    }
    let is_mark = |c: char| {
        matches!(c, '°' | 'º' | '˚' | '\'' | '′' | '’' | '‘' | '´' | '"' | '″' | '”' | '“' | ':')
            || c.is_whitespace()
    };
    let parts: Vec<f64> = (text.split(is_mark).filter(|part| !part.is_empty()))
        .map(read_number)
        .collect::<Option<_>>()?;
    let (degrees, minutes, seconds) = match parts[..] {
        [degrees, minutes] => (degrees, minutes, 0.0),
        [degrees, minutes, seconds] if minutes.fract() == 0.0 => (degrees, minutes, seconds),
        _ => return None,
    };
    let is_whole = degrees.fract() == 0.0 && (0.0..60.0).contains(&minutes);
    if !is_whole || !(0.0..60.0).contains(&seconds) {
        return None;
    }
    let size = degrees.abs() + minutes / 60.0 + seconds / 3_600.0;
    Some(if degrees.is_sign_negative() { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read_as_people_write_them() {
        for (text, side, axis, degrees) in [
            ("-4.5731", "", Axis::Latitude, -4.5731),
            ("−4,5731", "", Axis::Latitude, -4.5731),
            ("4.5731 S", "", Axis::Latitude, -4.5731),
            ("9.8100004196167 N", "", Axis::Latitude, 9.810_000_419_616_7),
            ("4.5731", "S", Axis::Latitude, -4.5731),
            ("73.4012", "Oeste", Axis::Longitude, -73.4012),
            ("73,4012 O", "", Axis::Longitude, -73.4012),
            ("73.4012° W", "", Axis::Longitude, -73.4012),
            ("W73.5", "", Axis::Longitude, -73.5),
            ("12.5 L", "", Axis::Longitude, 12.5),
            ("3°45'36\"S", "", Axis::Latitude, -3.76),
            ("3º 45' 36,0'' S", "", Axis::Latitude, -3.76),
            ("-3° 45.6'", "", Axis::Latitude, -3.76),
            ("S 3°45′36″", "", Axis::Latitude, -3.76),
            ("-0°30'0\"", "", Axis::Latitude, -0.5),
            ("3:45:36 S", "", Axis::Latitude, -3.76),
        ] {
            let read = read_angle(text, side, axis).unwrap_or(f64::NAN);
            assert!((read - degrees).abs() < 1e-9, "{text} {side}: {read}");
        }
    }

    #[test]
    fn what_is_no_coordinate_is_not_read() {
        for text in [
            "",
            "x",
            "N",
            "1,234.5",
            "NaN",
            "inf",
            "4 W",
            "3 45 36",
            "3°75'S",
            "-4.5 N",
            "4°34'23\"S 73°24'4\"W",
            "1.2.3",
            "--4",
            "4°5'6'7",
        ] {
            assert_eq!(read_angle(text, "", Axis::Latitude), None, "{text}");
        }
        assert_eq!(read_angle("4.5 S", "N", Axis::Latitude), None);
    }

    #[test]
    fn a_place_beyond_the_poles_is_refused_by_name() {
        assert_eq!(location(-91.0, 0.0).unwrap_err().code, RefusalCode::LatitudeOutOfRange);
        assert_eq!(
            location(0.0, 180.000_000_1).unwrap_err().code,
            RefusalCode::LongitudeOutOfRange
        );
        let at = location(-3.749_12, -73.25).unwrap();
        assert_eq!((at.lat.as_e7(), at.lon.as_e7()), (-37_491_200, -732_500_000));
    }
}
