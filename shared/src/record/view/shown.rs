//! One record as it is shown, and how it is merged from its heads.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    choices::Choices,
    fields::{FieldConflict, FieldValue, is_zero},
    media,
    merge::Merge,
};
use crate::{
    id::{DeviceId, RecordId, VersionId},
    limits,
    observed_at::ObservedAt,
    record::{
        ancestry::{Before, first_of},
        heads::{Heads, Versions},
        history::History,
        location::Location,
        version::{Answer, Change, Kind, MediaRef, Role, Version},
    },
    timestamp::Timestamp,
};

/// One record as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct View {
    /// The record.
    pub record: RecordId,
    /// What it is about.
    pub kind: Kind,
    /// The head whose values are shown where heads differ.
    pub winner: VersionId,
    /// The best [`limits::HEADS_SHOWN_MAX`] heads, ascending. More than one is a conflict, also
    /// where every field could be settled.
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub heads: Vec<VersionId>,
    /// How many heads there are beside them. They are kept, and shown when those before them are
    /// settled.
    #[serde(skip_serializing_if = "is_zero")]
    pub heads_more: u64,
    /// Generation of the winner.
    pub generation: u32,
    /// Who began the record, and so saw what it tells of: author of its first version; absent where
    /// that is not held.
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
    /// Answers by question, at most [`limits::ANSWERS_MAX`]: those of the best heads.
    pub answers: BTreeMap<String, Answer>,
    /// How many answers the heads have beside them.
    #[serde(skip_serializing_if = "is_zero")]
    pub answers_more: u64,
    /// Free text.
    pub note: String,
    /// Photos, sounds and films of the heads, in the order in which they were taken, as far as the
    /// heads agree on it; at most [`limits::MEDIA_SHOWN_MAX`].
    #[cfg_attr(feature = "openapi", schema(max_items = 256))]
    pub media: Vec<MediaRef>,
    /// How many files the heads name beside them.
    #[serde(skip_serializing_if = "is_zero")]
    pub media_more: u64,
    /// Every head is a delete.
    pub deleted: bool,
    /// Some heads are deletes and some are not: the record stays visible.
    pub edit_against_delete: bool,
    /// Fields that heads changed differently, as many as fit [`limits::CONFLICTS_SHOWN_MAX`] and
    /// [`limits::CONFLICT_BYTES_MAX`].
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub conflicts: Vec<FieldConflict>,
    /// How many fields differ beside them.
    #[serde(skip_serializing_if = "is_zero")]
    pub conflicts_more: u64,
}

impl View {
    /// Merges the heads field by field against their common ancestor; `None` if no version is held.
    ///
    /// Changed on one side: taken. The same on both: taken. Different: the best head's value is
    /// shown and the others are listed. Media merge as a set that keeps the order of each side.
    /// Where the ancestor is not held, or is more than [`limits::ANCESTORS_SOUGHT_MAX`] versions
    /// away, every field counts as changed. Of more than [`limits::HEADS_SHOWN_MAX`] heads the best
    /// are merged and the others counted. Depends on the set of versions alone, not on the order in
    /// which they came.
    pub fn of(history: &History) -> Option<Self> {
        let Ok(view) = Self::read(history);
        view
    }

    /// Roughly how many bytes it has of what people wrote.
    pub fn text_bytes(&self) -> usize {
        let answers = self.answers.iter().map(|(key, answer)| key.len() + answer.text_bytes());
        let media = self.media.iter().map(|media| media.name.len() + media.media_type.len());
        let choices = self.conflicts.iter().flat_map(|conflict| &conflict.values);
        self.note.len()
            + answers.sum::<usize>()
            + media.sum::<usize>()
            + choices.map(|choice| choice.value.text_bytes()).sum::<usize>()
    }

    /// What is shown of the versions of one record; none if none is held. No more is read than that
    /// takes.
    pub(crate) fn read<S: Versions>(source: &S) -> Result<Option<Self>, S::Error> {
        let Heads { best: ranked, total, deletes, base } = Heads::load(source)?;
        let Some(mut view) = Self::merge(&ranked, total, deletes, base.as_ref()) else {
            return Ok(None);
        };
        let (winner, best) = &ranked[0];
        if let Some(first) = first_of(source, *winner, best)? {
            view.observer = Some(first.author);
            view.source = first.source;
        }
        let mut before = Before::of(source);
        for conflict in &mut view.conflicts {
            for choice in &mut conflict.values {
                let Some((_, head)) = ranked.iter().find(|(id, _)| *id == choice.version) else {
                    continue;
                };
                let has_value =
                    |version: &Version| FieldValue::of(version, &conflict.field) == choice.value;
                choice.author = before.set_by(head, has_value)?;
            }
        }
        Ok(Some(view))
    }

    fn merge(
        ranked: &[(VersionId, Version)],
        total: usize,
        deletes: usize,
        base: Option<&Version>,
    ) -> Option<Self> {
        let &(winner, ref best) = ranked.first()?;
        let kept = ranked.iter().filter(|(_, v)| v.change != Change::Delete).count();
        let shown = if kept == 0 { ranked } else { &ranked[..kept] };
        let mut heads: Vec<_> = ranked.iter().map(|(id, _)| *id).collect();
        heads.sort_unstable();

        let mut merge = Merge { base, heads: shown, conflicts: Choices::default() };
        let time = |v: &Version| (v.observed_at, v.zone_assumed);
        let (observed_at, zone_assumed) =
            merge.field("observed_at", time, |(at, _)| FieldValue::Time(at));
        let location = merge.field("location", |v| v.location, FieldValue::Location);
        let category = merge.field("category", |v| v.category.clone(), FieldValue::Text);
        let note = merge.field("note", |v| v.note.clone(), FieldValue::Text);
        let (answers, answers_more) = merge.answers();
        let mut media = media::merge(base, shown);
        let media_more = media.len().saturating_sub(limits::MEDIA_SHOWN_MAX) as u64;
        media.truncate(limits::MEDIA_SHOWN_MAX);
        let (conflicts, conflicts_more) = merge.conflicts.listed();
        Some(Self {
            record: best.record,
            kind: best.kind,
            winner,
            generation: best.generation,
            observer: None,
            source: String::new(),
            author: best.author,
            role: best.role,
            written_at: best.written_at,
            observed_at,
            zone_assumed,
            location,
            category,
            answers,
            answers_more,
            note,
            media,
            media_more,
            deleted: kept == 0,
            edit_against_delete: kept > 0 && deletes > 0,
            conflicts,
            conflicts_more,
            heads_more: total.saturating_sub(heads.len()) as u64,
            heads,
        })
    }
}
