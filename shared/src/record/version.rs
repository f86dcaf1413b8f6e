//! One immutable state of a record; [`VersionBytes`] are its identity.

mod bytes;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use self::bytes::{Kin, VersionBytes};

use super::{Location, VersionError};
use crate::{ContentHash, DeviceId, ObservedAt, RecordId, Timestamp, VersionId, is_label, limits};

/// The format that this software writes.
pub const VERSION_FORMAT: u8 = 1;

/// What a record is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Records and edits.
    Monitor,
    /// Also deletes and resolves.
    Manager,
}

/// What a version does to its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// One immutable state of a record.
///
/// Do *not* add, rename or reorder fields: the deterministic CBOR (RFC 8949 §4.2) of this struct is what
/// is hashed and signed, and `tests/fixtures/versions.json` holds golden bytes of it. A field that is
/// absent or empty is left out of the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// [`VERSION_FORMAT`]. A higher number is kept and forwarded, and not read.
    pub format: u8,
    /// The record that this is a state of.
    pub record: RecordId,
    /// What the record is about.
    pub kind: Kind,
    /// The heads that the author saw, ascending, without repeats; empty for the first version.
    pub parents: Vec<VersionId>,
    /// One more than the highest generation among the parents; 1 for the first version.
    pub generation: u32,
    /// The device on which it was written.
    pub author: DeviceId,
    /// The role of the author.
    pub role: Role,
    /// What it does.
    pub change: Change,
    /// When it was seen, by the author's clock or word.
    pub observed_at: ObservedAt,
    /// Whether nobody said in what zone the time of `observed_at` is: its offset is that of whoever took it in.
    #[serde(default, skip_serializing_if = "is_false")]
    pub zone_assumed: bool,
    /// When it was written, by the author's clock.
    pub written_at: Timestamp,
    /// Where it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Id of a category, such as `oil_spill`.
    pub category: String,
    /// Answers by question.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Answer>,
    /// Free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Photos, sounds and films in the order in which they were taken; no file twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<MediaRef>,
    /// The file or program that it was taken in from, by the name that its people know; empty where a person wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

fn is_false(is: &bool) -> bool {
    !is
}

impl Version {
    /// The one encoding of this version.
    ///
    /// Fails if it breaks a limit or a rule of its fields, so that nothing is written that a peer would quarantine.
    pub fn encode(&self) -> Result<VersionBytes, VersionError> {
        self.check()?;
        let bytes = serde_ipld_dagcbor::to_vec(self)
            .map_err(|error| VersionError::Malformed { reason: error.to_string() })?;
        VersionBytes::new(bytes)
    }

    /// Whether every field is within its limit.
    pub fn check(&self) -> Result<(), VersionError> {
        if self.format != VERSION_FORMAT {
            return Err(VersionError::Newer { format: self.format });
        }
        within("parents", self.parents.len(), limits::PARENTS_MAX)?;
        within("category", self.category.len(), limits::CATEGORY_BYTES_MAX)?;
        within("note", self.note.len(), limits::NOTE_BYTES_MAX)?;
        within("answers", self.answers.len(), limits::ANSWERS_MAX)?;
        within("source", self.source.len(), limits::SOURCE_BYTES_MAX)?;
        labels("category", [&self.category])?;
        labels("source", [&self.source])?;
        labels("answers key", self.answers.keys())?;
        labels("media name", self.media.iter().map(|media| &media.name))?;
        labels("media type", self.media.iter().map(|media| &media.media_type))?;
        if self.kind == Kind::Member {
            labels("note", [&self.note])?;
        }
        for (key, answer) in &self.answers {
            within("answers key", key.len(), limits::ANSWER_KEY_BYTES_MAX)?;
            within("answers value", answer.text_bytes(), limits::ANSWER_BYTES_MAX)?;
        }
        within("media", self.media.len(), limits::MEDIA_MAX)?;
        for media in &self.media {
            within("media name", media.name.len(), limits::MEDIA_NAME_BYTES_MAX)?;
            within("media type", media.media_type.len(), limits::MEDIA_TYPE_BYTES_MAX)?;
        }
        if !self.parents.is_sorted_by(|a, b| a < b) {
            return Err(VersionError::Unsorted);
        }
        let files: BTreeSet<_> = self.media.iter().map(|media| media.hash).collect();
        if files.len() != self.media.len() {
            return Err(VersionError::MediaRepeated);
        }
        let has_offset =
            matches!(self.observed_at, ObservedAt::Instant { offset_min: Some(_), .. });
        if self.zone_assumed && !has_offset {
            return Err(VersionError::ZoneUnfit);
        }
        if self.category.is_empty() {
            return Err(VersionError::NoCategory);
        }
        let first = self.parents.is_empty();
        if self.generation == 0 || first != (self.generation == 1) {
            return Err(VersionError::Generation { generation: self.generation });
        }
        if self.role == Role::Monitor && self.change != Change::Edit {
            return Err(VersionError::Forbidden { change: self.change });
        }
        if self.role == Role::Monitor && !self.kind.is_seen() {
            return Err(VersionError::ManagersOnly);
        }
        Ok(())
    }
}

impl Answer {
    /// Bytes of its words.
    pub(super) fn text_bytes(&self) -> usize {
        match self {
            Answer::Boolean(_) | Answer::Integer(_) => 0,
            Answer::Text(text) => text.len(),
            Answer::Choices(choices) => choices.iter().map(|choice| choice.len() + 1).sum(),
        }
    }
}

fn within(field: &'static str, size: usize, size_max: usize) -> Result<(), VersionError> {
    if size > size_max {
        return Err(VersionError::TooLarge { field, size, size_max });
    }
    Ok(())
}

fn labels<'a>(
    field: &'static str,
    texts: impl IntoIterator<Item = &'a String>,
) -> Result<(), VersionError> {
    if texts.into_iter().all(|text| is_label(text)) {
        Ok(())
    } else {
        Err(VersionError::ControlCharacter { field })
    }
}

#[cfg(test)]
mod tests;
