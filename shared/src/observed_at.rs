//! When something was seen: at an instant, or on a day of which nobody said the hour.
//!
//! A day has no zone: it is the same day wherever it is read. An instant keeps the offset of the
//! clock that it was read from, so that it can be shown as the people there saw it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{
    Date, Duration, Month, OffsetDateTime, Time, UtcOffset, format_description::well_known::Rfc3339,
};

use crate::{limits, timestamp::Timestamp};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const MINUTE_MS: i64 = 60 * 1_000;
/// The widest that a zone is ahead of UTC.
const EAST_MS: i64 = 14 * 60 * MINUTE_MS;

/// A day of the calendar, from year 0 to year 9999, without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// `None` if the calendar has no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        Date::from_calendar_date(year, month, day).ok().and_then(Self::of_date)
    }

    /// Reads `2026-11-23`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_day = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_day {
            return None;
        }
        Self::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// The day of an instant on a clock that is so many minutes ahead of UTC; the nearest that
    /// there is at the ends of time.
    pub fn of(at: Timestamp, offset_min: i16) -> Self {
        let local = Timestamp::from_millis(at.as_millis() + i64::from(offset_min) * MINUTE_MS);
        let days = local.as_millis().div_euclid(DAY_MS);
        Self(Date::from_julian_day(days as i32 + JULIAN_EPOCH).unwrap_or(Date::MAX))
    }

    /// Its noon in UTC, which lies within the day in every zone from -12 to +11:59.
    pub fn noon(self) -> Timestamp {
        let days = i64::from(self.0.to_julian_day() - JULIAN_EPOCH);
        Timestamp::from_millis(days * DAY_MS + DAY_MS / 2)
    }

    fn of_date(date: Date) -> Option<Self> {
        (0..=9_999).contains(&date.year()).then_some(Self(date))
    }
}

/// The Julian day of 1970-01-01.
const JULIAN_EPOCH: i32 = 2_440_588;

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

/// When something was seen.
///
/// The same text in CBOR and in JSON: `2026-11-23` for a day, RFC 3339 for an instant, with the
/// offset of the clock that it was read from, or `Z` where that is not known. In CBOR only the one
/// text that [`fmt::Display`] writes is read: at most milliseconds, no zeros at their end, no
/// `-00:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObservedAt {
    /// On this day; nobody said when.
    Day(Day),
    /// At this moment.
    Instant {
        /// The moment.
        at: Timestamp,
        /// Minutes by which the clock that it was read from is ahead of UTC, less than a day;
        /// `None` if not known.
        offset_min: Option<i16>,
    },
}

