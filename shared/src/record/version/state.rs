//! One immutable state of a record, and the rules of its fields.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    error::VersionError,
    fields::{Answer, Change, Kind, MediaRef, Role, VERSION_FORMAT},
};
use crate::{
    id::{DeviceId, RecordId, VersionId},
    label::is_label,
    limits,
    observed_at::ObservedAt,
    record::location::Location,
    timestamp::Timestamp,
};

/// One immutable state of a record.
///
/// Do *not* add, rename or reorder fields: the deterministic CBOR (RFC 8949 §4.2) of this struct is
/// what is hashed and signed, and `tests/fixtures/versions.json` holds golden bytes of it. A field
/// that is absent or empty is left out of the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// [`VERSION_FORMAT`]. A higher number is kept and forwarded, and not read.
    pub format: u8,
    /// The record that this is a state of.
    pub record: RecordId,
    /// What the record is about.
    pub kind: Kind,
    /// The heads that the author saw, ascending, without repeats; empty for the first version.
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
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
    /// Whether nobody said in what zone the time of `observed_at` is: its offset is that of whoever
    /// took it in.
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
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub media: Vec<MediaRef>,
    /// The file or program that it was taken in from, by the name that its people know; empty where
    /// a person wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

fn is_false(is: &bool) -> bool {
    !is
}

impl Version {
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

pub(super) fn within(
    field: &'static str,
    size: usize,
    size_max: usize,
) -> Result<(), VersionError> {
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
