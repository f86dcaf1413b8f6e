//! The values that belong to a code, for the sentence that is made of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest value that is repeated from a file, in characters.
const VALUE_CHARS_MAX: usize = 80;

/// What a refusal or a note is about; what does not apply is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Told {
    /// The name of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What stands in the file, or what it was taken for; its first characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The largest that would be taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

impl Told {
    /// About a value.
    pub fn value(value: &str) -> Self {
        Self { value: Some(short(value)), ..Self::default() }
    }

    /// About a limit.
    pub fn limit(limit: usize) -> Self {
        Self { limit: Some(limit as u64), ..Self::default() }
    }

    /// In this column.
    #[must_use]
    pub fn in_column(self, column: &str) -> Self {
        Self { column: Some(short(column)), ..self }
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(VALUE_CHARS_MAX).collect()
}
