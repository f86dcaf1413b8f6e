//! Days and moments as people and programs write them in tables; anything else is not read.
//!
//! A day stays a day. A time without an offset is taken as of the zone of whoever takes it in,
//! which is told apart. What was read in a way that loses something, or that could have been meant
//! otherwise, carries a note.

use chasqui_shared::{ObservedAt, Timestamp};
use jiff::civil::{Date, DateTime};

use super::{
    clock::read_clock,
    day::{ReadDay, read_day},
    order::{DateOrder, NoDate},
};
use crate::{import::messages::code::NoteCode, system::zone::Zone};

/// A day or a moment as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct ReadDate {
    pub at: ObservedAt,
    /// Whether the text named no zone for its time.
    pub zone_assumed: bool,
    /// How it could have been meant otherwise, or what of it was lost.
    pub note: Option<NoteCode>,
}

/// Reads a day or a moment.
pub(in crate::import) fn read_date(
    text: &str,
    order: DateOrder,
    zone: &Zone,
) -> Result<ReadDate, NoDate> {
    let text = text.trim();
    let stated = |at| ReadDate { at, zone_assumed: false, note: None };
    if let Some(at) = ObservedAt::parse(text) {
        return Ok(stated(at));
    }
    if let Some(at) = number(text) {
        return at.read(zone);
    }
    // An interval, which a date with slashes is not: its first part has a year, a month and a day,
    // or a time.
    if let Some((begin, end)) = text.split_once('/')
        && begin.contains('-')
    {
        let (begin, _) = (read_date(begin, order, zone)?, end);
        return Ok(ReadDate { note: begin.note.or(Some(NoteCode::DatesCoarse)), ..begin });
    }
    let parts = Parts::of(text);
    let ReadDay { date, note } = read_day(&parts.day, order)?;
    let day = || ObservedAt::parse(&date.to_string()).ok_or(NoDate::Unreadable);
    if parts.clock.is_empty() {
        return Ok(ReadDate { at: day()?, zone_assumed: false, note });
    }
    let clock = read_clock(&parts.clock).ok_or(NoDate::Unreadable)?;
    let at = date.to_datetime(clock.time);
    match clock.offset {
        None => {
            let at = zone.instant(at).ok_or(NoDate::Unreadable)?;
            Ok(ReadDate { at, zone_assumed: true, note })
        }
        Some(offset) => {
            let text = format!("{}{offset}", text_of(at));
            let at = ObservedAt::parse(&text).ok_or(NoDate::Unreadable)?;
            Ok(ReadDate { note, ..stated(at) })
        }
    }
}

fn text_of(clock: DateTime) -> String {
    clock.strftime("%Y-%m-%dT%H:%M:%S%.f").to_string()
}

/// The order that a date shows by itself.
pub(in crate::import) fn order_of(text: &str) -> Option<DateOrder> {
    super::day::order_of(&Parts::of(text.trim()).day)
}

/// A text as words, those of the day and those of the time.
#[derive(Debug, Default)]
struct Parts {
    day: Vec<String>,
    clock: Vec<String>,
}

impl Parts {
    fn of(text: &str) -> Self {
        let text = chasqui_shared::fold(text);
        let mut apart = String::with_capacity(text.len());
        let chars: Vec<char> = text.split(" (").next().unwrap_or_default().chars().collect();
        for (at, &c) in chars.iter().enumerate() {
            let is_digit = |at: Option<usize>| {
                at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit)
            };
            let between = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
            apart.push(if c == ',' || (c == 't' && between) { ' ' } else { c });
        }
        let mut parts = Self::default();
        let mut words = apart.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let next = words.peek().copied().unwrap_or_default();
            let is_clock = Self::begins_clock(word, next, &parts.day);
            if is_clock || (!parts.clock.is_empty() && !Self::is_year_after(word)) {
                parts.clock.push(word.to_owned());
            } else {
                parts.day.push(word.to_owned());
            }
        }
        parts
    }

    /// `7:05`, `15h30`, `3pm`, `15 h`, and `070500` after a day without signs. Not the day of a
    /// camera, `2026:05:02`.
    fn begins_clock(word: &str, next: &str, day: &[String]) -> bool {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &word[digits..];
        let is_unit = |text: &str| {
            let letters = text.replace('.', "");
            matches!(letters.as_str(), "am" | "pm" | "h" | "hs" | "hr" | "hrs" | "hora" | "horas")
        };
        let is_basic = matches!(digits, 4 | 6)
            && day.last().is_some_and(|d| d.len() == 8 && d.bytes().all(|b| b.is_ascii_digit()));
        let is_hours = matches!(digits, 1 | 2)
            && (rest.starts_with([':', 'h']) || is_unit(if rest.is_empty() { next } else { rest }));
        is_basic || is_hours
    }

    /// In `Sat May 2 07:05:00 2026`.
    fn is_year_after(word: &str) -> bool {
        word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    }
}

/// A number that is a date.
enum Numbered {
    /// Since 1970.
    Millis(i64),
    /// Days since 1899-12-30, as spreadsheets count.
    Serial(f64),
}

fn number(text: &str) -> Option<Numbered> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let count: i64 = whole.parse().ok()?;
    match whole.len() {
        5 if (20_000..80_000).contains(&count) => text.parse().ok().map(Numbered::Serial),
        9 | 10 => {
            let millis: i64 = format!("{fraction:0<3}")[..3].parse().ok()?;
            Some(Numbered::Millis(count * 1_000 + millis))
        }
        13 => Some(Numbered::Millis(count)),
        16 => Some(Numbered::Millis(count / 1_000)),
        _ => None,
    }
}

impl Numbered {
    fn read(self, zone: &Zone) -> Result<ReadDate, NoDate> {
        match self {
            Self::Millis(millis) => {
                let at = ObservedAt::from(Timestamp::from_millis(millis));
                let at = ObservedAt::parse(&at.to_string()).ok_or(NoDate::Unreadable)?;
                Ok(ReadDate { at, zone_assumed: false, note: None })
            }
            Self::Serial(days) => {
                let seconds = (days.fract() * 86_400.0).round() as i64;
                let day = Date::new(1899, 12, 30)
                    .and_then(|day| day.checked_add(jiff::Span::new().days(days as i64)))
                    .map_err(|_| NoDate::Unreadable)?;
                let note = Some(NoteCode::DatesSerial);
                if seconds == 0 {
                    let at = ObservedAt::parse(&day.to_string()).ok_or(NoDate::Unreadable)?;
                    return Ok(ReadDate { at, zone_assumed: false, note });
                }
                let clock = day.at(0, 0, 0, 0).checked_add(jiff::Span::new().seconds(seconds));
                let at = clock.ok().and_then(|clock| zone.instant(clock));
                Ok(ReadDate { at: at.ok_or(NoDate::Unreadable)?, zone_assumed: true, note })
            }
        }
    }
}

#[cfg(test)]
mod tests;
