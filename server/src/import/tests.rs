//! Any table in any dialect, with any of the forms of places and dates: it comes back as it was
//! meant, or a note says that it may not have.

use std::io::Cursor;

use jiff::civil::Date;
use proptest::prelude::*;

use super::{
    columns::evidence::Evidence,
    csv::csv_rows::Table,
    messages::code::NoteCode,
    rows::reading::{ReadRow, Reading},
    text::survey::Encoding,
};
use crate::system::zone::Zone;

/// What somebody saw.
#[derive(Clone, Debug)]
struct Seen {
    /// In ten-thousandths of a degree.
    lat: i32,
    lon: i32,
    date: Date,
    minute: i16,
    note: String,
}

/// How somebody writes it down.
#[derive(Clone, Debug)]
struct Hand {
    delimiter: char,
    is_quoted: bool,
    end: &'static str,
    decimal: char,
    place: usize,
    date: usize,
    language: usize,
    above: bool,
}

const HEADERS: [[&str; 8]; 3] = [
    [
        "Latitud (°)",
        "Longitud (°)",
        "ns",
        "ew",
        "Fecha de observación",
        "Hora",
        "Observaciones",
        "coordenadas",
    ],
    ["latitude", "longitude", "latref", "lonref", "data", "hora", "observações", "localização"],
    ["decimalLatitude", "decimalLongitude", "ns", "ew", "eventDate", "time", "notes", "location"],
];
const MONTHS: [[&str; 12]; 3] = [
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

impl Hand {
    fn number(&self, ten_thousandths: i32) -> String {
        let size = ten_thousandths.abs();
        let sign = if ten_thousandths < 0 { "-" } else { "" };
        format!("{sign}{}{}{:04}", size / 10_000, self.decimal, size % 10_000)
    }

    /// Degrees, minutes and seconds: a ten-thousandth of a degree has 0.36 of them.
    fn sexagesimal(&self, ten_thousandths: i32) -> String {
        let hundredths = i64::from(ten_thousandths.abs()) * 36;
        let (degrees, rest) = (hundredths / 360_000, hundredths % 360_000);
        let (minutes, seconds) = (rest / 6_000, rest % 6_000);
        format!("{degrees}°{minutes:02}'{:02}{}{:02}\"", seconds / 100, self.decimal, seconds % 100)
    }

    fn sides(&self, seen: &Seen) -> (&'static str, &'static str) {
        let west = if self.language == 2 { "W" } else { "O" };
        let east = if self.language == 1 { "L" } else { "E" };
        (if seen.lat < 0 { "S" } else { "N" }, if seen.lon < 0 { west } else { east })
    }

    /// Names and cells of the place.
    fn place(&self, seen: &Seen) -> Vec<(usize, String)> {
        let (ns, ew) = self.sides(seen);
        match self.place {
            0 => vec![(0, self.number(seen.lat)), (1, self.number(seen.lon))],
            1 => vec![
                (0, format!("{} {ns}", self.number(seen.lat.abs()))),
                (1, format!("{}{ew}", self.number(seen.lon.abs()))),
            ],
            2 => vec![
                (0, self.number(seen.lat.abs())),
                (2, ns.into()),
                (1, self.number(seen.lon.abs())),
                (3, ew.into()),
            ],
            3 => vec![
                (0, format!("{}{ns}", self.sexagesimal(seen.lat))),
                (1, format!("{} {ew}", self.sexagesimal(seen.lon))),
            ],
            4 => vec![(7, format!("{}, {}", self.number(seen.lat), self.number(seen.lon)))],
            _ => vec![(7, format!("{} {}", self.number(seen.lat), self.number(seen.lon)))],
        }
    }

    fn date(&self, seen: &Seen) -> Vec<(usize, String)> {
        let (year, month, day) = (seen.date.year(), seen.date.month(), seen.date.day());
        let (hour, minute) = (seen.minute / 60, seen.minute % 60);
        let half = if hour < 12 { "a. m." } else { "p. m." };
        let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
        let name = MONTHS[self.language][month as usize - 1];
        match self.date {
            0 => vec![(4, format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00-05:00"))],
            1 => vec![(4, format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"))],
            2 => vec![(4, format!("{day:02}/{month:02}/{year} {twelve:02}:{minute:02} {half}"))],
            3 => vec![(4, format!("{month:02}/{day:02}/{year} {hour:02}:{minute:02}"))],
            4 => vec![(4, format!("{day}.{month}.{year}")), (5, format!("{hour:02}:{minute:02}"))],
            5 => vec![(4, format!("{day} de {name} de {year}, {hour}h{minute:02}"))],
            _ => vec![
                (4, format!("{day:02}/{month:02}/{:02}", year % 100)),
                (5, format!("{twelve}:{minute:02} {half}")),
            ],
        }
    }

    fn table(&self, all: &[Seen]) -> String {
        let mut text = String::new();
        let mut line = |cells: &[String]| {
            let sign = self.delimiter;
            let must = |cell: &str| {
                self.is_quoted || cell.contains([sign, '"', '\n', '\r']) || cell.starts_with(' ')
            };
            let write = |cell: &String| match must(cell) {
                true => format!("\"{}\"", cell.replace('"', "\"\"")),
                false => cell.clone(),
            };
            let cells: Vec<_> = cells.iter().map(write).collect();
            text.push_str(&cells.join(&sign.to_string()));
            text.push_str(self.end);
        };
        for (at, seen) in all.iter().enumerate() {
            let cells: Vec<_> = self
                .place(seen)
                .into_iter()
                .chain(self.date(seen))
                .chain([(6, seen.note.clone())])
                .collect();
            if at == 0 {
                if self.above {
                    line(&["Registro de monitoreo".into()]);
                }
                let names = |(name, _): &(usize, String)| HEADERS[self.language][*name].to_owned();
                line(&cells.iter().map(names).collect::<Vec<_>>());
            }
            line(&cells.into_iter().map(|(_, cell)| cell).collect::<Vec<_>>());
        }
        text
    }
}

fn read(text: &str) -> Vec<Result<ReadRow, super::messages::refusal::Refusal>> {
    let open = || Table::open(Cursor::new(text.as_bytes().to_vec()), Encoding::Utf8).unwrap();
    let mut table = open();
    let mut evidence = Evidence::of_table(table.names());
    table
        .read(|_, raw| {
            raw.iter().for_each(|raw| evidence.see(raw));
            Ok(())
        })
        .unwrap();
    let reading = Reading::of(&evidence, &Zone::named("Etc/GMT+5").unwrap(), None);
    let mut rows = Vec::new();
    open()
        .read(|_, raw| {
            rows.push(raw.and_then(|raw| reading.row(raw)));
            Ok(())
        })
        .unwrap();
    rows
}

fn seen() -> impl Strategy<Value = Seen> {
    let note = prop_oneof![Just(String::new()), "[a-zñé,;\"|\n\t ]{0,12}"];
    (
        -180_000i32..130_000,
        -810_000i32..-350_000,
        1950i16..2026,
        1i8..=12,
        1i8..=28,
        0i16..1_440,
        note,
    )
        .prop_map(|(lat, lon, year, month, day, minute, note)| Seen {
            lat,
            lon,
            date: Date::new(year, month, day).unwrap(),
            minute,
            note: note.trim().to_owned(),
        })
}

fn hand() -> impl Strategy<Value = Hand> {
    let delimiter = prop::sample::select(vec![',', ';', '\t', '|']);
    let end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    let decimal = prop::sample::select(vec!['.', ',']);
    (delimiter, any::<bool>(), end, decimal, 0usize..6, 0usize..7, 0usize..3, any::<bool>())
        .prop_map(|(delimiter, is_quoted, end, decimal, place, date, language, above)| Hand {
            delimiter,
            is_quoted,
            end,
            decimal,
            place,
            date,
            language,
            above,
        })
}

/// Notes that say that a date may have been meant otherwise.
const DATE_NOTES: [NoteCode; 2] = [NoteCode::DatesAmbiguous, NoteCode::YearsShort];

proptest! {
    #[test]
    fn a_table_in_any_hand_comes_back_or_says_that_it_may_not(
        all in prop::collection::vec(seen(), 1..8), hand in hand(),
    ) {
        let text = hand.table(&all);
        let rows = read(&text);
        prop_assert_eq!(rows.len(), all.len(), "{}", text);
        for (row, seen) in rows.iter().zip(&all) {
            // A row that is refused is told, and never another.
            let Ok(row) = row else { continue };
            let noted = |codes: &[NoteCode]| row.notes.iter().any(|(code, _)| codes.contains(code));
            let at = row.draft.location.unwrap();
            prop_assert!((at.lat.as_e7() - seen.lat * 1_000).abs() <= 1, "{} {:?}", text, at);
            prop_assert!((at.lon.as_e7() - seen.lon * 1_000).abs() <= 1, "{} {:?}", text, at);
            let hour = format!("{:02}:{:02}", seen.minute / 60, seen.minute % 60);
            let expected = format!("{}T{hour}:00-05:", seen.date);
            let read = row.draft.observed_at.unwrap().to_string();
            let is_same = read.starts_with(&expected) || noted(&DATE_NOTES) || seen.date.year() < 1970;
            prop_assert!(is_same, "{} {} {}", text, read, expected);
            let note = &row.draft.note;
            prop_assert_eq!(note.replace('\r', "\n"), &*seen.note, "{}", text);
        }
        // What can be read is not refused to be safe.
        let is_told_apart = hand.date != 3 || all.iter().any(|seen| seen.date.day() > 12);
        let is_mixed = hand.date == 3 && !is_told_apart;
        if !is_mixed {
            prop_assert!(rows.iter().all(Result::is_ok), "{} {:?}", text, rows);
        }
    }
}
