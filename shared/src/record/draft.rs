//! What a person fills in, before it has a place in a history.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    heads::{Versions, ranked},
    location::Location,
    version::{Answer, Change, Kind, MediaRef, Role, VERSION_FORMAT, Version},
};
use crate::{
    id::{DeviceId, RecordId},
    label::label,
    limits,
    observed_at::ObservedAt,
    timestamp::Timestamp,
};

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
    pub observed_at: Option<ObservedAt>,
    /// Whether nobody said in what zone that time is.
    #[serde(default)]
    pub zone_assumed: bool,
    /// Where it was seen.
    #[serde(default)]
    pub location: Option<Location>,
    /// Answers by question.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    /// Photos, sounds and films in the order in which they were taken.
    #[serde(default)]
    pub media: Vec<MediaRef>,
    /// The file or program that it is taken in from; empty where a person writes.
    #[serde(default)]
    pub source: String,
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
    /// The version that puts these fields into `record`, of which `held` is known.
    ///
    /// An edit follows the best head alone, so that other heads stay for a manager to settle. A
    /// resolve and a delete follow all heads, the best [`limits::PARENTS_MAX`] of them if there are
    /// more.
    ///
    /// Labels lose what has no place in them, and a file that is named twice stays where it was
    /// named first.
    pub(crate) fn follow<S: Versions>(
        self,
        held: &S,
        record: RecordId,
        change: Change,
        by: Author,
    ) -> Result<Version, S::Error> {
        let followed = if change == Change::Edit { 1 } else { limits::PARENTS_MAX };
        let (mut parents, generations): (Vec<_>, Vec<_>) =
            ranked(held)?.into_iter().take(followed).map(|(id, kin)| (id, kin.generation)).unzip();
        parents.sort_unstable();
        Ok(Version {
            format: VERSION_FORMAT,
            record,
            kind: self.kind,
            generation: generations.into_iter().max().unwrap_or(0).saturating_add(1),
            parents,
            author: by.device,
            role: by.role,
            change,
            observed_at: self.observed_at.unwrap_or(by.now.into()),
            zone_assumed: self.zone_assumed,
            written_at: by.now,
            location: self.location,
            category: label(&self.category).into_owned(),
            answers: clean_keys(self.answers),
            note: if self.kind == Kind::Member {
                label(&self.note).into_owned()
            } else {
                self.note
            },
            media: clean_media(self.media),
            source: label(&self.source).into_owned(),
        })
    }
}

/// Each file once, with a name and type that are labels.
fn clean_media(media: Vec<MediaRef>) -> Vec<MediaRef> {
    let mut seen = BTreeSet::new();
    let once = media.into_iter().filter(|media| seen.insert(media.hash));
    let clean = once.map(|media| MediaRef {
        name: label(&media.name).into_owned(),
        media_type: label(&media.media_type).into_owned(),
        ..media
    });
    clean.collect()
}

/// Keys that are labels; no answer is lost where two keys become the same.
fn clean_keys(answers: BTreeMap<String, Answer>) -> BTreeMap<String, Answer> {
    let mut clean = BTreeMap::new();
    for (key, answer) in answers {
        let mut key = label(&key).into_owned();
        while clean.contains_key(&key) {
            key.push('_');
        }
        clean.insert(key, answer);
    }
    clean
}
