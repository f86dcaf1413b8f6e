//! How a table is written: what stands between its columns, and in which line its header row is.

use super::record::{Quotes, split};
use crate::{
    import::{
        columns::names::{Column, candidates, ending},
        messages::code::RefusalCode,
        messages::refusal::Refusal,
        text::{
            lines::{Line, Lines, NextLine},
            survey::Encoding,
        },
    },
    limits,
};

/// Rows that are looked at.
const ROWS_LOOKED_AT: usize = 100;
/// Rows that may stand above the header row.
const ABOVE_HEADER_MAX: usize = 20;
/// How often one record is parted anew, each time with one more line, before quotes are only
/// counted.
const SPLITS_MAX: usize = 16;
/// What may stand between columns, the most usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct Dialect {
    /// Between columns.
    pub delimiter: u8,
    /// The line of the header row, from 1.
    pub header_line: u64,
    /// Whether rows have a name before the first column, as R writes them.
    pub has_row_names: bool,
    /// Whether lines above the header say something.
    pub has_lines_above: bool,
}

/// A record of a table, or why it cannot be read.
#[derive(Debug)]
pub(in crate::import) enum NextRecord {
    /// Its line, whether its last line has an end, and whether it has an odd quote; the cells are
    /// the caller's.
    Record {
        line: u64,
        is_ended: bool,
        is_odd: bool,
    },
    /// The next one can be read.
    Refused {
        line: u64,
        refusal: Refusal,
    },
    /// Nothing after it can be read.
    Lost {
        line: u64,
        refusal: Refusal,
    },
    End,
}

/// Reads records; where a quote is never closed, the lines within are read as rows of their own.
#[derive(Debug)]
pub(in crate::import) struct Records<R> {
    lines: Lines<R>,
    delimiter: u8,
    /// Bytes that may still be read again after a quote that is never closed.
    again_left: usize,
}

impl<R: std::io::BufRead> Records<R> {
    pub fn new(reader: R, delimiter: u8) -> Self {
        let lines = Lines::new(reader, limits::IMPORT_ROW_BYTES_MAX);
        Self { lines, delimiter, again_left: limits::IMPORT_READ_AGAIN_BYTES_MAX }
    }

    /// Reads the next record into `cells`.
    pub fn next(&mut self, cells: &mut Vec<Vec<u8>>) -> std::io::Result<NextRecord> {
        let too_long = |line| {
            let told = crate::import::messages::told::Told::limit(limits::IMPORT_ROW_BYTES_MAX);
            NextRecord::Lost { line, refusal: Refusal::new(RefusalCode::RowTooLong, told) }
        };
        let first = match self.lines.next()? {
            NextLine::Line(line) => line,
            NextLine::End => return Ok(NextRecord::End),
            NextLine::TooLong(line) => return Ok(too_long(line)),
        };
        let line = first.number;
        let mut text = first.bytes.clone();
        let mut more: Vec<Line> = Vec::new();
        let mut quotes = split(&text, self.delimiter, cells);
        let (mut is_odd, mut tried) = (true, 0);
        while quotes == Quotes::Open && text.len() <= limits::IMPORT_QUOTED_BYTES_MAX {
            match self.lines.next()? {
                NextLine::Line(next) => {
                    let signs = next.bytes.iter().filter(|byte| **byte == b'"').count();
                    text.extend_from_slice(&next.bytes);
                    more.push(next);
                    is_odd ^= signs % 2 == 1;
                    // Only a quote can close one; after many of them, only an even number of all.
                    if signs > 0 && (tried < SPLITS_MAX || !is_odd) {
                        quotes = split(&text, self.delimiter, cells);
                        tried += 1;
                    }
                }
                NextLine::End => break,
                NextLine::TooLong(line) => return Ok(too_long(line)),
            }
        }
        if matches!(quotes, Quotes::Whole | Quotes::Odd) {
            let is_ended = text.ends_with(b"\n") || text.ends_with(b"\r");
            return Ok(NextRecord::Record { line, is_ended, is_odd: quotes == Quotes::Odd });
        }
        let Some(left) = self.again_left.checked_sub(text.len()) else { return Ok(too_long(line)) };
        self.again_left = left;
        self.lines.give_back(more.into_iter());
        // Tables with tabs are often written without any quoting.
        if self.delimiter == b'\t' {
            *cells = literal(&first.bytes);
            return Ok(NextRecord::Record { line, is_ended: true, is_odd: true });
        }
        Ok(NextRecord::Refused { line, refusal: RefusalCode::QuoteUnclosed.into() })
    }
}

