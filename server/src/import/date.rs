//! Dates as people write them in tables.
//!
//! Read: RFC 3339; `2026-11-23`, `2026/11/23`, `20261123`, `2026-11`, `2026`; `23/11/2026`, `23-11-2026`, `23.11.2026`, or
//! month first where the file shows that it is so; an interval `a/b` by its beginning; a time of day after a space or
//! `T`. A moment without an offset is taken as UTC. Anything else is not read.

use chasqui_shared::Timestamp;
use time::{Date, Month, PrimitiveDateTime, Time};

/// Which of two numbers before a year is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// As in Latin America, Europe and most of the world.
    #[default]
    DayFirst,
    MonthFirst,
}

/// Reads a moment; `None` if it is in no form that is known.
pub(super) fn read_date(text: &str, order: DateOrder) -> Option<Timestamp> {
    let text = text.trim();
    if let Some(at) = Timestamp::parse(text) {
        return Some(at);
    }
    // An interval, which a date with slashes is not: its first part is no whole date.
    if let Some((begin, _)) = text.split_once('/')
        && begin.contains('-')
    {
        return read_date(begin, order);
    }
    let (date, time) = match text.find(['T', ' ']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let date = read_day(date, order)?;
    if time.is_empty() {
        return Some(at_utc(date, Time::MIDNIGHT));
    }
    // An offset, or seconds that are left out, in a form that RFC 3339 knows.
    let (time, offset) = split_offset(time);
    let time = read_time(time)?;
    match offset {
        None => Some(at_utc(date, time)),
        Some(offset) => {
            let text = format!(
                "{date}T{:02}:{:02}:{:02}{offset}",
                time.hour(),
                time.minute(),
                time.second()
            );
            Timestamp::parse(&text)
        }
    }
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
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
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
    let hour: u8 = parts.next()?.parse().ok()?;
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
    Time::from_hms(hour, minute, second).ok().filter(|_| parts.next().is_none())
}

fn at_utc(date: Date, time: Time) -> Timestamp {
    Timestamp::from_millis(PrimitiveDateTime::new(date, time).as_utc().unix_timestamp() * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, read) in [
            ("2026-11-23T07:00:00-05:00", "2026-11-23T12:00:00Z"),
            ("2026-11-23", "2026-11-23T00:00:00Z"),
            ("2026/11/23 7:05", "2026-11-23T07:05:00Z"),
            ("20261123", "2026-11-23T00:00:00Z"),
            ("23/11/2026", "2026-11-23T00:00:00Z"),
            ("3.4.2026 3:15 pm", "2026-04-03T15:15:00Z"),
            ("1998", "1998-01-01T00:00:00Z"),
            ("2001-05", "2001-05-01T00:00:00Z"),
            ("2001-05-03/2001-06-01", "2001-05-03T00:00:00Z"),
            ("2026-11-23T07:00Z", "2026-11-23T07:00:00Z"),
            ("2026-11-23 07:00:00.123", "2026-11-23T07:00:00Z"),
            ("1970-01-01", "1970-01-01T00:00:00Z"),
            ("2099-12-31", "2099-12-31T00:00:00Z"),
        ] {
            let at = read_date(text, DateOrder::DayFirst);
            assert_eq!(at.map(|at| at.to_string()).as_deref(), Some(read), "{text}");
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
            assert_eq!(read_date(text, DateOrder::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn a_file_shows_which_number_is_the_day() {
        assert_eq!(order_of("23/11/2026"), Some(DateOrder::DayFirst));
        assert_eq!(order_of("11/23/2026 10:00"), Some(DateOrder::MonthFirst));
        assert_eq!(order_of("3/4/2026"), None);
        assert_eq!(order_of("2026-11-23"), None);
        let american = read_date("3/4/2026", DateOrder::MonthFirst).unwrap();
        assert_eq!(american.to_string(), "2026-03-04T00:00:00Z");
    }
}
