//! What the fields of a version hold.

use serde::{Deserialize, Serialize};

use crate::id::ContentHash;

/// The format that this software writes.
pub const VERSION_FORMAT: u8 = 1;

/// What a record is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something seen at one place.
    #[default]
    Observation,
    /// A path that was walked.
    Track,
    /// A device that takes part; see [`crate::Member`].
    Member,
    /// What managers decided for the project; see [`crate::Settings`].
    Settings,
}

impl Kind {
    /// Whether records of this kind are of what was seen, and shown among the observations.
    pub fn is_seen(self) -> bool {
        matches!(self, Self::Observation | Self::Track)
    }
}

/// What the author was allowed to do when the version was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Records and edits.
    Monitor,
    /// Also deletes and resolves.
    Manager,
}

/// What a version does to its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Makes the record, or changes fields.
    Edit,
    /// Hides the record; nothing is removed.
    Delete,
    /// Settles the heads that it names as parents.
    Resolve,
}

/// One answer to a question of a form. No fractions: a decimal is text, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Answer {
    /// Yes or no.
    Boolean(bool),
    /// A count.
    Integer(i64),
    /// Words, or a decimal number as written.
    Text(String),
    /// Several choices.
    Choices(Vec<String>),
}

/// A photo, sound or film by its hash; the file itself travels after the records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MediaRef {
    /// BLAKE3 of the file.
    pub hash: ContentHash,
    /// Size of the file.
    pub bytes: u64,
    /// Media type, such as `image/jpeg`.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The name it had on the phone.
    pub name: String,
}

impl Answer {
    /// Bytes of its words.
    pub(crate) fn text_bytes(&self) -> usize {
        match self {
            Answer::Boolean(_) | Answer::Integer(_) => 0,
            Answer::Text(text) => text.len(),
            Answer::Choices(choices) => choices.iter().map(|choice| choice.len() + 1).sum(),
        }
    }
}
