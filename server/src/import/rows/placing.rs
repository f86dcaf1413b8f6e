//! The place of a row, from whichever of its cells say it.

use chasqui_shared::{Answer, Draft, Location};

use crate::import::{
    columns::{meant::Meant, names::Column},
    messages::{
        code::{NoteCode, RefusalCode},
        refusal::Refusal,
        told::Told,
    },
    places::{
        degrees::{Axis, location, read_angle, read_number},
        pair::read_pair,
        region::{Whereabouts, doubt, is_among},
        utm,
    },
};

/// The place of a row; none where it may lack one, and an error where what it says cannot be one.
///
/// `own` is that of a feature, and `middle` where others lie.
pub(in crate::import) fn place_of(
    meant: &Meant,
    own: Option<Location>,
    may_lack: bool,
    middle: Option<Whereabouts>,
    notes: &mut Vec<(NoteCode, Told)>,
) -> Result<Option<Location>, Refusal> {
    let read = match own {
        Some(own) => Some(own),
        None => place_of_cells(meant, middle, notes)?,
    };
    let Some(place) = read else {
        if !may_lack {
            return Err(RefusalCode::NoLocation.into());
        }
        notes.push((NoteCode::Unplaced, Told::default()));
        return Ok(None);
    };
    if place.lat.as_e7() == 0 && place.lon.as_e7() == 0 {
        notes.push((NoteCode::AtZero, Told::default()));
    } else if let Some(code) = doubt(&place, middle) {
        let degrees = |e7: i32| f64::from(e7) / 1e7;
        let (lat, lon) = (degrees(place.lat.as_e7()), degrees(place.lon.as_e7()));
        return Err(Refusal::new(code, Told::value(&format!("{lat}, {lon}"))));
    }
    Ok(Some(place))
}

fn place_of_cells(
    meant: &Meant,
    middle: Option<Whereabouts>,
    notes: &mut Vec<(NoteCode, Told)>,
) -> Result<Option<Location>, Refusal> {
    if let Some((name, text)) = meant.get(Column::Place) {
        return read_pair(text)
            .map(Some)
            .map_err(|refusal| Refusal { told: refusal.told.in_column(name), ..refusal });
    }
    let metres = (meant.get(Column::Easting), meant.get(Column::Northing));
    if let (Some(east), Some(north)) = metres {
        return metres_of(east, north, meant, notes).map(Some);
    }
    let (lat, lon) = match (meant.get(Column::Latitude), meant.get(Column::Longitude)) {
        (None, None) => return Ok(None),
        (None, Some(_)) => return Err(RefusalCode::LatitudeMissing.into()),
        (Some(_), None) => return Err(RefusalCode::LongitudeMissing.into()),
        (Some(lat), Some(lon)) => (lat, lon),
    };
    let is_metres = |text: &str| read_number(text).is_some_and(|metres| metres.abs() > 1_000.0);
    if is_metres(lat.1) && is_metres(lon.1) {
        return metres_of(lon, lat, meant, notes).map(Some);
    }
    let read = |(name, text): (&str, &str), side, axis, code| {
        read_angle(text, meant.text(side), axis)
            .ok_or_else(|| Refusal::new(code, Told::value(text).in_column(name)))
    };
    let (north, east) = (Column::NorthSouth, Column::EastWest);
    let lat_degrees = read(lat, north, Axis::Latitude, RefusalCode::LatitudeUnreadable)?;
    let lon_degrees = read(lon, east, Axis::Longitude, RefusalCode::LongitudeUnreadable)?;
    location(lat_degrees, lon_degrees).map(Some).map_err(|refusal| {
        let (name, text) = match refusal.code {
            RefusalCode::LatitudeOutOfRange => lat,
            _ => lon,
        };
        // Beyond a pole, and among the others if the two were exchanged.
        let exchanged = location(lon_degrees, lat_degrees).ok();
        let code = match (exchanged, middle) {
            (Some(exchanged), Some(middle)) if is_among(&exchanged, middle) => {
                RefusalCode::PlaceSwapped
            }
            _ => refusal.code,
        };
        Refusal::new(code, Told::value(text).in_column(name))
    })
}

/// A place by metres of UTM, each with the name of its column.
fn metres_of(
    east: (&str, &str),
    north: (&str, &str),
    meant: &Meant,
    notes: &mut Vec<(NoteCode, Told)>,
) -> Result<Location, Refusal> {
    let zone = meant.text(Column::UtmZone);
    let (lat, lon) = utm::read(east.1, north.1, zone).ok_or_else(|| {
        let value = format!("{} {} {zone}", east.1, north.1);
        let code = match zone {
            "" => RefusalCode::UtmZoneMissing,
            _ => RefusalCode::LocationUnreadable,
        };
        Refusal::new(code, Told::value(value.trim()).in_column(east.0))
    })?;
    notes.push((NoteCode::PlacesUtm, Told::value(zone)));
    location(lat, lon)
}

/// Puts altitude and accuracy into the place of a draft; what is no number of metres, or has no
/// place, stays an answer.
pub(in crate::import) fn put_metres(meant: &Meant, draft: &mut Draft) {
    let metres = |column, limit: f64| {
        let text = meant.text(column).trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
        read_number(text).filter(|metres| metres.abs() <= limit)
    };
    let accuracy_m = metres(Column::Accuracy, 4e9).filter(|m| *m >= 0.0).map(|m| m.round() as u32);
    let altitude_m = metres(Column::Altitude, 2e9).map(|m| m.round() as i32);
    if let Some(at) = &mut draft.location {
        at.accuracy_m = at.accuracy_m.or(accuracy_m);
        at.altitude_m = at.altitude_m.or(altitude_m);
    }
    let is_kept =
        [(Column::Accuracy, accuracy_m.is_some()), (Column::Altitude, altitude_m.is_some())];
    for (column, is_read) in is_kept {
        if let Some((name, text)) = meant.get(column)
            && !(is_read && draft.location.is_some())
        {
            draft.answers.insert(name.to_owned(), Answer::Text(text.to_owned()));
        }
    }
}
