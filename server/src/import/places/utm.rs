//! Metres of UTM as degrees of WGS 84.

use proj4rs::{Proj, transform::transform};

/// From the metres north of the equator on, as the south counts them, up to which nobody lives in
/// the north.
const SOUTH_METRES_MIN: f64 = 8_000_000.0;
const NORTH_METRES_MAX: f64 = 2_000_000.0;

/// Latitude and longitude in degrees. `zone` is as people write it: `18S`, `18 sur`, `18M` (the
/// letter of a band), `18` where the metres tell the half of the earth, or an EPSG code of WGS 84
/// or SIRGAS 2000.
pub(in crate::import) fn read(east: &str, north: &str, zone: &str) -> Option<(f64, f64)> {
    let metres = |text: &str| {
        let text = text.trim().trim_end_matches(|c: char| c.is_alphabetic());
        super::degrees::read_number(text)
    };
    let (east, north) = (metres(east)?, metres(north)?);
    let (number, is_south) = zone_of(zone, north)?;
    if !(100_000.0..=900_000.0).contains(&east) || !(0.0..=10_000_000.0).contains(&north) {
        return None;
    }
    let south = if is_south { " +south" } else { "" };
    let utm =
        Proj::from_proj_string(&format!("+proj=utm +zone={number}{south} +datum=WGS84 +units=m"));
    let degrees = Proj::from_proj_string("+proj=longlat +datum=WGS84");
    let mut point = (east, north, 0.0);
    transform(&utm.ok()?, &degrees.ok()?, &mut point).ok()?;
    Some((point.1.to_degrees(), point.0.to_degrees()))
}

fn zone_of(zone: &str, north: f64) -> Option<(u8, bool)> {
    let zone = chasqui_shared::fold(zone.trim());
    let zone = zone.strip_prefix("epsg:").unwrap_or(&zone);
    let digits = zone.bytes().take_while(u8::is_ascii_digit).count();
    let (number, half) = zone.split_at(digits);
    let number: u32 = number.parse().ok()?;
    match number {
        32_601..=32_660 => return u8::try_from(number - 32_600).ok().map(|zone| (zone, false)),
        32_701..=32_760 => return u8::try_from(number - 32_700).ok().map(|zone| (zone, true)),
        // SIRGAS 2000, the same to the metre: 11 to 22 north, 17 to 25 south.
        31_965..=31_976 => return u8::try_from(number - 31_954).ok().map(|zone| (zone, false)),
        31_977..=31_985 => return u8::try_from(number - 31_960).ok().map(|zone| (zone, true)),
        1..=60 => {}
        _ => return None,
    }
    let is_south = match half.trim_matches([' ', '-', '_', '.']) {
        "" if north >= SOUTH_METRES_MIN => true,
        "" if north <= NORTH_METRES_MAX => false,
        "s" | "sur" | "sul" | "south" => true,
        "n" | "norte" | "north" => false,
        band if band.len() == 1 && ("c"..="m").contains(&band) && band != "i" => true,
        band if band.len() == 1 && ("p"..="x").contains(&band) => false,
        _ => return None,
    };
    u8::try_from(number).ok().map(|number| (number, is_south))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_of_utm_are_degrees_where_the_zone_is_known() {
        for zone in ["18S", "18 sur", "18M", "18", "EPSG:32718", "31978"] {
            let (lat, lon) = read("673812", "9544231.5", zone).unwrap_or_else(|| panic!("{zone}"));
            // As PROJ computes it.
            assert!(
                (lat + 4.121_6).abs() < 0.01 && (lon + 73.434).abs() < 0.01,
                "{zone}: {lat} {lon}"
            );
        }
        assert!(read("673812", "100000", "18N").is_some_and(|(lat, _)| lat > 0.0));
        for (east, north, zone) in [
            ("673812", "9544231", ""),
            ("-73", "-4", "18S"),
            ("x", "1", "18S"),
            ("673812", "5000000", "18"),
        ] {
            assert_eq!(read(east, north, zone), None, "{east} {north} {zone}");
        }
    }
}
