//! A whole file, from its first look to its report.

use std::{
    fs::File,
    io::{Seek, SeekFrom},
    path::Path,
    sync::Arc,
};

use super::{
    columns::{evidence::Evidence, names::Column, raw::RawRow},
    csv::csv_rows::Table,
    dates::order::DateOrder,
    error::ImportError,
    geojson::geojson_rows,
    messages::{
        code::{NoteCode, RefusalCode},
        position::Position,
        report::Report,
        told::Told,
    },
    places::region::{Region, Whereabouts},
    rows::{
        intake::{OnChange, Taken, take},
        reading::{ReadRow, Reading},
        row::Row,
        rows_seen::RowsSeen,
    },
    text::{
        survey::{Encoding, FileKind, Survey, survey},
        utf16,
    },
};
use crate::import::messages::refusal::Refusal;
use crate::{
    limits,
    store::{Query, Store},
    system::{
        progress::{Progress, Watch, Work},
        zone::Zone,
    },
};

/// Records of the project that are looked at for where its places lie.
const PLACES_LOOKED_AT: usize = 1_000;

/// How a file is to be taken.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Of times that name none.
    pub zone: Zone,
    /// Of rows that say something else of a record that is here.
    pub on_change: OnChange,
    /// Whether rows of a table are taken that have no place.
    pub without_place: bool,
}

impl ImportOptions {
    /// Nothing that is here is changed, and every row of a table has a place.
    pub fn new(zone: Zone) -> Self {
        Self { zone, on_change: OnChange::Leave, without_place: false }
    }
}

/// Takes the observations of a file. Blocks; each [`limits::IMPORT_ROWS_PER_COMMIT`] rows are
/// durable together.
///
/// The file is read twice: what all of its rows show together decides what each of them means.
/// `name` is the file's name as people know it; it says where a record comes from, and never which
/// record it is.
pub fn import_file(
    store: &Store,
    path: &Path,
    name: &str,
    options: &ImportOptions,
    watch: Watch<'_>,
) -> Result<Report, ImportError> {
    if name.is_empty() || name.len() > limits::SOURCE_BYTES_MAX {
        return Err(ImportError::SourceName { bytes_max: limits::SOURCE_BYTES_MAX });
    }
    // Kept until all is read.
    let decoded = utf16::as_utf8(path)?;
    let path = decoded.as_ref().map_or(path, |file| file.path());
    let mut file = File::open(path)?;
    let survey = survey(&mut file)?;
    let mut evidence = Evidence::default();
    let names = |table: &Table<File>| Evidence::of_table(table.names());
    if survey.kind == FileKind::Csv {
        evidence = names(&Table::open(File::open(path)?, survey.encoding)?);
    }
    let mut rows = 0;
    walk(path, &survey, |_, raw| {
        rows += 1;
        if let Ok(raw) = raw {
            evidence.see(&raw);
        }
        Ok(())
    })?;
    let reading = Reading::of(&evidence, &options.zone, middle_of(store)?);
    let may_lack_place = options.without_place;
    if survey.kind == FileKind::Csv && !may_lack_place && !reading.plan().has_place() {
        return Err(no_place(&evidence));
    }
    let (hash, proposed) = (survey.hash, name.to_owned());
    let source = store.write_blocking(0, move |log| log.source_of(hash, &proposed))?;
    let mut import = Import::new(store, source, &reading, options.on_change);
    let mut progress = Progress { work: Work::Rows, done: 0, total: rows };
    let beside = walk(path, &survey, |position, raw| {
        progress.done += 1;
        watch(progress);
        let raw =
            raw.map(|raw| RawRow { may_lack_place: raw.may_lack_place || may_lack_place, ..raw });
        import.row(position, raw.and_then(|raw| reading.row(raw)))
    })?;
    import.note_file(&survey, &beside);
    let encoding = if decoded.is_some() { utf16::NAME } else { survey.encoding.name() };
    import.finish(encoding)
}

/// What was found beside the rows.
#[derive(Debug, Default)]
struct Beside {
    notes: Vec<(NoteCode, Told)>,
    rows_empty: u64,
    not_numbers: u64,
}

/// Reads the rows of a file from its beginning.
fn walk(
    path: &Path,
    survey: &Survey,
    visit: impl FnMut(Position, Result<RawRow, Refusal>) -> Result<(), ImportError>,
) -> Result<Beside, ImportError> {
    let mut file = File::open(path)?;
    match survey.kind {
        FileKind::Csv => {
            let mut table = Table::open(file, survey.encoding)?;
            table.read(visit)?;
            Ok(Beside { notes: table.notes, rows_empty: table.rows_empty, not_numbers: 0 })
        }
        FileKind::GeoJson if survey.encoding == Encoding::Latin1 => Err(ImportError::NotText),
        FileKind::GeoJson => {
            file.seek(SeekFrom::Start(survey.encoding.bom_bytes()))?;
            let not_numbers = geojson_rows::read(file, visit)?;
            Ok(Beside { not_numbers, ..Beside::default() })
        }
    }
}

