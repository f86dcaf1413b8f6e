//! Where something was seen, in integers, so that equal places are equal bytes.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const PER_DEGREE: f64 = 1e7;

/// Defines a coordinate in 1e-7 degrees (11 mm at the equator) within ± `$max` degrees.
macro_rules! coordinate {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i32);

        impl $name {
            /// The largest absolute value, in degrees.
            pub const DEGREES_MAX: i32 = $max;

            /// From 1e-7 degrees; `None` beyond the range.
            pub fn from_e7(e7: i64) -> Option<Self> {
                let limit = i64::from(Self::DEGREES_MAX) * 10_000_000;
                if (-limit..=limit).contains(&e7) { i32::try_from(e7).ok().map(Self) } else { None }
            }

            /// From decimal degrees, rounded to 1e-7; `None` beyond the range and for NaN.
            pub fn from_degrees(degrees: f64) -> Option<Self> {
                let limit = f64::from(Self::DEGREES_MAX);
                if (-limit..=limit).contains(&degrees) {
                    Self::from_e7((degrees * PER_DEGREE).round() as i64)
                } else {
                    None
                }
            }

            /// In 1e-7 degrees.
            pub const fn as_e7(self) -> i32 {
                self.0
            }

            /// In decimal degrees.
            pub fn degrees(self) -> f64 {
                f64::from(self.0) / PER_DEGREE
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.degrees())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.serialize_f64(self.degrees())
                } else {
                    serializer.serialize_i32(self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read = if deserializer.is_human_readable() {
                    Self::from_degrees(f64::deserialize(deserializer)?)
                } else {
                    Self::from_e7(i64::deserialize(deserializer)?)
                };
                read.ok_or_else(|| {
                    de::Error::custom(concat!(stringify!($name), " beyond ± ", $max, " degrees"))
                })
            }
        }
    };
}

coordinate!(
    /// Degrees north of the equator, WGS 84.
    Latitude,
    90
);
coordinate!(
    /// Degrees east of Greenwich, WGS 84.
    Longitude,
    180
);

/// How a position was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LocationSource {
    /// Measured by the device.
    Gps,
    /// Placed on the map or typed by a person.
    Hand,
    /// Read from a file.
    Import,
}

/// One place. A field of its own when versions merge: a latitude never meets another's longitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Latitude.
    pub lat: Latitude,
    /// Longitude.
    pub lon: Longitude,
    /// Radius in metres within which the device believes to be, if it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<u32>,
    /// Metres above the WGS 84 ellipsoid, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub altitude_m: Option<i32>,
    /// How it was found.
    pub source: LocationSource,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_poles_are_in_range_and_a_step_beyond_is_not() {
        assert_eq!(Latitude::from_degrees(90.0).unwrap().as_e7(), 900_000_000);
        assert_eq!(Latitude::from_degrees(90.000_001), None);
        assert_eq!(Latitude::from_e7(900_000_001), None);
        assert_eq!(Longitude::from_degrees(-180.0).unwrap().as_e7(), -1_800_000_000);
        assert_eq!(Longitude::from_degrees(f64::NAN), None);
        assert_eq!(Longitude::from_degrees(f64::INFINITY), None);
    }

    #[test]
    fn json_shows_degrees_as_people_write_them() {
        let lat = Latitude::from_degrees(-3.749_12).unwrap();
        assert_eq!(serde_json::to_string(&lat).unwrap(), "-3.74912");
        assert_eq!(serde_json::from_str::<Latitude>("-3.74912").unwrap(), lat);
        assert_eq!(serde_json::from_str::<Latitude>("-3").unwrap().as_e7(), -30_000_000);
        assert!(serde_json::from_str::<Latitude>("91").is_err());
    }
}
