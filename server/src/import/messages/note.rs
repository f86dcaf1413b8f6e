//! Something that a person should know of how a file was read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{position::Position, told::Told};
#[cfg(doc)]
use crate::limits;

/// Something that a person should know of how a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// Stable, in snake_case.
    pub code: String,
    /// How many rows it is about; 0 where it is about the file.
    pub count: u64,
    /// What the first of them is about.
    #[serde(flatten)]
    pub told: Told,
    /// Where the first of them begin, at most [`limits::IMPORT_NOTED_ROWS_MAX`].
    pub at: Vec<Position>,
    /// In English.
    pub message: String,
}