/// Where the places of the project lie, by its latest records.
fn middle_of(store: &Store) -> Result<Option<Whereabouts>, ImportError> {
    let mut region = Region::default();
    store.view()?.search(&Query::default(), None, None, PLACES_LOOKED_AT, |shown| {
        if let Some((lat, lon)) = shown.place {
            region.see_degrees(lat.degrees(), lon.degrees());
        }
        Ok(())
    })?;
    Ok(region.middle())
}

fn no_place(evidence: &Evidence) -> ImportError {
    let has = |column| evidence.columns.iter().any(|seen| seen.may_be(column).is_some());
    let missing = if has(Column::Latitude) { "longitude" } else { "latitude" };
    let names: Vec<&str> = evidence.columns.iter().map(|seen| &*seen.name).collect();
    let found = names.join(", ").chars().take(500).collect();
    ImportError::NoCoordinateColumns { missing, found }
}

/// A file that is being read.
struct Import<'a> {
    store: &'a Store,
    source: String,
    reading: &'a Reading,
    on_change: OnChange,
    report: Report,
    counters: Arc<[String]>,
    seen: RowsSeen,
    /// Rows that wait for the next commit.
    waiting: Vec<Waiting>,
}

struct Waiting {
    position: Position,
    row: Row,
    notes: Vec<(NoteCode, Told)>,
}

impl<'a> Import<'a> {
    fn new(store: &'a Store, source: String, reading: &'a Reading, on_change: OnChange) -> Self {
        let counters = reading.plan().counters.iter().map(|name| name.to_string()).collect();
        Self {
            store,
            source,
            reading,
            on_change,
            report: Report::default(),
            counters,
            seen: RowsSeen::default(),
            waiting: Vec::new(),
        }
    }

    fn row(
        &mut self,
        position: Position,
        row: Result<ReadRow, Refusal>,
    ) -> Result<(), ImportError> {
        match row {
            Err(refusal) => self.report.refuse(position, refusal),
            Ok(ReadRow { draft, id, counter, mut notes }) => {
                match self.seen.identify(&draft, &self.counters, id, counter, &mut notes) {
                    None => self.report.refuse(position, RefusalCode::Malformed.into()),
                    Some(identity) => {
                        let row = Row { identity, draft, counters: self.counters.clone() };
                        self.waiting.push(Waiting { position, row, notes });
                    }
                }
            }
        }
        if self.waiting.len() >= limits::IMPORT_ROWS_PER_COMMIT {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), ImportError> {
        let waiting = std::mem::take(&mut self.waiting);
        let (rows, told): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|w| (w.row, (w.position, w.notes))).unzip();
        let (source, on_change) = (self.source.clone(), self.on_change);
        let taken = self.store.write_blocking(rows.len(), move |log| {
            let take = |row: &Row| take(log, &source, row, on_change);
            rows.iter().map(take).collect::<Result<Vec<_>, _>>()
        })?;
        for (taken, (position, notes)) in taken.into_iter().zip(told) {
            let report = &mut self.report;
            match taken {
                Taken::Added(_) => report.added += 1,
                Taken::Known(_) => report.known += 1,
                Taken::Changed(record) => {
                    report.changed += 1;
                    report.change(position.clone(), record);
                }
                Taken::Differs(record) => {
                    report.differing += 1;
                    report.change(position.clone(), record);
                }
                Taken::Refused(refusal) => {
                    report.refuse(position, refusal);
                    continue;
                }
            }
            for (code, told) in notes {
                report.note(code, told, Some(position.clone()));
            }
        }
        Ok(())
    }

    fn note_file(&mut self, survey: &Survey, beside: &Beside) {
        let report = &mut self.report;
        if survey.encoding == Encoding::Latin1 {
            report.note(NoteCode::Latin1, Told::default(), None);
        }
        for (code, told) in &beside.notes {
            report.note(*code, told.clone(), None);
        }
        if beside.rows_empty > 0 {
            report.note_rows(NoteCode::RowsEmpty, Told::default(), beside.rows_empty, None);
        }
        if beside.not_numbers > 0 {
            let told = Told::value(&beside.not_numbers.to_string());
            report.note(NoteCode::JsonNan, told, None);
        }
        let plan = self.reading.plan();
        if plan.order == DateOrder::MonthFirst {
            report.note(NoteCode::MonthFirst, Told::default(), None);
        }
        if let Some(name) = &plan.date {
            report.note(NoteCode::DateColumn, Told::default().in_column(name), None);
        }
        match &plan.id {
            Some(name) => report.note(NoteCode::IdColumn, Told::default().in_column(name), None),
            None if survey.kind == FileKind::Csv => {
                report.note(NoteCode::NoIds, Told::default(), None);
            }
            None => {}
        }
    }

    fn finish(mut self, encoding: &str) -> Result<Report, ImportError> {
        self.commit()?;
        self.report.encoding = encoding.into();
        self.report.finish();
        Ok(self.report)
    }
}
