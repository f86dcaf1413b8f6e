//! Days of the calendar as people write them: with numbers in any order, and with the names of
//! months in Spanish, Portuguese and English.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::order::{DateOrder, NoDate};
use crate::import::messages::code::NoteCode;

/// The names of months, folded; three letters are enough.
const MONTHS: [&[&str]; 12] = [
    &["enero", "janeiro", "january", "ene", "jan"],
    &["febrero", "fevereiro", "february", "feb", "fev"],
    &["marzo", "marco", "march", "mar"],
    &["abril", "april", "abr", "apr"],
    &["mayo", "maio", "may", "mai"],
    &["junio", "junho", "june", "jun"],
    &["julio", "julho", "july", "jul"],
    &["agosto", "august", "ago", "aug"],
    &["septiembre", "setiembre", "setembro", "september", "sep", "set", "sept"],
    &["octubre", "outubro", "october", "oct", "out"],
    &["noviembre", "novembro", "november", "nov"],
    &["diciembre", "dezembro", "december", "dic", "dez", "dec"],
];

/// Words beside a date that say nothing more: days of the week, and what joins its parts.
const PASSED_OVER: &str = "de del do of the el o a dia lunes martes miercoles jueves viernes sabado domingo \
    lun mie jue vie sab dom segunda terca quarta quinta sexta segunda-feira terca-feira quarta-feira \
    quinta-feira sexta-feira seg ter qua qui sex monday tuesday wednesday thursday friday saturday sunday \
    mon tue wed thu fri sat sun";

/// A day as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct ReadDay {
    pub date: Date,
    pub note: Option<NoteCode>,
}

/// Reads the words of a day, which are folded.
pub(in crate::import) fn read_day(words: &[String], order: DateOrder) -> Result<ReadDay, NoDate> {
    let parts = parts(words).ok_or(NoDate::Unreadable)?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let plain = |year: &str, month: u8, day: &str, note| {
        let (year, short) = year_of(year).ok_or(NoDate::Unreadable)?;
        let day = number(day).ok_or(NoDate::Unreadable)?;
        let date = Date::new(year, month as i8, day as i8).map_err(|_| NoDate::Unreadable)?;
        Ok(ReadDay { date, note: if short { Some(NoteCode::YearsShort) } else { note } })
    };
    let coarse = Some(NoteCode::DatesCoarse);
    match parts[..] {
        [year] if is_year(year) => plain(year, 1, "1", coarse),
        [digits] if digits.len() == 8 && is_digits(digits) => {
            let month = number(&digits[4..6]).ok_or(NoDate::Unreadable)?;
            plain(&digits[..4], month, &digits[6..], None)
        }
        [year, week, day] if is_year(year) && week.starts_with('w') => week_date(year, week, day),
        [year, day] if is_year(year) && day.len() == 3 && number_of(day).is_some() => {
            ordinal(year, day)
        }
        [year, month] if is_year(year) => {
            plain(year, month_of(month).ok_or(NoDate::Unreadable)?, "1", coarse)
        }
        [month, year] if is_year(year) => {
            plain(year, month_of(month).ok_or(NoDate::Unreadable)?, "1", coarse)
        }
        [year, month, day] if is_year(year) => {
            plain(year, month_of(month).ok_or(NoDate::Unreadable)?, day, None)
        }
        [first, second, year] => match (named(first), named(second)) {
            (Some(month), None) => plain(year, month, second, None),
            (None, Some(month)) => plain(year, month, first, None),
            (None, None) => {
                let (day, month, note) = ordered(first, second, order)?;
                plain(year, month, day, note)
            }
            _ => Err(NoDate::Unreadable),
        },
        _ => Err(NoDate::Unreadable),
    }
}

