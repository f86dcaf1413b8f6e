//! Where a row stands in its file, so that a person finds it again.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest name of a row, in characters.
const NAME_CHARS_MAX: usize = 60;

/// Where a row begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RowPosition)]
pub struct Position {
    /// From 1; a CSV file's first line is line 1.
    pub line: u64,
    /// Which byte of the line, from 1; of features, many of which may stand in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub character: Option<u64>,
    /// Which feature of the file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<u64>,
    /// The id or name that the row has in its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Position {
    /// A row of a table.
    pub fn of_line(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// With what the row is called there.
    #[must_use]
    pub fn named(self, name: Option<&str>) -> Self {
        let name = name.map(|name| name.chars().take(NAME_CHARS_MAX).collect());
        Self { name: name.or(self.name), ..self }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(feature) = self.feature {
            write!(f, "feature {feature}, ")?;
        }
        write!(f, "line {}", self.line)?;
        if let Some(character) = self.character {
            write!(f, ", character {character}")?;
        }
        match &self.name {
            Some(name) => write!(f, " ({name})"),
            None => Ok(()),
        }
    }
}
