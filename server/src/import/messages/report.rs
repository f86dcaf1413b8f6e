//! What became of a file.

use chasqui_shared::RecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{code::NoteCode, note::Note, position::Position, told::Told, words};
use crate::{import::messages::refusal::Refusal, limits};

/// What became of a file, row by row where a row was not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// Rows that are new records.
    pub added: u64,
    /// Rows that are held already, and rows that repeat another row.
    pub known: u64,
    /// Rows that were logged as a change of a record that was here, which was asked for.
    pub changed: u64,
    /// Rows that say something else of a record that is here, and that were not taken.
    pub differing: u64,
    /// Rows that cannot be taken.
    pub refused: u64,
    /// The refused rows, the first [`limits::IMPORT_REFUSED_LISTED_MAX`] of them.
    pub rows: Vec<RefusedRow>,
    /// The rows of `differing` or of `changed`, as many at most.
    pub changes: Vec<ChangedRow>,
    /// `UTF-8`, `UTF-8 with BOM`, `UTF-16` or `Latin-1`.
    pub encoding: String,
    /// How the file was read, as far as a person should know.
    pub notes: Vec<Note>,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RefusedRow {
    /// Where it begins.
    #[serde(flatten)]
    pub position: Position,
    /// Stable, in snake_case.
    pub code: String,
    /// What it is about.
    #[serde(flatten)]
    pub told: Told,
    /// In English.
    pub message: String,
}

/// A row that says something else of a record that is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangedRow {
    /// Where it begins.
    #[serde(flatten)]
    pub position: Position,
    /// The record.
    pub record: RecordId,
}

impl Report {
    /// Counts a refused row, and lists it while the list is short enough.
    pub(in crate::import) fn refuse(&mut self, position: Position, refusal: Refusal) {
        self.refused += 1;
        if self.rows.len() < limits::IMPORT_REFUSED_LISTED_MAX {
            let (code, message) = (refusal.code.as_str().to_owned(), refusal.message());
            self.rows.push(RefusedRow { position, code, told: refusal.told, message });
        }
    }

    /// Lists a row that says something else of a record, while the list is short enough.
    pub(in crate::import) fn change(&mut self, position: Position, record: RecordId) {
        if self.changes.len() < limits::IMPORT_REFUSED_LISTED_MAX {
            self.changes.push(ChangedRow { position, record });
        }
    }

    /// Notes something of the file, or of one more row.
    pub(in crate::import) fn note(
        &mut self,
        code: NoteCode,
        told: Told,
        position: Option<Position>,
    ) {
        let rows = u64::from(position.is_some());
        self.note_rows(code, told, rows, position);
    }

    /// Notes something of so many rows.
    pub(in crate::import) fn note_rows(
        &mut self,
        code: NoteCode,
        told: Told,
        rows: u64,
        position: Option<Position>,
    ) {
        // Of the file each has its own.
        let same = |note: &&mut Note| note.code == code.as_str() && (rows > 0 || note.told == told);
        if let Some(note) = self.notes.iter_mut().find(same) {
            note.count += rows;
            let is_listed = note.at.len() < limits::IMPORT_NOTED_ROWS_MAX;
            note.at.extend(position.filter(|_| is_listed));
            return;
        }
        let at = position.into_iter().collect();
        let code = code.as_str().to_owned();
        self.notes.push(Note { code, count: rows, told, at, message: String::new() });
    }

    /// Writes the sentences, and puts the rows in the order of their file.
    pub(in crate::import) fn finish(&mut self) {
        let unlisted = self.refused.saturating_sub(self.rows.len() as u64);
        if unlisted > 0 {
            self.note_rows(NoteCode::RefusedUnlisted, Told::default(), unlisted, None);
        }
        let unlisted = (self.differing + self.changed).saturating_sub(self.changes.len() as u64);
        if unlisted > 0 {
            self.note_rows(NoteCode::ChangesUnlisted, Told::default(), unlisted, None);
        }
        let order = |at: &Position| (at.line, at.character, at.feature);
        self.rows.sort_by_key(|row| order(&row.position));
        self.changes.sort_by_key(|row| order(&row.position));
        self.notes
            .sort_by_key(|note| NoteCode::ALL.iter().position(|code| code.as_str() == note.code));
        for note in &mut self.notes {
            note.message = words::note(note);
        }
    }
}
