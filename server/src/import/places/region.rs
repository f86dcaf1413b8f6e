//! Where places lie, and which of them would lie among the others if a coordinate were exchanged or
//! had its minus.

use chasqui_shared::Location;

use crate::import::messages::code::RefusalCode;

/// Places that are enough to tell where they lie.
const PLACES_MIN: u64 = 3;
/// How far from the middle a place lies among the others, and from where on it may be somewhere
/// else, in degrees.
const NEAR_DEGREES: f64 = 8.0;
const FAR_DEGREES: f64 = 32.0;
/// Places that lie together: so many tenths of them, so many degrees from the middle at most.
const CLOSE_TENTHS: u64 = 7;
const CLOSE_DEGREES: usize = 10;
/// Beyond it nobody lives.
const INHABITED_DEGREES: f64 = 60.0;

/// Latitude and longitude of a middle.
pub(in crate::import) type Whereabouts = (f64, f64);

/// How often places lie in each degree.
#[derive(Clone, Debug)]
pub(in crate::import) struct Region {
    lat: Vec<u64>,
    lon: Vec<u64>,
    count: u64,
}

impl Default for Region {
    fn default() -> Self {
        Self { lat: vec![0; 181], lon: vec![0; 361], count: 0 }
    }
}

impl Region {
    /// One more place.
    pub fn see(&mut self, at: &Location) {
        let (lat, lon) = degrees(at);
        self.see_degrees(lat, lon);
    }

    /// One more place, by its degrees; 0°, 0° is where nobody was.
    pub fn see_degrees(&mut self, lat: f64, lon: f64) {
        if lat == 0.0 && lon == 0.0 {
            return;
        }
        self.count += 1;
        self.lat[(lat + 90.0) as usize] += 1;
        self.lon[(lon + 180.0) as usize] += 1;
    }

    /// Half of the places lie on each side of it. None where they lie all over the earth: then none
    /// is far from the others.
    pub fn middle(&self) -> Option<Whereabouts> {
        let median = |counts: &[u64]| {
            let mut left = self.count.div_ceil(2);
            counts.iter().position(|count| {
                left = left.saturating_sub(*count);
                left == 0
            })
        };
        if self.count < PLACES_MIN {
            return None;
        }
        let (lat, lon) = (median(&self.lat)?, median(&self.lon)?);
        let is_close = |counts: &[u64], middle: usize| {
            let from = middle.saturating_sub(CLOSE_DEGREES);
            let close: u64 = counts.iter().skip(from).take(middle - from + CLOSE_DEGREES + 1).sum();
            close * 10 >= self.count * CLOSE_TENTHS
        };
        let is_one = is_close(&self.lat, lat) && is_close(&self.lon, lon);
        is_one.then_some((lat as f64 - 89.5, lon as f64 - 179.5))
    }
}

/// What is probably wrong with a place, among others around `middle`, if there are any.
pub(in crate::import) fn doubt(at: &Location, middle: Option<Whereabouts>) -> Option<RefusalCode> {
    let (lat, lon) = degrees(at);
    let Some((mid_lat, mid_lon)) = middle else {
        let is_swapped = lat.abs() > INHABITED_DEGREES && lon.abs() < INHABITED_DEGREES / 2.0;
        return is_swapped.then_some(RefusalCode::PlaceSwapped);
    };
    let is_near = |lat: f64, lon: f64| from((mid_lat, mid_lon), lat, lon) <= NEAR_DEGREES;
    if from((mid_lat, mid_lon), lat, lon) <= FAR_DEGREES {
        return None;
    }
    if is_near(lon, lat) || is_near(-lon, -lat) {
        Some(RefusalCode::PlaceSwapped)
    } else if is_near(-lat, lon) || is_near(lat, -lon) || is_near(-lat, -lon) {
        Some(RefusalCode::PlaceSignLost)
    } else {
        None
    }
}

/// Whether a place lies among others.
pub(in crate::import) fn is_among(at: &Location, middle: Whereabouts) -> bool {
    let (lat, lon) = degrees(at);
    from(middle, lat, lon) <= NEAR_DEGREES
}

fn from(middle: Whereabouts, lat: f64, lon: f64) -> f64 {
    (lat - middle.0).abs().max((lon - middle.1).abs())
}

fn degrees(at: &Location) -> (f64, f64) {
    (f64::from(at.lat.as_e7()) / 1e7, f64::from(at.lon.as_e7()) / 1e7)
}

#[cfg(test)]
mod tests {
    use super::{super::degrees::location, *};

    fn doubted(lat: f64, lon: f64, others: &[(f64, f64)]) -> Option<RefusalCode> {
        let mut region = Region::default();
        for (lat, lon) in others {
            region.see(&location(*lat, *lon).unwrap());
        }
        doubt(&location(lat, lon).unwrap(), region.middle())
    }

    #[test]
    fn a_place_among_the_others_is_never_doubted() {
        let others = [(-4.0, -73.0), (-4.2, -73.4), (-3.9, -72.9)];
        assert_eq!(doubted(-4.1, -73.1, &others), None);
        assert_eq!(doubted(-12.0, -77.0, &others), None);
        assert_eq!(doubted(52.0, 13.0, &others), None);
        assert_eq!(doubted(-4.1, -73.1, &[]), None);
    }

    #[test]
    fn among_places_all_over_the_earth_none_is_doubted() {
        let others = [(-20.0, 148.0), (9.5, 138.0), (24.0, 124.0), (-18.0, 177.0), (-23.0, -135.0)];
        for (lat, lon) in others {
            assert_eq!(doubted(lat, lon, &others), None);
        }
    }

    #[test]
    fn exchanged_coordinates_and_lost_signs_are_noticed() {
        let others = [(-4.0, -73.0), (-4.2, -73.4), (-3.9, -72.9)];
        assert_eq!(doubted(-73.1, -4.1, &others), Some(RefusalCode::PlaceSwapped));
        assert_eq!(doubted(-4.1, 73.1, &others), Some(RefusalCode::PlaceSignLost));
        assert_eq!(doubted(-73.1, -4.1, &[]), Some(RefusalCode::PlaceSwapped));
        assert_eq!(doubted(4.1, 73.1, &others), Some(RefusalCode::PlaceSignLost));
    }
}
