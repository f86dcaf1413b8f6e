//! What became of a file.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refusal;
use crate::limits;

/// What became of a file, row by row where a row was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// Rows that are new, or say something new of a record that is held.
    pub added: u64,
    /// Rows that are held already, and rows that repeat another row.
    pub known: u64,
    /// Rows that were not taken.
    pub refused: u64,
    /// The refused rows, the first [`limits::IMPORT_REFUSED_LISTED_MAX`] of them.
    pub rows: Vec<RefusedRow>,
    /// `UTF-8`, `UTF-8 with BOM` or `Latin-1`.
    pub encoding: String,
    /// Sentences about how the file was read, for people.
    pub notes: Vec<String>,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RefusedRow {
    /// Where it begins in the file, from 1; a CSV file's header row is line 1.
    pub line: u64,
    /// Stable, snake_case.
    pub code: String,
    /// For people.
    pub message: String,
}

impl Report {
    /// Counts a refused row, and lists it while the list is short enough.
    pub(super) fn refuse(&mut self, line: u64, refusal: Refusal) {
        self.refused += 1;
        if self.rows.len() < limits::IMPORT_REFUSED_LISTED_MAX {
            self.rows.push(RefusedRow {
                line,
                code: refusal.code.into(),
                message: refusal.message,
            });
        }
    }
}
