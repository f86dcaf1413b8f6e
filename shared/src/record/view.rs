//! What people see of a record: computed from its heads, never stored.

mod media;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Answer, Change, History, Kind, Location, MediaRef, Role, Version};
use crate::{DeviceId, ObservedAt, RecordId, Timestamp, VersionId, limits};

/// One record as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The record.
    pub record: RecordId,
    /// What it is about.
    pub kind: Kind,
    /// The head whose values are shown where heads differ.
    pub winner: VersionId,
    /// All heads, ascending. More than one is a conflict, also where every field could be settled.
    pub heads: Vec<VersionId>,
    /// Generation of the winner.
    pub generation: u32,
    /// Who began the record, and so saw what it tells of: author of its first version; absent where that is not held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observer: Option<DeviceId>,
    /// What the record was first taken in from; empty where a person wrote it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Author of the winner.
    pub author: DeviceId,
    /// Role of the author.
    pub role: Role,
    /// When the winner was written, by its author's clock.
    pub written_at: Timestamp,
    /// When it was seen.
    pub observed_at: ObservedAt,
    /// Whether nobody said in what zone that time is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub zone_assumed: bool,
    /// Where it was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Id of the category.
    pub category: String,
    /// Answers by question.
    pub answers: BTreeMap<String, Answer>,
    /// Free text.
    pub note: String,
    /// Photos, sounds and films of all heads, in the order in which they were taken, as far as the heads agree on it.
    pub media: Vec<MediaRef>,
    /// Every head is a delete.
    pub deleted: bool,
    /// Some heads are deletes and some are not: the record stays visible.
    pub edit_against_delete: bool,
    /// Fields that heads changed differently.
    pub conflicts: Vec<FieldConflict>,
}

/// A field that heads changed differently since their common ancestor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldConflict {
    /// `observed_at`, `location`, `category`, `note`, or `answers.` and a key.
    pub field: String,
    /// The value that is shown, then the others; each value once, by its best head.
    pub values: Vec<FieldChoice>,
}

/// One of several values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChoice {
    /// The head that has it.
    pub version: VersionId,
    /// Who wrote the value: the author of the version that set the field, however often the record was edited since; absent
    /// where more versions lie between than are looked at.
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

impl View {
    /// Merges the heads field by field against their common ancestor; `None` if no version is held.
    ///
    /// Changed on one side: taken. The same on both: taken. Different: the best head's value is shown and the
    /// others are listed. Media merge as a set that keeps the order of each side. Where the ancestor is not held, every field counts as
    /// changed. Depends on the set of versions alone, not on the order in which they came.
    pub fn of(history: &History) -> Option<Self> {
        let ranked = history.ranked_heads();
        let &(winner, best) = ranked.first()?;
        let kept = ranked.iter().filter(|(_, v)| v.change != Change::Delete).count();
        let shown = if kept == 0 { &ranked[..] } else { &ranked[..kept] };
        let mut heads: Vec<_> = ranked.iter().map(|(id, _)| *id).collect();
        heads.sort_unstable();
        let base = if heads.len() > 1 { history.common_ancestor(&heads) } else { None };

        let steps = limits::SET_WALK_MAX;
        let mut merge = Merge { history, base, heads: shown, conflicts: Vec::new(), steps };
        let time = |v: &Version| (v.observed_at, v.zone_assumed);
        let (observed_at, zone_assumed) =
            merge.field("observed_at", time, |(at, _)| FieldValue::Time(at));
        let location = merge.field("location", |v| v.location, FieldValue::Location);
        let category = merge.field("category", |v| v.category.clone(), FieldValue::Text);
        let note = merge.field("note", |v| v.note.clone(), FieldValue::Text);
        let answers = merge.answers();
        let media = media::merge(base, shown);
        let first = history.first(winner);
        Some(Self {
            record: best.record,
            kind: best.kind,
            winner,
            generation: best.generation,
            observer: first.map(|version| version.author),
            source: first.map(|version| version.source.clone()).unwrap_or_default(),
            author: best.author,
            role: best.role,
            written_at: best.written_at,
            observed_at,
            zone_assumed,
            location,
            category,
            answers,
            note,
            media,
            deleted: kept == 0,
            edit_against_delete: kept > 0 && kept < ranked.len(),
            conflicts: merge.conflicts,
            heads,
        })
    }
}

struct Merge<'a> {
    history: &'a History,
    base: Option<&'a Version>,
    /// Best first.
    heads: &'a [(VersionId, &'a Version)],
    conflicts: Vec<FieldConflict>,
    /// How many versions may still be gone back through to find who wrote a value.
    steps: usize,
}

impl Merge<'_> {
    fn field<T: PartialEq + Clone>(
        &mut self,
        name: &str,
        read: impl Fn(&Version) -> T,
        wrap: impl Fn(T) -> FieldValue,
    ) -> T {
        let unchanged = self.base.map(&read);
        let mut changed: Vec<(VersionId, T)> = Vec::new();
        for (id, version) in self.heads {
            let value = read(version);
            if unchanged.as_ref() != Some(&value) && !changed.iter().any(|(_, v)| *v == value) {
                changed.push((*id, value));
            }
        }
        if changed.len() > 1 {
            let (history, steps) = (self.history, &mut self.steps);
            let choice = |(head, value): &(VersionId, T)| FieldChoice {
                version: *head,
                author: history.set_by(*head, |v| read(v) == *value, steps).map(|v| v.author),
                value: wrap(value.clone()),
            };
            let values = changed.iter().map(choice).collect();
            self.conflicts.push(FieldConflict { field: name.into(), values });
        }
        match changed.into_iter().next() {
            Some((_, value)) => value,
            None => read(self.heads[0].1),
        }
    }

    fn answers(&mut self) -> BTreeMap<String, Answer> {
        let keys: BTreeSet<&String> =
            self.heads.iter().flat_map(|(_, version)| version.answers.keys()).collect();
        let mut answers = BTreeMap::new();
        for key in keys {
            let name = format!("answers.{key}");
            let value = self.field(&name, |v| v.answers.get(key).cloned(), FieldValue::Answer);
            if let Some(value) = value {
                answers.insert(key.clone(), value);
            }
        }
        answers
    }
}

#[cfg(test)]
mod tests;
