//! Observations from files and scripts: GeoJSON (RFC 7946 points) and CSV, a row at a time.
//!
//! A file is read twice: once for what its rows show together (`evidence`, then `plan`: what each
//! column becomes, how dates are written, by what rows are known again), and once to take them
//! (`reading`, then [`take`]). A row that cannot be taken is reported with its place and the
//! reason; none is dropped silently, and none stops the others. What was read in a way that could
//! have been meant otherwise is noted. It knows no HTTP.
//!
//! The sums: a file of a million rows has some 300 MB and is read in pieces of a row; 500 rows
//! share a commit.

mod columns;
mod csv;
mod dates;
mod error;
mod file;
mod geojson;
mod messages;
mod places;
mod rows;
#[cfg(test)]
mod tests;
mod text;

pub use columns::identity::by_itself;
pub use error::ImportError;
pub use file::{ImportOptions, import_file};
pub use messages::code::{NoteCode, RefusalCode};
pub use messages::note::Note;
pub use messages::position::Position;
pub use messages::refusal::Refusal;
pub use messages::report::{ChangedRow, RefusedRow, Report};
pub use messages::told::Told;
pub use rows::feature::row_of_feature;
pub use rows::intake::{OnChange, Taken, take};
pub use rows::row::{Identity, Row};
