//! Dates as people write them in tables.
//!
//! Read: RFC 3339; `2026-11-23`, `2026/11/23`, `20261123`, `2026-11`, `2026`; `23/11/2026`, `23-11-2026`, `23.11.2026`, or
//! month first where the file shows that it is so; an interval `a/b` by its beginning; a time of day after a space or
//! `T`. A day stays a day. A time without an offset is taken as of the zone of whoever takes it in, which is told
//! apart. Anything else is not read.

use chasqui_shared::ObservedAt;
use jiff::civil::{Date, DateTime, Time};

use crate::zone::Zone;

/// Which of two numbers before a year is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// As in Latin America, Europe and most of the world.
    #[default]
    DayFirst,
    MonthFirst,
}

/// A day or a moment as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReadDate {
    pub at: ObservedAt,
    /// Whether the text named no zone for its time.
    pub zone_assumed: bool,
}

/// Reads a day or a moment; `None` if it is in no form that is known.
pub(super) fn read_date(text: &str, order: DateOrder, zone: &Zone) -> Option<ReadDate> {
    let text = text.trim();
    let stated = |at| Some(ReadDate { at, zone_assumed: false });
    if let Some(at) = ObservedAt::parse(text) {
        return stated(at);
    }
    // An interval, which a date with slashes is not: its first part is no whole date.
    if let Some((begin, _)) = text.split_once('/')
        && begin.contains('-')
    {
        return read_date(begin, order, zone);
    }
    let (date, time) = match text.find(['T', ' ']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let date = read_day(date, order)?;
    if time.is_empty() {
        return stated(ObservedAt::parse(&date.to_string())?);
    }
    // An offset, or seconds that are left out, in a form that RFC 3339 knows.
    let (time, offset) = split_offset(time);
    let clock = date.to_datetime(read_time(time)?);
    match offset {
        None => Some(ReadDate { at: zone.instant(clock)?, zone_assumed: true }),
        Some(offset) => stated(ObservedAt::parse(&format!("{}{offset}", text_of(clock)))?),
    }
}

fn text_of(clock: DateTime) -> String {
    clock.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Whether a date with two numbers before its year can only be read with the month first, or only with the day first.
pub(super) fn order_of(text: &str) -> Option<DateOrder> {
    let date = text.trim().split(['T', ' ']).next()?;
    let [first, second, year] = three(date)?;
    if year.len() != 4 {
        return None;
    }
    match (first.parse::<u8>().ok()? > 12, second.parse::<u8>().ok()? > 12) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

fn three(date: &str) -> Option<[&str; 3]> {
    let parts: Vec<_> = date.split(['-', '/', '.']).collect();
    parts.try_into().ok()
}

fn read_day(date: &str, order: DateOrder) -> Option<Date> {
    let digits = date.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month, day) = match (date.len(), digits) {
        (4, true) => (date, "1", "1"),
        (8, true) => (&date[..4], &date[4..6], &date[6..]),
        _ => match date.split(['-', '/', '.']).collect::<Vec<_>>()[..] {
            [year, month] if year.len() == 4 => (year, month, "1"),
            [year, month, day] if year.len() == 4 => (year, month, day),
            [first, second, year] if year.len() == 4 => match order {
                DateOrder::DayFirst => (year, second, first),
                DateOrder::MonthFirst => (year, first, second),
            },
            _ => return None,
        },
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn split_offset(time: &str) -> (&str, Option<&str>) {
    match time.find(['Z', '+', '-']) {
        Some(at) => (time[..at].trim_end(), Some(&time[at..])),
        None => (time, None),
    }
}

/// `h:mm`, with seconds and their fraction, and `am` or `pm`, if they are there.
fn read_time(time: &str) -> Option<Time> {
    let lower = time.to_ascii_lowercase();
    let (time, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(time), _) => (time.trim_end(), Some(0)),
        (_, Some(time)) => (time.trim_end(), Some(12)),
        _ => (lower.as_str(), None),
    };
    let mut parts = time.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = match parts.next() {
        Some(seconds) => seconds.split('.').next()?.parse().ok()?,
        None => 0,
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute, second, 0).ok().filter(|_| parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lima() -> Zone {
        Zone::named("America/Lima").unwrap()
    }

    fn read(text: &str) -> Option<(String, bool)> {
        let read = read_date(text, DateOrder::DayFirst, &lima())?;
        Some((read.at.to_string(), read.zone_assumed))
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2026-11-23T07:00:00-05:00", "2026-11-23T07:00:00-05:00"),
            ("2026-11-23", "2026-11-23"),
            ("20261123", "2026-11-23"),
            ("23/11/2026", "2026-11-23"),
            ("1998", "1998-01-01"),
            ("2001-05", "2001-05-01"),
            ("2001-05-03/2001-06-01", "2001-05-03"),
            ("2026-11-23T07:00Z", "2026-11-23T07:00:00Z"),
            ("2026-11-23 07:00 +02:00", "2026-11-23T07:00:00+02:00"),
            ("1970-01-01", "1970-01-01"),
            ("2099-12-31", "2099-12-31"),
        ] {
            assert_eq!(read(text), Some((expected.to_owned(), false)), "{text}");
        }
    }

    /// A time without a zone was taken as UTC, and shown five hours early.
    #[test]
    fn a_time_without_a_zone_is_of_the_place_and_said_to_be_assumed() {
        for (text, expected) in [
            ("2026/11/23 7:05", "2026-11-23T07:05:00-05:00"),
            ("3.4.2026 3:15 pm", "2026-04-03T15:15:00-05:00"),
            ("2026-11-23 07:00:00.123", "2026-11-23T07:00:00-05:00"),
            ("2026-11-23T23:30", "2026-11-23T23:30:00-05:00"),
        ] {
            assert_eq!(read(text), Some((expected.to_owned(), true)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "yesterday",
            "0000-00-00",
            "2026-13-01",
            "31/02/2026",
            "23/11/26",
            "2026-11-23 25:00",
            "12:30",
            "2026-11-23 13:00 pm",
            "é026-11-23",
            "2026-11-23é",
            "-",
            "///",
            "99999999",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_shows_which_number_is_the_day() {
        assert_eq!(order_of("23/11/2026"), Some(DateOrder::DayFirst));
        assert_eq!(order_of("11/23/2026 10:00"), Some(DateOrder::MonthFirst));
        assert_eq!(order_of("3/4/2026"), None);
        assert_eq!(order_of("2026-11-23"), None);
        let american = read_date("3/4/2026", DateOrder::MonthFirst, &lima()).unwrap();
        assert_eq!(american.at.to_string(), "2026-03-04");
    }
}