/// The order that the words of a day show by themselves.
pub(in crate::import) fn order_of(words: &[String]) -> Option<DateOrder> {
    let parts = parts(words)?;
    let [first, second, year] = parts.as_slice() else { return None };
    year_of(year).filter(|_| first.len() <= 2)?;
    match (number(first)?, number(second)?) {
        (13..=31, 1..=12) => Some(DateOrder::DayFirst),
        (1..=12, 13..=31) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// Of two numbers the day and the month.
fn ordered<'a>(
    first: &'a str,
    second: &'a str,
    order: DateOrder,
) -> Result<(&'a str, u8, Option<NoteCode>), NoDate> {
    let (one, other) = (number(first), number(second));
    let (Some(one), Some(other)) = (one, other) else { return Err(NoDate::Unreadable) };
    let is_either_way = one <= 12 && other <= 12 && one != other;
    match order {
        DateOrder::MonthFirst => Ok((second, one, None)),
        DateOrder::DayFirst => Ok((first, other, None)),
        DateOrder::Unknown if is_either_way => Ok((first, other, Some(NoteCode::DatesAmbiguous))),
        DateOrder::Mixed if is_either_way => Err(NoDate::Ambiguous),
        DateOrder::Unknown | DateOrder::Mixed if other > 12 => Ok((second, one, None)),
        DateOrder::Unknown | DateOrder::Mixed => Ok((first, other, None)),
    }
}

/// Numbers and names of months, in their order; `None` if there is anything else.
fn parts(words: &[String]) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    for word in words {
        // The point of a short name: `23-nov.-2026`.
        let bare = word.replace(".-", "-");
        let bare = bare.trim_end_matches('.');
        if PASSED_OVER.split_whitespace().any(|passed| passed == bare) {
            continue;
        }
        for part in bare.split(['-', '/', '.', ':', '_']) {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let (number, letters) = part.split_at(digits);
            match (number, letters) {
                ("", "") => return None,
                (number, "" | "o" | "ro" | "st" | "nd" | "rd" | "th") => parts.push(number.into()),
                ("", word) if named(word).is_some() || word.starts_with('w') => {
                    parts.push(word.into());
                }
                // 02may2026
                (day, rest) => {
                    let at = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                    let (month, year) = rest.split_at(at);
                    named(month).filter(|_| !day.is_empty())?;
                    parts.extend([day.to_owned(), month.to_owned()]);
                    if !year.is_empty() {
                        parts.push(year.to_owned());
                    }
                }
            }
        }
    }
    Some(parts)
}

fn named(word: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u8::try_from(at + 1).ok()
}

fn month_of(word: &str) -> Option<u8> {
    named(word).or_else(|| number(word))
}

fn number(text: &str) -> Option<u8> {
    text.parse().ok().filter(|_| (1..=2).contains(&text.len()) && is_digits(text))
}

fn number_of(text: &str) -> Option<i16> {
    text.parse().ok().filter(|_| is_digits(text))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_digits(text)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A year, and whether it was written with two digits: then it lies from 1970 to 2069.
fn year_of(text: &str) -> Option<(i16, bool)> {
    let year = number_of(text)?;
    match text.len() {
        4 => Some((year, false)),
        2 if year < 70 => Some((2000 + year, true)),
        2 => Some((1900 + year, true)),
        _ => None,
    }
}

fn week_date(year: &str, week: &str, day: &str) -> Result<ReadDay, NoDate> {
    let read = || {
        let weekday = Weekday::from_monday_one_offset(number(day)? as i8).ok()?;
        let week = number(&week[1..])? as i8;
        ISOWeekDate::new(number_of(year)?, week, weekday).ok().map(ISOWeekDate::date)
    };
    read().map(|date| ReadDay { date, note: None }).ok_or(NoDate::Unreadable)
}

fn ordinal(year: &str, day: &str) -> Result<ReadDay, NoDate> {
    let read = || {
        let first = Date::new(number_of(year)?, 1, 1).ok()?;
        first.with().day_of_year(number_of(day)?).build().ok()
    };
    read().map(|date| ReadDay { date, note: None }).ok_or(NoDate::Unreadable)
}
