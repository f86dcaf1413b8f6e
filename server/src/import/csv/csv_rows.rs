//! Rows of a CSV file: a header row, then an observation a row.

use std::{
    io::{BufReader, Read, Seek, SeekFrom},
    rc::Rc,
};

use chasqui_shared::Answer;

use super::dialect::{Dialect, NextRecord, Records};
use crate::{
    import::{
        columns::raw::RawRow,
        error::ImportError,
        messages::refusal::Refusal,
        messages::{
            code::{NoteCode, RefusalCode},
            position::Position,
            told::Told,
        },
        text::survey::Encoding,
    },
    limits,
};

/// Bytes that are looked at to find out how a table is written.
const LOOKED_AT: usize = 256 * 1024;

/// A file whose header row was read.
pub(in crate::import) struct Table<R: Read> {
    records: Records<BufReader<R>>,
    encoding: Encoding,
    names: Vec<Rc<str>>,
    /// What a person should know of how it is written.
    pub notes: Vec<(NoteCode, Told)>,
    /// Rows of nothing but empty cells.
    pub rows_empty: u64,
}

impl<R: Read + Seek> Table<R> {
    /// Finds out how the table is written, and reads its header row.
    pub fn open(mut file: R, encoding: Encoding) -> Result<Self, ImportError> {
        file.seek(SeekFrom::Start(encoding.bom_bytes()))?;
        let mut start = Vec::new();
        file.by_ref().take(LOOKED_AT as u64).read_to_end(&mut start)?;
        let dialect = Dialect::of(&start, encoding);
        file.seek(SeekFrom::Start(encoding.bom_bytes()))?;
        let mut records = Records::new(BufReader::new(file), dialect.delimiter);
        let mut cells = Vec::new();
        loop {
            match records.next(&mut cells)? {
                NextRecord::Record { line, .. } if line >= dialect.header_line => break,
                NextRecord::Record { .. } | NextRecord::Refused { .. } => {}
                NextRecord::Lost { .. } | NextRecord::End => {
                    cells.clear();
                    break;
                }
            }
        }
        if cells.len() > limits::IMPORT_COLUMNS_MAX {
            let columns_max = limits::IMPORT_COLUMNS_MAX;
            return Err(ImportError::TooManyColumns { columns_max });
        }
        let mut notes = notes_of(dialect);
        let header: Vec<_> = cells.iter().map(|cell| encoding.decode(cell).0).collect();
        let names = names(header, dialect.has_row_names, &mut notes);
        Ok(Self { records, encoding, names, notes, rows_empty: 0 })
    }

    /// The names of the columns, each once.
    pub fn names(&self) -> &[Rc<str>] {
        &self.names
    }

    /// Gives each row to `visit` with its place.
    pub fn read(
        &mut self,
        mut visit: impl FnMut(Position, Result<RawRow, Refusal>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let mut cells = Vec::new();
        loop {
            match self.records.next(&mut cells)? {
                NextRecord::End => return Ok(()),
                NextRecord::Lost { line, refusal } => {
                    return visit(Position::of_line(line), Err(refusal));
                }
                NextRecord::Refused { line, refusal } => {
                    visit(Position::of_line(line), Err(refusal))?;
                }
                NextRecord::Record { .. } if cells.iter().all(Vec::is_empty) => {
                    self.rows_empty += u64::from(cells.len() > 1);
                }
                NextRecord::Record { line, is_ended, is_odd } => {
                    visit(Position::of_line(line), self.row(&cells, is_ended, is_odd))?;
                }
            }
        }
    }

    fn row(&self, cells: &[Vec<u8>], is_ended: bool, is_odd: bool) -> Result<RawRow, Refusal> {
        let mut row = RawRow::default();
        let mut note = |code, is: bool| {
            if is {
                row.notes.push((code, Told::default()));
            }
        };
        let (count, named) = (cells.len(), self.names.len());
        if count > named && cells[named..].iter().any(|cell| !cell.is_empty()) {
            let told = Told { limit: Some(named as u64), ..Told::value(&count.to_string()) };
            return Err(Refusal::new(RefusalCode::ColumnsMismatch, told));
        }
        if count < named && !is_ended {
            return Err(RefusalCode::RowCut.into());
        }
        note(NoteCode::RowsShort, count < named);
        note(NoteCode::RowsLong, count > named);
        note(NoteCode::QuotesOdd, is_odd);
        for (name, cell) in self.names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            let (text, is_broken) = self.encoding.decode(cell);
            if is_broken {
                row.notes.push((NoteCode::BytesMixed, Told::value(&text).in_column(name)));
            }
            row.cells.push((name.clone(), Answer::Text(text)));
        }
        Ok(row)
    }
}

fn notes_of(dialect: Dialect) -> Vec<(NoteCode, Told)> {
    let mut notes = Vec::new();
    if dialect.delimiter != b',' {
        let sign = match dialect.delimiter {
            b'\t' => "TAB".to_owned(),
            other => char::from(other).to_string(),
        };
        notes.push((NoteCode::Delimiter, Told::value(&sign)));
    }
    if dialect.has_lines_above {
        let line = Told::value(&dialect.header_line.to_string());
        notes.push((NoteCode::LinesBeforeHeader, line));
    }
    if dialect.has_row_names {
        notes.push((NoteCode::RowNames, Told::default()));
    }
    notes
}

/// Column names, each once; one without a name is called by its number.
fn names(
    header: Vec<String>,
    has_row_names: bool,
    notes: &mut Vec<(NoteCode, Told)>,
) -> Vec<Rc<str>> {
    let mut names: Vec<Rc<str>> = Vec::with_capacity(header.len());
    let first = has_row_names.then(String::new);
    for (at, name) in first.into_iter().chain(header).enumerate() {
        let own = usable(&name);
        if own.len() < name.trim().len() {
            notes.push((NoteCode::ColumnNameLong, Told::value(&own).in_column(&name)));
        }
        let base = if own.is_empty() { format!("column {}", at + 1) } else { own };
        let mut once = base.clone();
        let mut nth = 1;
        while names.iter().any(|other| **other == *once) {
            nth += 1;
            once = format!("{base} ({nth})");
        }
        if nth > 1 {
            notes.push((NoteCode::ColumnRepeated, Told::value(&once).in_column(&base)));
        }
        names.push(once.into());
    }
    names
}

/// A name that can be the key of an answer, with room for a number.
fn usable(name: &str) -> String {
    let name = chasqui_shared::label(name.trim());
    let mut end = name.len().min(chasqui_shared::limits::ANSWER_KEY_BYTES_MAX - 8);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].trim_end().to_owned()
}

#[cfg(test)]
mod tests;
