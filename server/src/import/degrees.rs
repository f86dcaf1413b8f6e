//! Coordinates as people write them in tables: decimal degrees, with a point or a comma.

use chasqui_shared::{Latitude, Location, LocationSource, Longitude};

use super::Refusal;

/// Reads the place of a row. Both cells empty is a refusal of its own: such a row was never placed.
pub(super) fn read_location(lat: &str, lon: &str) -> Result<Location, Refusal> {
    match (lat.is_empty(), lon.is_empty()) {
        (true, true) => {
            return Err(Refusal::new("no_location", "the row has no latitude and no longitude"));
        }
        (true, false) => return Err(Refusal::new("latitude_missing", "the row has no latitude")),
        (false, true) => return Err(Refusal::new("longitude_missing", "the row has no longitude")),
        (false, false) => {}
    }
    let unreadable = |code, name: &str, text: &str| {
        Refusal::new(code, format!("the {name} {:?} is no number in decimal degrees", short(text)))
    };
    let lat_degrees =
        read_number(lat).ok_or_else(|| unreadable("latitude_unreadable", "latitude", lat))?;
    let lon_degrees =
        read_number(lon).ok_or_else(|| unreadable("longitude_unreadable", "longitude", lon))?;
    location(lat_degrees, lon_degrees)
}

/// A place by decimal degrees of WGS 84.
pub(super) fn location(lat: f64, lon: f64) -> Result<Location, Refusal> {
    let beyond = |code, name: &str, degrees: f64, limit: i32| {
        Refusal::new(code, format!("the {name} {degrees} is beyond ± {limit} degrees"))
    };
    let lat = Latitude::from_degrees(lat)
        .ok_or_else(|| beyond("latitude_out_of_range", "latitude", lat, Latitude::DEGREES_MAX))?;
    let lon = Longitude::from_degrees(lon).ok_or_else(|| {
        beyond("longitude_out_of_range", "longitude", lon, Longitude::DEGREES_MAX)
    })?;
    Ok(Location { lat, lon, accuracy_m: None, altitude_m: None, source: LocationSource::Import })
}

/// A finite number with a decimal point or a decimal comma, and any kind of minus.
pub(super) fn read_number(text: &str) -> Option<f64> {
    let text = text.replace(['−', '–'], "-").replace(',', ".");
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The beginning of what a cell says, for a message.
pub(super) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_broken_place_is_refused_by_its_own_name() {
        for (lat, lon, code) in [
            ("", "", "no_location"),
            ("", "-73", "latitude_missing"),
            ("-3", "", "longitude_missing"),
            ("3°44'S", "-73", "latitude_unreadable"),
            ("NaN", "-73", "latitude_unreadable"),
            ("-3", "inf", "longitude_unreadable"),
            ("-91", "-73", "latitude_out_of_range"),
            ("-3", "180.0000001", "longitude_out_of_range"),
            ("1,234.5", "0", "latitude_unreadable"),
        ] {
            assert_eq!(read_location(lat, lon).unwrap_err().code, code, "{lat} {lon}");
        }
        let at = read_location("−3,74912", "-73.25").unwrap();
        assert_eq!((at.lat.as_e7(), at.lon.as_e7()), (-37_491_200, -732_500_000));
    }
}
