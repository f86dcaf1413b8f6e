//! Wall-clock time as it was shown on some device. Displayed, never used to order anything.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Milliseconds since 1970-01-01 UTC, from year 0 to year 9999.
///
/// An integer in CBOR, RFC 3339 in UTC in JSON. A phone's clock may be decades wrong, so any year
/// is accepted and none is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 0000-01-01T00:00:00Z.
    pub const MIN: Self = Self(-62_167_219_200_000);
    /// 9999-12-31T23:59:59.999Z.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// Milliseconds since the epoch, clamped to [`Self::MIN`]..=[`Self::MAX`].
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Later by so many milliseconds, within the limits.
    pub fn plus_millis(self, millis: u64) -> Self {
        Self::from_millis(self.0.saturating_add_unsigned(millis))
    }

    /// Reads RFC 3339 with any offset; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let parsed = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(parsed.unix_timestamp_nanos().div_euclid(1_000_000))
            .ok()
            .map(Self::from_millis)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|at| at.format(&Rfc3339).ok())
            .ok_or(fmt::Error)?;
        f.write_str(&text)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
            Self::parse(&text).ok_or_else(|| {
                de::Error::invalid_value(de::Unexpected::Str(&text), &"a time as RFC 3339")
            })
        } else {
            let millis = i64::deserialize(deserializer)?;
            if (Self::MIN.0..=Self::MAX.0).contains(&millis) {
                Ok(Self(millis))
            } else {
                Err(de::Error::invalid_value(
                    de::Unexpected::Signed(millis),
                    &"milliseconds from year 0 to year 9999",
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trips_and_offsets_become_utc() {
        for text in ["1970-01-01T00:00:00Z", "2099-12-31T23:59:59.5Z", "0000-01-01T00:00:00Z"] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), text);
        }
        let bogota = Timestamp::parse("2026-11-23T07:00:00-05:00").unwrap();
        assert_eq!(bogota.to_string(), "2026-11-23T12:00:00Z");
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn the_limits_can_be_written_and_what_is_beyond_is_refused() {
        assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::from_millis(i64::MAX), Timestamp::MAX);
        assert_eq!(Timestamp::from_millis(i64::MIN), Timestamp::MIN);
        let beyond = serde_ipld_dagcbor::to_vec(&(Timestamp::MAX.0 + 1)).unwrap();
        assert!(serde_ipld_dagcbor::from_slice::<Timestamp>(&beyond).is_err());
    }
}
