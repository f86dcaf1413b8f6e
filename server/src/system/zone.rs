//! What the clocks of people say, for days and times that name no zone.

use chasqui_shared::{ObservedAt, Timestamp};
use jiff::{civil, tz::TimeZone};

/// A zone of the world, with what its clocks said at any moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// That of this machine; UTC where it knows none.
    pub fn of_machine() -> Self {
        Self(TimeZone::try_system().unwrap_or(TimeZone::UTC))
    }

    /// That of no place.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// By its name, such as `America/Lima`; `None` where nobody knows it.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Minutes by which its clocks were ahead of UTC at a moment.
    pub fn offset_min(&self, at: Timestamp) -> i16 {
        let at = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
        // No zone is further from UTC than 26 hours.
        (self.0.to_offset(at).seconds() / 60) as i16
    }

    /// The moment at which its clocks said this; of two, where they were put back, the first.
    /// `None` beyond year 0 to year 9999.
    pub fn instant(&self, clock: civil::DateTime) -> Option<ObservedAt> {
        let zoned = self.0.to_timestamp(clock).ok()?;
        let offset_min = self.offset_min(Timestamp::from_millis(zoned.as_millisecond()));
        // The offset of before clocks were set by whole minutes is cut, and the clock stays as it
        // was written.
        let utc = TimeZone::UTC.to_timestamp(clock).ok()?.as_millisecond();
        let millis = utc - i64::from(offset_min) * 60_000;
        let at = Timestamp::from_millis(millis);
        let is_skipped = zoned.as_millisecond().abs_diff(millis) >= 60_000;
        let at = if is_skipped { Timestamp::from_millis(zoned.as_millisecond()) } else { at };
        let instant = ObservedAt::Instant { at, offset_min: Some(offset_min) };
        ObservedAt::parse(&instant.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_without_a_zone_is_that_of_the_place() {
        for (zone, clock, instant) in [
            ("America/Lima", (2026, 5, 2, 7, 5), "2026-05-02T07:05:00-05:00"),
            ("Etc/GMT+12", (2026, 1, 1, 0, 0), "2026-01-01T00:00:00-12:00"),
            ("Pacific/Kiritimati", (2026, 1, 1, 0, 0), "2026-01-01T00:00:00+14:00"),
            ("Asia/Kathmandu", (2026, 1, 1, 23, 59), "2026-01-01T23:59:00+05:45"),
            ("America/Santiago", (2026, 1, 1, 12, 0), "2026-01-01T12:00:00-03:00"),
            ("America/Santiago", (2026, 7, 1, 12, 0), "2026-07-01T12:00:00-04:00"),
            // At 24:00 of 4 April clocks went back to 23:00: the first of the two.
            ("America/Santiago", (2026, 4, 4, 23, 30), "2026-04-04T23:30:00-03:00"),
            // At 24:00 of 5 September they went on to 01:00: 00:30 was never said.
            ("America/Santiago", (2026, 9, 6, 0, 30), "2026-09-06T01:30:00-03:00"),
            ("America/Lima", (1736, 6, 1, 12, 0), "1736-06-01T12:00:00-05:08"),
        ] {
            let (year, month, day, hour, minute) = clock;
            let clock = civil::datetime(year, month, day, hour, minute, 0, 0);
            let read = Zone::named(zone).unwrap().instant(clock).unwrap();
            assert_eq!(read.to_string(), instant, "{zone}");
        }
        assert_eq!(Zone::named("Nowhere/Land"), None);
    }
}
