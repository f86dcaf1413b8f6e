//! The fields of a view of which heads say different things.

use serde::Serialize;

use crate::{
    id::{DeviceId, VersionId},
    observed_at::ObservedAt,
    record::{
        location::Location,
        version::{Answer, Version},
    },
};

/// A field that heads changed differently since their common ancestor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldConflict {
    /// `observed_at`, `location`, `category`, `note`, or `answers.` and a key.
    pub field: String,
    /// The value that is shown, then the others; each value once, by its best head.
    pub values: Vec<FieldChoice>,
    /// How many other values there are.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// One of several values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChoice {
    /// The head that has it.
    pub version: VersionId,
    /// Who wrote the value: the author of the version that set the field, however often the record
    /// was edited since; absent where more versions lie between than are looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<DeviceId>,
    /// The value; null for "none".
    pub value: FieldValue,
}

/// The value of any field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// Of `observed_at`.
    Time(ObservedAt),
    /// Of `location`.
    Location(Option<Location>),
    /// Of `category` or `note`.
    Text(String),
    /// Of `answers`.
    Answer(Option<Answer>),
}

impl FieldValue {
    /// What a version says in a field of this name.
    pub(super) fn of(version: &Version, field: &str) -> Self {
        match field {
            "observed_at" => Self::Time(version.observed_at),
            "location" => Self::Location(version.location),
            "category" => Self::Text(version.category.clone()),
            "note" => Self::Text(version.note.clone()),
            _ => {
                let key = field.strip_prefix("answers.").unwrap_or(field);
                Self::Answer(version.answers.get(key).cloned())
            }
        }
    }

    pub(super) fn text_bytes(&self) -> usize {
        match self {
            Self::Time(_) | Self::Location(_) | Self::Answer(None) => 0,
            Self::Text(text) => text.len(),
            Self::Answer(Some(answer)) => answer.text_bytes(),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(super) fn is_zero(count: &u64) -> bool {
    *count == 0
}
