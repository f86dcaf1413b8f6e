//! Rows of a CSV file: a header row, then an observation a row.

use std::io::{Read, Seek, SeekFrom};

use chasqui_shared::Answer;
use csv::{ByteRecord, Reader, ReaderBuilder, Trim};

use super::{
    ImportError, Refusal, Row,
    allowance::{Allowance, Rationed},
    columns::{Column, columns},
    date::{DateOrder, order_of},
    degrees::read_location,
    fields::Fields,
    survey::Encoding,
};
use crate::{limits, zone::Zone};

/// Bytes that are read ahead of a row.
const READ_AHEAD: usize = 64 * 1024;

/// What the file turned out to be, for the notes of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Habits {
    /// Between columns.
    pub delimiter: u8,
    /// Which number of a date is the day, where that can be doubted.
    pub order: DateOrder,
    /// Whether rows have an id.
    pub has_ids: bool,
}

/// A file whose header row was read.
pub(super) struct Table<R: Read> {
    reader: Reader<Rationed<R>>,
    allowance: Allowance,
    encoding: Encoding,
    names: Vec<String>,
    columns: Vec<Column>,
    /// Places of latitude and longitude.
    place: (usize, usize),
    /// Of times that name none.
    zone: Zone,
    /// How it is written.
    pub habits: Habits,
}

impl<R: Read + Seek> Table<R> {
    /// Reads the header row, and the dates of all rows, since one may tell how the others are meant.
    pub fn open(mut file: R, encoding: Encoding, zone: &Zone) -> Result<Self, ImportError> {
        let delimiter = delimiter(&mut file, encoding)?;
        let mut table = Self::read_header(file, encoding, delimiter, zone)?;
        table.habits.order = table.date_order()?;
        let file = table.reader.into_inner().into_inner();
        let order = table.habits.order;
        let mut table = Self::read_header(file, encoding, delimiter, zone)?;
        table.habits.order = order;
        Ok(table)
    }

    fn read_header(
        mut file: R,
        encoding: Encoding,
        delimiter: u8,
        zone: &Zone,
    ) -> Result<Self, ImportError> {
        file.seek(SeekFrom::Start(encoding.bom_bytes()))?;
        let allowance = Allowance::default();
        allowance.renew(limits::IMPORT_ROW_BYTES_MAX + READ_AHEAD);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(Trim::All)
            .buffer_capacity(READ_AHEAD)
            .from_reader(Rationed::new(file, allowance.clone()));
        let header = reader.byte_headers().map_err(read_error)?.clone();
        if header.len() > limits::IMPORT_COLUMNS_MAX {
            let columns_max = limits::IMPORT_COLUMNS_MAX;
            return Err(ImportError::TooManyColumns { columns_max });
        }
        let names = names(&header, encoding);
        let columns = columns(&names);
        let find = |column, missing| {
            let found = || names.join(", ").chars().take(500).collect();
            columns
                .iter()
                .position(|c| *c == column)
                .ok_or_else(|| ImportError::NoCoordinateColumns { missing, found: found() })
        };
        let place = (find(Column::Latitude, "latitude")?, find(Column::Longitude, "longitude")?);
        let has_ids = columns.contains(&Column::Id);
        let habits = Habits { delimiter, order: DateOrder::default(), has_ids };
        let zone = zone.clone();
        Ok(Self { reader, allowance, encoding, names, columns, place, zone, habits })
    }

    fn date_order(&mut self) -> Result<DateOrder, ImportError> {
        let Some(column) = self.columns.iter().position(|column| *column == Column::Date) else {
            return Ok(DateOrder::default());
        };
        let mut record = ByteRecord::new();
        loop {
            self.allowance.renew(limits::IMPORT_ROW_BYTES_MAX + READ_AHEAD);
            match self.reader.read_byte_record(&mut record) {
                Ok(true) => {}
                // Whatever cannot be read is reported when the rows are.
                Ok(false) | Err(_) => return Ok(DateOrder::default()),
            }
            let date = record.get(column).map(|cell| self.encoding.decode(cell));
            if let Some(order) = date.as_deref().and_then(order_of) {
                return Ok(order);
            }
        }
    }

    /// Gives each row to `visit` with its line.
    pub fn read(
        &mut self,
        mut visit: impl FnMut(u64, Result<Row, Refusal>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let mut record = ByteRecord::new();
        loop {
            self.allowance.renew(limits::IMPORT_ROW_BYTES_MAX + READ_AHEAD);
            let begins_at = self.reader.position().line();
            match self.reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(_) if self.allowance.is_exceeded() => {
                    let message = format!(
                        "the row has more than {} bytes, perhaps by a quote that is never closed; \
                         nothing after it was read",
                        limits::IMPORT_ROW_BYTES_MAX
                    );
                    return visit(begins_at, Err(Refusal::new("row_too_long", message)));
                }
                Err(error) => return Err(read_error(error)),
            }
            let line = record.position().map_or(begins_at, csv::Position::line);
            visit(line, self.row(&record))?;
        }
    }

