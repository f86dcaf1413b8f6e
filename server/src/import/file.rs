//! A whole file, from its first look to its report.

use std::{
    collections::HashMap,
    fs::File,
    io::{Seek, SeekFrom},
    path::Path,
};

use super::{
    ImportError, Refusal, Report, Row, Taken,
    csv_rows::Table,
    date::DateOrder,
    geojson_rows,
    survey::{Encoding, FileKind, survey},
    take,
};
use crate::{limits, store::Store, zone::Zone};

/// Takes the observations of a file. Blocks; each [`limits::IMPORT_ROWS_PER_COMMIT`] rows are durable together.
///
/// `name` is the file's name as people know it: short ids of its rows are of this source, unless the very same bytes
/// were imported before under another name. Times that name no zone are of `zone`.
pub fn import_file(
    store: &Store,
    path: &Path,
    name: &str,
    zone: &Zone,
) -> Result<Report, ImportError> {
    if name.is_empty() || name.len() > limits::SOURCE_BYTES_MAX {
        return Err(ImportError::SourceName { bytes_max: limits::SOURCE_BYTES_MAX });
    }
    let mut file = File::open(path)?;
    let survey = survey(&mut file)?;
    let (hash, proposed) = (survey.hash, name.to_owned());
    let source = store.write_blocking(0, move |log| log.source_of(hash, &proposed))?;
    let mut import = Import::new(store, source);
    import.report.encoding = survey.encoding.name().into();
    match survey.kind {
        FileKind::Csv => {
            let mut table = Table::open(file, survey.encoding, zone)?;
            import.note_habits(&table);
            table.read(|line, row| import.row(line, row))?;
        }
        FileKind::GeoJson => {
            if survey.encoding == Encoding::Latin1 {
                return Err(ImportError::NotText);
            }
            file.seek(SeekFrom::Start(survey.encoding.bom_bytes()))?;
            geojson_rows::read(file, zone, |line, row| import.row(line, row))?;
        }
    }
    import.finish(survey.encoding, zone)
}

/// A file that is being read.
struct Import<'a> {
    store: &'a Store,
    source: String,
    report: Report,
    /// Rows that wait for the next commit, with their lines.
    waiting: Vec<(u64, Row)>,
    /// Hash of each id that was met → hash of the row that had it.
    ids: HashMap<[u8; 16], [u8; 16]>,
    repeated_ids: u64,
    undated: u64,
    without_zone: u64,
    at_zero: u64,
}

impl<'a> Import<'a> {
    fn new(store: &'a Store, source: String) -> Self {
        Self {
            store,
            source,
            report: Report::default(),
            waiting: Vec::new(),
            ids: HashMap::new(),
            repeated_ids: 0,
            undated: 0,
            without_zone: 0,
            at_zero: 0,
        }
    }

    fn row(&mut self, line: u64, row: Result<Row, Refusal>) -> Result<(), ImportError> {
        match row {
            Err(refusal) => self.report.refuse(line, refusal),
            Ok(mut row) => {
                self.tell_apart(&mut row);
                let place = row.draft.location;
                self.undated += u64::from(row.draft.observed_at.is_none());
                self.without_zone += u64::from(row.draft.zone_assumed);
                self.at_zero +=
                    u64::from(place.is_some_and(|at| at.lat.as_e7() == 0 && at.lon.as_e7() == 0));
                self.waiting.push((line, row));
            }
        }
        if self.waiting.len() >= limits::IMPORT_ROWS_PER_COMMIT {
            self.commit()?;
        }
        Ok(())
    }

    /// An id that another row of the file has tells nothing; that row is known by its content instead.
    fn tell_apart(&mut self, row: &mut Row) {
        let Some(id) = &row.id else { return };
        let short = |hash: blake3::Hash| {
            let mut short = [0; 16];
            short.copy_from_slice(&hash.as_bytes()[..16]);
            short
        };
        let content = short(blake3::hash(format!("{:?}", row.draft).as_bytes()));
        let first = *self.ids.entry(short(blake3::hash(id.as_bytes()))).or_insert(content);
        if first != content {
            self.repeated_ids += 1;
            row.id = None;
        }
    }

    fn commit(&mut self) -> Result<(), ImportError> {
        let rows = std::mem::take(&mut self.waiting);
        let source = self.source.clone();
        let taken = self.store.write_blocking(rows.len(), move |log| {
            let take = |(line, row): &(u64, Row)| Ok((*line, take(log, &source, row)?));
            rows.iter().map(take).collect::<Result<Vec<_>, _>>()
        })?;
        for (line, taken) in taken {
            match taken {
                Taken::Added(_) => self.report.added += 1,
                Taken::Known(_) => self.report.known += 1,
                Taken::Refused(refusal) => self.report.refuse(line, refusal),
            }
        }
        Ok(())
    }

    fn finish(mut self, encoding: Encoding, zone: &Zone) -> Result<Report, ImportError> {
        self.commit()?;
        let mut notes = std::mem::take(&mut self.report.notes);
        if encoding == Encoding::Latin1 {
            notes.push("The file is not UTF-8; it was read as Latin-1 (windows-1252).".into());
        }
        let of_zone = format!("have a time without a zone, which was taken as of {}", zone.name());
        for (count, sentence) in [
            (self.without_zone, of_zone.as_str()),
            (self.undated, "have no date and carry the moment of their import"),
            (self.repeated_ids, "have the id of another row; their content tells them apart"),
            (self.at_zero, "lie at 0°, 0°, which is often a place that was never measured"),
        ] {
            if count > 0 {
                notes.push(format!("{count} rows {sentence}."));
            }
        }
        let unlisted = self.report.refused - self.report.rows.len() as u64;
        if unlisted > 0 {
            notes.push(format!("{unlisted} more rows were refused than are listed."));
        }
        self.report.rows.sort_by_key(|row| row.line);
        self.report.notes = notes;
        Ok(self.report)
    }

    fn note_habits(&mut self, table: &Table<File>) {
        let notes = &mut self.report.notes;
        match table.habits.delimiter {
            b';' => notes.push("Columns are separated by semicolons.".into()),
            b'\t' => notes.push("Columns are separated by tabs.".into()),
            _ => {}
        }
        if table.habits.order == DateOrder::MonthFirst {
            notes.push("Dates are written with the month first.".into());
        }
        if !table.habits.has_ids {
            notes.push("There is no id column; rows are known again by their content.".into());
        }
    }
}