/// The cells of a line with tabs, whose quotes are characters as others.
fn literal(line: &[u8]) -> Vec<Vec<u8>> {
    line.trim_ascii_end()
        .split(|byte| *byte == b'\t')
        .map(|cell| cell.trim_ascii().to_vec())
        .collect()
}

impl Dialect {
    /// Of the first bytes of a table.
    pub fn of(start: &[u8], encoding: Encoding) -> Self {
        let (named, from) = separator_line(start);
        let tried = DELIMITERS.iter().filter(|sign| named.is_none_or(|named| named == **sign));
        // The first of equals is the most usual.
        let mut best: Option<(Score, Self)> = None;
        for delimiter in tried.copied().chain(named.filter(|sign| !DELIMITERS.contains(sign))) {
            let (score, dialect) = look(start, delimiter, from, encoding);
            if best.as_ref().is_none_or(|(than, _)| score > *than) {
                best = Some((score, dialect));
            }
        }
        let plain =
            Self { delimiter: b',', header_line: 1, has_row_names: false, has_lines_above: false };
        best.map_or(plain, |(_, dialect)| dialect)
    }
}

/// How well a header names a place, see [`names_place`]; the share of rows with as many values as
/// names; how many names.
type Score = (u8, u32, usize);

/// `sep=;`, as spreadsheets write for each other, and the first line after it.
fn separator_line(start: &[u8]) -> (Option<u8>, u64) {
    let line = start.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let line = line.trim_ascii().trim_ascii_start();
    let line = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign] => (Some(*sign), 2),
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='] => (Some(b'\t'), 2),
        _ => (None, 1),
    }
}

fn look(start: &[u8], delimiter: u8, from: u64, encoding: Encoding) -> (Score, Dialect) {
    let mut records = Records::new(start, delimiter);
    let mut rows: Vec<(u64, Vec<Vec<u8>>)> = Vec::new();
    let mut cells = Vec::new();
    while rows.len() < ROWS_LOOKED_AT {
        match records.next(&mut cells) {
            Ok(NextRecord::Record { line, .. }) if line >= from => {
                if cells.iter().any(|cell| !cell.is_empty()) {
                    rows.push((line, cells.clone()));
                }
            }
            Ok(NextRecord::Record { .. } | NextRecord::Refused { .. }) => {}
            Ok(NextRecord::Lost { .. } | NextRecord::End) | Err(_) => break,
        }
    }
    let header =
        rows.iter().take(ABOVE_HEADER_MAX).position(|(_, cells)| names_place(cells, encoding) > 0);
    let at = header.unwrap_or(0);
    let names = rows.get(at).map_or(0, |(_, cells)| cells.len());
    let below = rows.get(at + 1..).unwrap_or_default();
    let alike = below
        .iter()
        .filter(|(_, cells)| filled(cells) <= names && cells.len() >= names.min(2))
        .count();
    let share = (alike * 1_000).checked_div(below.len()).unwrap_or_default() as u32;
    let has_row_names = !below.is_empty()
        && below.iter().all(|(_, cells)| cells.len() == names + 1 && !cells[0].is_empty())
        && below.iter().any(|(_, cells)| cells.last().is_some_and(|cell| !cell.is_empty()));
    let header_line = rows.get(at).map_or(from, |(line, _)| *line);
    let dialect = Dialect { delimiter, header_line, has_row_names, has_lines_above: at > 0 };
    let named = rows.get(at).map_or(0, |(_, cells)| names_place(cells, encoding));
    ((named, if has_row_names { 1_000 } else { share }, names), dialect)
}

/// Cells up to the last that is not empty.
fn filled(cells: &[Vec<u8>]) -> usize {
    cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1)
}

/// Whether these are names of columns, among them those of both coordinates (2) or of a place (1).
fn names_place(cells: &[Vec<u8>], encoding: Encoding) -> u8 {
    let names: Vec<String> = cells.iter().map(|cell| encoding.decode(cell).0).collect();
    let has = |column| {
        names.iter().any(|name| {
            candidates(name).iter().any(|found| found.column == column)
                || ending(name).is_some_and(|(_, found)| found == column)
        })
    };
    let both = |one, other| has(one) && has(other);
    if names.iter().filter(|name| !name.is_empty()).count() < 2 {
        return 0;
    }
    if both(Column::Latitude, Column::Longitude) || both(Column::Easting, Column::Northing) {
        return 2;
    }
    u8::from(has(Column::Place))
}
