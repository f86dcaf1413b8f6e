//! What a person fills in, before it has a place in a history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Answer, Change, History, Kind, Location, MediaRef, Role, VERSION_FORMAT, Version};
use crate::{DeviceId, LogView, RecordId, Timestamp, limits};

/// The fields of an observation as a form or a file gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// What the record is about.
    #[serde(default)]
    pub kind: Kind,
    /// Id of a category.
    pub category: String,
    /// Free text.
    #[serde(default)]
    pub note: String,
    /// When it was seen; the moment of writing if absent.
    #[serde(default)]
    pub observed_at: Option<Timestamp>,
    /// Where it was seen.
    #[serde(default)]
    pub location: Option<Location>,
    /// Answers by question.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    /// Photos, sounds and films.
    #[serde(default)]
    pub media: Vec<MediaRef>,
}

/// Who writes a version, in what role, and when by the wall clock.
#[derive(Clone, Copy, Debug)]
pub struct Author {
    /// The device.
    pub device: DeviceId,
    /// Its role.
    pub role: Role,
    /// Its wall clock.
    pub now: Timestamp,
}

impl Draft {
    /// The version that puts these fields into `record`.
    ///
    /// An edit follows the best head alone, so that other heads stay for a manager to settle. A resolve and a delete
    /// follow all heads, the best [`limits::PARENTS_MAX`] of them if there are more.
    pub fn version<V: LogView>(
        self,
        view: &V,
        record: RecordId,
        change: Change,
        by: Author,
    ) -> Result<Version, V::Error> {
        let history = History::load(view, record)?;
        let followed = if change == Change::Edit { 1 } else { limits::PARENTS_MAX };
        let (mut parents, generations): (Vec<_>, Vec<_>) = history
            .ranked_heads()
            .into_iter()
            .take(followed)
            .map(|(id, version)| (id, version.generation))
            .unzip();
        parents.sort_unstable();
        let mut media = self.media;
        media.sort_unstable();
        media.dedup();
        Ok(Version {
            format: VERSION_FORMAT,
            record,
            kind: self.kind,
            generation: generations.into_iter().max().unwrap_or(0).saturating_add(1),
            parents,
            author: by.device,
            role: by.role,
            change,
            observed_at: self.observed_at.unwrap_or(by.now),
            written_at: by.now,
            location: self.location,
            category: self.category,
            answers: self.answers,
            note: self.note,
            media,
        })
    }
}