    fn row(&self, record: &ByteRecord) -> Result<Row, Refusal> {
        if record.len() != self.names.len() {
            let (has, wants) = (record.len(), self.names.len());
            let message = format!("the row has {has} values under {wants} column names");
            return Err(Refusal::new("columns_mismatch", message));
        }
        let cell = |at: usize| record.get(at).map(|cell| self.encoding.decode(cell));
        let (lat, lon) = self.place;
        let location =
            read_location(&cell(lat).unwrap_or_default(), &cell(lon).unwrap_or_default())?;
        let mut fields = Fields::default();
        for (at, (column, name)) in self.columns.iter().zip(&self.names).enumerate() {
            let value = cell(at).unwrap_or_default();
            if !value.is_empty() && at != lat && at != lon {
                fields.put(*column, name, Answer::Text(value));
            }
        }
        fields.into_row(Some(location), self.habits.order, &self.zone)
    }
}

/// The most frequent of comma, semicolon and tab in the header row.
fn delimiter(file: &mut (impl Read + Seek), encoding: Encoding) -> Result<u8, ImportError> {
    file.seek(SeekFrom::Start(encoding.bom_bytes()))?;
    let mut start = Vec::new();
    file.take(READ_AHEAD as u64).read_to_end(&mut start)?;
    let header = start.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty());
    let header = header.unwrap_or_default();
    let count = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    // The first of equals is the last that `max_by_key` finds.
    Ok([b'\t', b';', b','].into_iter().max_by_key(|d| count(*d)).unwrap_or(b','))
}

/// Column names, each once; one without a name is called by its number.
fn names(header: &ByteRecord, encoding: Encoding) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (at, cell) in header.iter().enumerate() {
        let name = encoding.decode(cell);
        let usable = !name.is_empty()
            && name.len() <= chasqui_shared::limits::ANSWER_KEY_BYTES_MAX
            && !names.contains(&name);
        names.push(if usable { name } else { format!("column {}", at + 1) });
    }
    names
}

fn read_error(error: csv::Error) -> ImportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ImportError::Read(error),
        other => ImportError::Read(std::io::Error::other(format!("{other:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use chasqui_shared::Code;

    use super::*;

    type Rows = Vec<(u64, Result<Row, Refusal>)>;

    fn read_all(text: &[u8], encoding: Encoding) -> Result<(Rows, Habits), ImportError> {
        let mut table = Table::open(Cursor::new(text.to_vec()), encoding, &Zone::of_machine())?;
        let mut rows = Vec::new();
        table.read(|line, row| {
            rows.push((line, row));
            Ok(())
        })?;
        Ok((rows, table.habits))
    }

    #[test]
    fn rows_are_told_by_their_line_also_after_one_of_several_lines() {
        let text = b"id,lat,lon,note\n1,-3.7,-73.2,\"two\nlines\"\n2,x,-73.2,\n3,,,\n4,1,2\n";
        let (rows, habits) = read_all(text, Encoding::Utf8).unwrap();
        let told: Vec<_> = rows
            .iter()
            .map(|(line, row)| (*line, row.as_ref().map_or_else(|r| r.code, |_| "")))
            .collect();
        assert_eq!(
            told,
            [(2, ""), (4, "latitude_unreadable"), (5, "no_location"), (6, "columns_mismatch")]
        );
        assert!(habits.has_ids);
        assert_eq!(rows[0].1.as_ref().unwrap().draft.note, "two\nlines");
    }

    #[test]
    fn a_spreadsheet_in_spanish_is_read() {
        let text = b"Latitud;Longitud;Fecha;Descripci\xf3n\n-3,7491;-73,25;23/11/2026;r\xedo\n";
        let (rows, habits) = read_all(text, Encoding::Latin1).unwrap();
        let draft = &rows[0].1.as_ref().unwrap().draft;
        assert_eq!(habits.delimiter, b';');
        assert_eq!(draft.note, "río");
        assert_eq!(draft.location.unwrap().lat.as_e7(), -37_491_000);
        assert_eq!(draft.observed_at.unwrap().to_string(), "2026-11-23");
    }

    #[test]
    fn a_date_that_only_an_american_could_have_written_tells_of_the_others() {
        let text = b"lat,lon,date\n1,1,03/04/2026\n1,2,03/25/2026\n";
        let (rows, _) = read_all(text, Encoding::Utf8).unwrap();
        let at = rows[0].1.as_ref().unwrap().draft.observed_at.unwrap();
        assert_eq!(at.to_string(), "2026-03-04");
    }

    #[test]
    fn a_quote_that_is_never_closed_ends_the_file_with_a_refusal() {
        let mut text = b"lat,lon,note\n1,1,fine\n2,2,\"open\n".to_vec();
        text.resize(text.len() + 2 * limits::IMPORT_ROW_BYTES_MAX, b'x');
        let (rows, _) = read_all(&text, Encoding::Utf8).unwrap();
        assert!(rows[0].1.is_ok());
        assert_eq!(rows[1].0, 3);
        assert_eq!(rows[1].1.as_ref().unwrap_err().code, "row_too_long");
    }

    #[test]
    fn a_header_without_coordinates_is_refused_with_what_it_has() {
        let error = read_all(b"name,lon\nx,1\n", Encoding::Utf8).unwrap_err();
        assert_eq!(error.code(), Code::NoCoordinateColumns);
        assert!(error.to_string().contains("latitude; it has: name, lon"), "{error}");
    }
}