impl ObservedAt {
    /// Reads a day or RFC 3339 with any offset; `None` for any other text, and beyond year 0 to
    /// year 9999 in UTC.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(day) = Day::parse(text) {
            return Some(Self::Day(day));
        }
        let read = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let millis = i64::try_from(read.unix_timestamp_nanos().div_euclid(1_000_000)).ok()?;
        let at = Timestamp::from_millis(millis);
        let is_unknown = text.ends_with(['Z', 'z']) || text.ends_with("-00:00");
        let offset_min = if is_unknown { None } else { Some(read.offset().whole_minutes()) };
        (at.as_millis() == millis).then_some(Self::Instant { at, offset_min })
    }

    /// The moment that lists order by: a day stands at its [`Day::noon`].
    pub fn sort_at(self) -> Timestamp {
        match self {
            Self::Day(day) => day.noon(),
            Self::Instant { at, .. } => at,
        }
    }

    /// Whether it is said to have been seen after `known_at`, the moment when it was known already
    /// by a clock that is right: some clock was wrong. Clocks may differ by
    /// [`limits::CLOCK_OFF_MS_MIN`], and a day begins in the east.
    pub fn is_ahead_of(self, known_at: Timestamp) -> bool {
        let begins_at = match self {
            Self::Day(day) => day.noon().as_millis() - DAY_MS / 2 - EAST_MS,
            Self::Instant { at, .. } => at.as_millis(),
        };
        let known_at = known_at.as_millis();
        known_at >= limits::CLOCK_MS_MIN && begins_at > known_at + limits::CLOCK_OFF_MS_MIN as i64
    }

    /// The moment that lists order by where it is known when the record came: no later than that,
    /// so that a wrong clock puts nothing on top for years.
    pub fn listed_at(self, known_at: Timestamp) -> Timestamp {
        if self.is_ahead_of(known_at) { known_at } else { self.sort_at() }
    }

    /// The same reading of the clock, as if it had been in UTC: what is equal wherever a time
    /// without a zone is read.
    pub fn with_clock_at_zero(self) -> Self {
        match self {
            Self::Instant { at, offset_min: Some(offset) } => {
                let millis = at.as_millis() + i64::from(offset) * MINUTE_MS;
                Self::Instant { at: Timestamp::from_millis(millis), offset_min: Some(0) }
            }
            other => other,
        }
    }

    /// The day on which it was seen, where it was seen. `zone_of` says how far a clock was ahead of
    /// UTC at a moment of which the offset is not known.
    pub fn day(self, zone_of: impl Fn(Timestamp) -> i16) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Instant { at, offset_min } => {
                Day::of(at, offset_min.unwrap_or_else(|| zone_of(at)))
            }
        }
    }

    /// How it stands to one end of a range: instants by the moment, and days by the calendar,
    /// whatever the zone.
    pub fn against(self, end: Self, zone_of: impl Fn(Timestamp) -> i16) -> std::cmp::Ordering {
        match (self, end) {
            (Self::Instant { at, .. }, Self::Instant { at: end, .. }) => at.cmp(&end),
            (_, Self::Day(end)) => self.day(zone_of).cmp(&end),
            (Self::Day(day), Self::Instant { .. }) => day.cmp(&end.day(|_| 0)),
        }
    }
}

impl From<Timestamp> for ObservedAt {
    fn from(at: Timestamp) -> Self {
        Self::Instant { at, offset_min: None }
    }
}

impl fmt::Display for ObservedAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (at, offset_min) = match *self {
            Self::Day(day) => return day.fmt(f),
            Self::Instant { at, offset_min } => (at, offset_min),
        };
        match offset_min.and_then(|offset| local(at, offset)) {
            Some(text) => f.write_str(&text),
            None => at.fmt(f),
        }
    }
}

/// An instant with its offset; `None` where the clock there would leave year 0 to year 9999.
fn local(at: Timestamp, offset_min: i16) -> Option<String> {
    let offset = UtcOffset::from_whole_seconds(i32::from(offset_min) * 60).ok()?;
    let clock = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.as_millis()) * 1_000_000)
        .ok()?
        .checked_to_offset(offset)?;
    Day::of_date(clock.date())?;
    let (date, time) = (Day(clock.date()), clock.time());
    let (hours, minutes) = (offset_min.unsigned_abs() / 60, offset_min.unsigned_abs() % 60);
    let sign = if offset_min < 0 { '-' } else { '+' };
    Some(format!("{date}T{}{sign}{hours:02}:{minutes:02}", clock_text(time)))
}

fn clock_text(time: Time) -> String {
    let (hour, minute, second) = time.as_hms();
    let whole = format!("{hour:02}:{minute:02}:{second:02}");
    match time.millisecond() {
        0 => whole,
        millis => format!("{whole}.{millis:03}").trim_end_matches('0').to_owned(),
    }
}

impl Serialize for ObservedAt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ObservedAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let is_lenient = deserializer.is_human_readable();
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        let read = Self::parse(&text).filter(|read| is_lenient || read.to_string() == text);
        read.ok_or_else(|| {
            de::Error::invalid_value(de::Unexpected::Str(&text), &"a day, or a time as RFC 3339")
        })
    }
}

/// How far before or after the moment of [`ObservedAt::sort_at`] a day may be read, in
/// milliseconds: half a day, and the widest offset that RFC 3339 can say.
pub const DAY_REACH_MS: u64 = Duration::hours(36).whole_milliseconds() as u64;

#[cfg(test)]
mod tests;
