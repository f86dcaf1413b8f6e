use proptest::prelude::*;

use super::*;

fn lima() -> Zone {
    Zone::named("America/Lima").unwrap()
}

fn read(text: &str) -> Option<(String, bool)> {
    let read = read_date(text, DateOrder::DayFirst, &lima()).ok()?;
    Some((read.at.to_string(), read.zone_assumed))
}

#[test]
fn dates_are_read_as_people_write_them() {
    for (text, expected) in [
        ("2026-11-23T07:00:00-05:00", "2026-11-23T07:00:00-05:00"),
        ("2026-11-23", "2026-11-23"),
        ("20261123", "2026-11-23"),
        ("23/11/2026", "2026-11-23"),
        ("23.11.2026", "2026-11-23"),
        ("2026/1/3", "2026-01-03"),
        ("1998", "1998-01-01"),
        ("2001-05", "2001-05-01"),
        ("mayo de 2001", "2001-05-01"),
        ("2001-05-03/2001-06-01", "2001-05-03"),
        ("2026-11-23T07:00Z", "2026-11-23T07:00:00Z"),
        ("2026-11-23 07:00 +02:00", "2026-11-23T07:00:00+02:00"),
        ("2026-11-23T07:00:00-0500", "2026-11-23T07:00:00-05:00"),
        ("2026-11-23T07:00:00.5-05", "2026-11-23T07:00:00.5-05:00"),
        ("20261123T070005Z", "2026-11-23T07:00:05Z"),
        ("2026-11-23 07:00:00 UTC", "2026-11-23T07:00:00Z"),
        ("2026-11-23 07:00 GMT-5", "2026-11-23T07:00:00-05:00"),
        ("Mon Nov 23 2026 07:00:00 GMT-0500 (Peru Standard Time)", "2026-11-23T07:00:00-05:00"),
        ("Mon, 23 Nov 2026 07:00:00 -0500", "2026-11-23T07:00:00-05:00"),
        ("2026-W48-1", "2026-11-23"),
        ("2026-327", "2026-11-23"),
        ("1970-01-01", "1970-01-01"),
        ("2099-12-31", "2099-12-31"),
        ("1777727660000", "2026-05-02T13:14:20Z"),
        ("1777727660", "2026-05-02T13:14:20Z"),
        ("46349", "2026-11-23"),
        ("23 de noviembre de 2026", "2026-11-23"),
        ("lunes, 23 de noviembre del 2026", "2026-11-23"),
        ("segunda-feira, 23 de novembro de 2026", "2026-11-23"),
        ("23-nov-2026", "2026-11-23"),
        ("23-nov.-2026", "2026-11-23"),
        ("23NOV2026", "2026-11-23"),
        ("1º de março de 2026", "2026-03-01"),
        ("November 23, 2026", "2026-11-23"),
        ("May 2nd, 2026", "2026-05-02"),
        ("2-set-2026", "2026-09-02"),
        ("23/11/26", "2026-11-23"),
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
        ("03/04/2026 03:15 p. m.", "2026-04-03T15:15:00-05:00"),
        ("03/04/2026 03:15 p.m.", "2026-04-03T15:15:00-05:00"),
        ("03/04/2026 03:15\u{a0}p.\u{a0}m.", "2026-04-03T15:15:00-05:00"),
        ("03/04/2026 03:15\u{202f}p.\u{202f}m.", "2026-04-03T15:15:00-05:00"),
        ("03/04/2026 12:40:10 a. m.", "2026-04-03T00:40:10-05:00"),
        ("03/04/2026 12:40 PM", "2026-04-03T12:40:00-05:00"),
        ("03/04/2026 15h30", "2026-04-03T15:30:00-05:00"),
        ("03/04/2026 15 h", "2026-04-03T15:00:00-05:00"),
        ("03/04/2026, 15:30 h", "2026-04-03T15:30:00-05:00"),
        ("03/04/2026 15:30 hrs.", "2026-04-03T15:30:00-05:00"),
        ("3 de abril de 2026, 3:30 de la tarde", "2026-04-03T15:30:00-05:00"),
        ("2026:11:23 07:05:09", "2026-11-23T07:05:09-05:00"),
        ("2026-11-23 07:00:00.123", "2026-11-23T07:00:00.123-05:00"),
        ("2026-11-23T23:30", "2026-11-23T23:30:00-05:00"),
        ("46349.5", "2026-11-23T12:00:00-05:00"),
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
        "2026-11-23 25:00",
        "12:30",
        "2026-11-23 13:00 pm",
        "é026-11-23",
        "2026-11-23é",
        "-",
        "///",
        "99999999",
        "12",
        "5 de",
        "2026-11-23 3:00 m",
        "1/2/3/2026",
        "2026-11-23 07:00 -99:00",
        "23",
        "w",
        "2026-w99-1",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn what_could_be_meant_otherwise_or_loses_something_is_noted() {
    let note = |text, order| read_date(text, order, &lima()).unwrap().note;
    assert_eq!(note("5/6/2026", DateOrder::Unknown), Some(NoteCode::DatesAmbiguous));
    assert_eq!(note("5/6/2026", DateOrder::DayFirst), None);
    assert_eq!(note("5/5/2026", DateOrder::Unknown), None);
    assert_eq!(note("25/5/2026", DateOrder::Unknown), None);
    assert_eq!(note("25/5/26", DateOrder::DayFirst), Some(NoteCode::YearsShort));
    assert_eq!(note("1736", DateOrder::DayFirst), Some(NoteCode::DatesCoarse));
    assert_eq!(note("46349", DateOrder::DayFirst), Some(NoteCode::DatesSerial));
    assert_eq!(read_date("5/6/2026", DateOrder::Mixed, &lima()), Err(NoDate::Ambiguous));
    assert!(read_date("25/6/2026", DateOrder::Mixed, &lima()).is_ok());
}

#[test]
fn a_file_shows_which_number_is_the_day() {
    assert_eq!(order_of("23/11/2026"), Some(DateOrder::DayFirst));
    assert_eq!(order_of("23/11/26 7:05"), Some(DateOrder::DayFirst));
    assert_eq!(order_of("11/23/2026 10:00"), Some(DateOrder::MonthFirst));
    assert_eq!(order_of("3/4/2026"), None);
    assert_eq!(order_of("2026-11-23"), None);
    let american = read_date("3/4/2026", DateOrder::MonthFirst, &lima()).unwrap();
    assert_eq!(american.at.to_string(), "2026-03-04");
}

const MONTHS: [[&str; 3]; 12] = [
    ["enero", "janeiro", "January"],
    ["febrero", "fevereiro", "February"],
    ["marzo", "março", "March"],
    ["abril", "abril", "April"],
    ["mayo", "maio", "May"],
    ["junio", "junho", "June"],
    ["julio", "julho", "July"],
    ["agosto", "agosto", "August"],
    ["setiembre", "setembro", "September"],
    ["octubre", "outubro", "October"],
    ["noviembre", "novembro", "November"],
    ["diciembre", "dezembro", "December"],
];

proptest! {
    #[test]
    fn a_day_in_any_form_is_that_day_or_is_noted(
        year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28, form in 0usize..9, language in 0usize..3,
    ) {
        let date = Date::new(year, month, day).unwrap();
        let name = MONTHS[month as usize - 1][language];
        let short: String = name.chars().take(3).collect();
        let text = match form {
            0 => format!("{year:04}-{month:02}-{day:02}"),
            1 => format!("{day:02}/{month:02}/{year}"),
            2 => format!("{day}.{month}.{year}"),
            3 => format!("{year}/{month}/{day}"),
            4 => format!("{day} de {name} de {year}"),
            5 => format!("{name} {day}, {year}"),
            6 => format!("{day:02}-{short}-{year}"),
            7 => format!("{year:04}{month:02}{day:02}"),
            _ => format!("{day:02}/{month:02}/{:02}", year % 100),
        };
        for order in [DateOrder::Unknown, DateOrder::DayFirst] {
            let read = read_date(&text, order, &lima()).unwrap();
            prop_assert!(read.note.is_some() || read.at.to_string() == date.to_string(), "{text}: {read:?}");
        }
    }

    #[test]
    fn a_time_in_any_form_is_that_time(
        hour in 0i8..24, minute in 0i8..60, form in 0usize..6, offset in -12i8..=14,
    ) {
        let (half, twelve) = (if hour < 12 { "a" } else { "p" }, if hour % 12 == 0 { 12 } else { hour % 12 });
        let (text, is_assumed) = match form {
            0 => (format!("{hour:02}:{minute:02}"), true),
            1 => (format!("{twelve}:{minute:02} {half}. m."), true),
            2 => (format!("{twelve:02}:{minute:02}:00{half}m"), true),
            3 => (format!("{hour}h{minute:02}"), true),
            4 => (format!("{hour:02}:{minute:02}:00{offset:+03}"), false),
            _ => (format!("{hour:02}:{minute:02} UTC{offset:+}"), false),
        };
        let read = read_date(&format!("2026-05-02 {text}"), DateOrder::Unknown, &lima()).unwrap();
        prop_assert_eq!(read.zone_assumed, is_assumed);
        let expected = if is_assumed { -5 } else { offset };
        let expected = format!("2026-05-02T{hour:02}:{minute:02}:00{expected:+03}:00");
        prop_assert_eq!(read.at, ObservedAt::parse(&expected).unwrap(), "{}", text);
    }

    #[test]
    fn no_text_stops_the_reader(text in "\\PC{0,30}") {
        let _ = read_date(&text, DateOrder::Unknown, &lima());
        let _ = order_of(&text);
    }
}
