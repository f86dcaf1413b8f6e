//! Walks every log of a store in order, and computes each entry again.
//!
//! The sums: a signature costs some 40 µs and a hash 1 µs, so a million entries take a minute on one core; the ids of
//! a million versions take 100 MB of memory while the walk lasts.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    Flaw, LogOwner, LogView, LoggedEntry, Place, Position, RecordId, VersionId, WriterId, examine,
};

use super::{AuditReport, Damage, Fault, index::Index};
use crate::store::{Naming, ReadLog, StoreError};

/// What an audit found, and what would make it good again.
#[derive(Clone, Debug)]
pub struct Audit {
    /// For people.
    pub report: AuditReport,
    /// For [`super::heal`].
    pub repairs: Repairs,
}

/// What a repair has to do.
#[derive(Clone, Debug, Default)]
pub struct Repairs {
    /// Entries that only a peer can give back.
    pub entries: BTreeMap<WriterId, BTreeSet<u64>>,
    /// Logs whose owner only a peer can give back, with their positions.
    pub owners: BTreeMap<WriterId, Position>,
    /// Logs whose end is known from their last entry.
    pub ends: Vec<(LogOwner, Position)>,
    /// Versions and where they are.
    pub places: Vec<(VersionId, Place)>,
    /// Versions that are nowhere.
    pub nowhere: Vec<VersionId>,
    /// Records and their heads.
    pub heads: Vec<(RecordId, Vec<VersionId>)>,
    /// What is to be said of files; nothing where the record does not name it.
    pub media: Vec<Naming>,
}

impl Repairs {
    /// Whether something is damaged that a peer is needed for.
    pub fn need_peer(&self) -> bool {
        !self.entries.is_empty() || !self.owners.is_empty()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        !self.need_peer()
            && self.ends.is_empty()
            && self.places.is_empty()
            && self.nowhere.is_empty()
            && self.heads.is_empty()
            && self.media.is_empty()
    }
}

/// Computes everything again that the store holds. Changes nothing.
///
/// The heads and the files that records name are only looked at where every entry is whole: what damaged entries superseded
/// or named is not known.
pub fn audit(view: &ReadLog) -> Result<Audit, StoreError> {
    let mut walk = Walk {
        view,
        report: AuditReport::empty(Some(view.project())),
        repairs: Repairs::default(),
        index: Index::default(),
    };
    for (writer, owner, at) in view.logs_by_writer()? {
        walk.log(writer, owner, at)?;
    }
    walk.report.versions = walk.index.len();
    walk.places()?;
    if !walk.repairs.need_peer() {
        walk.heads()?;
        walk.media()?;
    }
    Ok(Audit { report: walk.report, repairs: walk.repairs })
}

struct Walk<'a> {
    view: &'a ReadLog,
    report: AuditReport,
    repairs: Repairs,
    index: Index,
}

impl Walk<'_> {
    fn log(&mut self, writer: WriterId, owner: LogOwner, at: Position) -> Result<(), StoreError> {
        self.report.logs += 1;
        if owner.writer() != writer {
            self.report.push(Damage::of_log(writer, None, Fault::OwnerMismatch));
            self.repairs.owners.insert(writer, at);
            self.report.entries += at.seq;
            return Ok(());
        }
        let mut previous = Some(owner.genesis(self.view.project()));
        for seq in 1..=at.seq {
            self.report.entries += 1;
            match self.entry(owner, seq, previous)? {
                Ok(logged) => {
                    previous = Some(logged.chain);
                    self.index.add(&logged);
                }
                Err(flaw) => {
                    previous = None;
                    self.report.push(Damage::of_log(writer, Some(seq), flaw.into()));
                    self.repairs.entries.entry(writer).or_default().insert(seq);
                }
            }
        }
        if let Some(chain) = previous.filter(|&chain| at.seq > 0 && chain != at.chain) {
            self.report.push(Damage::of_log(writer, Some(at.seq), Fault::EndMismatch));
            self.repairs.ends.push((owner, Position { seq: at.seq, chain }));
        }
        Ok(())
    }

    fn entry(
        &self,
        owner: LogOwner,
        seq: u64,
        previous: Option<chasqui_shared::Chain>,
    ) -> Result<Result<LoggedEntry, Flaw>, StoreError> {
        Ok(match self.view.stored_entry(owner.writer(), seq) {
            Ok(Some(logged)) => examine(owner, previous, &logged).map(|()| logged),
            Ok(None) => Err(Flaw::Missing),
            Err(StoreError::Damaged { .. }) => Err(Flaw::Unreadable),
            Err(error) => return Err(error),
        })
    }

    /// Compares the index with what the entries said.
    fn places(&mut self) -> Result<(), StoreError> {
        for row in self.view.places()? {
            let (version, place) = row?;
            if self.index.meets(version, place) {
                continue;
            }
            let is_damaged = |seqs: &BTreeSet<u64>| seqs.contains(&place.seq);
            if self.repairs.entries.get(&place.writer).is_some_and(is_damaged) {
                self.name_version(place, version);
            } else if self.repairs.owners.contains_key(&place.writer) {
                continue;
            } else if let Some(place) = self.index.place(version) {
                self.report.push(Damage::of_version(version));
                self.repairs.places.push((version, place));
            } else {
                self.report.push(Damage::of_version(version));
                self.repairs.nowhere.push(version);
            }
        }
        for (version, place) in self.index.unmet() {
            if self.view.place(version)?.is_none() {
                self.report.push(Damage::of_version(version));
                self.repairs.places.push((version, place));
            }
        }
        Ok(())
    }

    /// The index still knows which version a damaged entry held.
    fn name_version(&mut self, place: Place, version: VersionId) {
        let at = (Some(place.writer), Some(place.seq));
        let named = self.report.damage.iter_mut().find(|damage| (damage.writer, damage.seq) == at);
        if let Some(damage) = named {
            damage.version = Some(version);
        }
    }

    fn heads(&mut self) -> Result<(), StoreError> {
        let mut wanted = self.index.heads();
        for row in self.view.records()? {
            let record = row?;
            let heads = wanted.remove(&record).unwrap_or_default();
            self.compare_heads(record, heads)?;
        }
        for (record, heads) in wanted {
            self.compare_heads(record, heads)?;
        }
        Ok(())
    }

    fn compare_heads(&mut self, record: RecordId, heads: Vec<VersionId>) -> Result<(), StoreError> {
        let held = match self.view.heads(record) {
            Ok(held) => Some(held),
            Err(StoreError::Damaged { .. }) => None,
            Err(error) => return Err(error),
        };
        if held.as_ref() != Some(&heads) {
            self.report.push(Damage::of_record(record));
            self.repairs.heads.push((record, heads));
        }
        Ok(())
    }

    /// Compares which files the records name.
    fn media(&mut self) -> Result<(), StoreError> {
        let mut wanted = self.index.take_media();
        for row in self.view.namings()? {
            let Naming { hash, record, media: held } = row?;
            let media = wanted.remove(&(hash, record));
            if held.is_none() || held != media {
                self.wrong_naming(Naming { hash, record, media });
            }
        }
        for ((hash, record), media) in wanted {
            self.wrong_naming(Naming { hash, record, media: Some(media) });
        }
        Ok(())
    }

    fn wrong_naming(&mut self, naming: Naming) {
        self.report.push(Damage::of_naming(naming.hash, naming.record));
        self.repairs.media.push(naming);
    }
}
