//! Walks every log of a store in order, and computes each entry again.
//!
//! The sums: a signature costs some 40 µs and a hash 1 µs, so a million entries take a minute on
//! one core; the ids of a million versions take 100 MB of memory while the walk lasts.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    Flaw, LogOwner, LogView, LoggedEntry, Place, Position, RecordId, VersionId, WriterId, examine,
    examine_hashes,
};

use super::{
    index::Index,
    report::{AuditReport, Damage, Fault},
};
use crate::{
    store::{DerivedRepairs, Naming, ReadLog, StoreError},
    system::progress::{Progress, Watch, Work},
};

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
    /// What else is derived from the entries.
    pub derived: DerivedRepairs,
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
            && self.derived.rows() == 0
    }
}

/// How deep an audit looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Ids and chains of entries: what is altered since it was admitted is noticed.
    Hashes,
    /// Their signatures as well, which takes some twenty times as long.
    Signatures,
}

/// Computes everything again that the store holds. Changes nothing.
///
/// What is derived from the entries, places apart, is only looked at where every entry is whole:
/// what damaged entries superseded or named is not known.
pub fn audit(view: &ReadLog) -> Result<Audit, StoreError> {
    audit_to(view, Depth::Signatures)
}

/// The same, as deep as is asked.
pub fn audit_to(view: &ReadLog, depth: Depth) -> Result<Audit, StoreError> {
    audit_watched(view, depth, &mut |_| {})
}

/// The same, for somebody who watches.
pub fn audit_watched(view: &ReadLog, depth: Depth, watch: Watch<'_>) -> Result<Audit, StoreError> {
    let mut walk = Walk::through(view, depth, watch)?;
    walk.report.versions = walk.index.len();
    walk.places()?;
    if !walk.repairs.need_peer() {
        walk.heads()?;
        walk.media()?;
        walk.derived()?;
    }
    Ok(Audit { report: walk.report, repairs: walk.repairs })
}

/// An audit under way: the entries were walked through.
pub(super) struct Walk<'a> {
    pub view: &'a ReadLog,
    depth: Depth,
    pub report: AuditReport,
    pub repairs: Repairs,
    pub index: Index,
}

impl<'a> Walk<'a> {
    /// Computes every entry again.
    pub fn through(view: &'a ReadLog, depth: Depth, watch: Watch<'_>) -> Result<Self, StoreError> {
        let report = AuditReport::empty(Some(view.project()));
        let (repairs, index) = (Repairs::default(), Index::default());
        let mut walk = Self { view, depth, report, repairs, index };
        let logs = view.logs_by_writer()?;
        let listed = logs.iter().map(|(_, _, at)| at.seq).sum();
        for (writer, owner, at) in logs {
            let mut tell = |done| watch(Progress { work: Work::Entries, done, total: listed });
            walk.log(writer, owner, at, &mut tell)?;
        }
        // Missing entries are named already; of too many it is only known that they are there.
        let missing: usize = walk.repairs.entries.values().map(BTreeSet::len).sum();
        if view.stored_entries()? + missing as u64 != listed || missing > 0 {
            walk.unlisted()?;
        }
        Ok(walk)
    }

    /// Names logs that have entries and are not listed, or listed as shorter.
    fn unlisted(&mut self) -> Result<(), StoreError> {
        let listed = self.view.logs_by_writer()?.into_iter();
        let listed: BTreeMap<_, _> = listed.map(|(writer, _, at)| (writer, at.seq)).collect();
        for Place { writer, seq } in self.view.stored_logs()? {
            if listed.get(&writer).is_some_and(|&until| seq <= until) {
                continue;
            }
            self.report.push(Damage::of_log(writer, Some(seq), Fault::LogMissing));
            let chain = self.view.chain_at(writer, seq).ok().flatten();
            let chain = chain.unwrap_or(Position::START.chain);
            self.repairs.owners.insert(writer, Position { seq, chain });
        }
        Ok(())
    }
    fn log(
        &mut self,
        writer: WriterId,
        owner: LogOwner,
        at: Position,
        tell: &mut dyn FnMut(u64),
    ) -> Result<(), StoreError> {
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
            tell(self.report.entries);
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
            Ok(Some(logged)) => match self.depth {
                Depth::Hashes => examine_hashes(previous, &logged),
                Depth::Signatures => examine(owner, previous, &logged),
            }
            .map(|()| logged),
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
            self.report.push(Damage::of_record(record, Fault::HeadsWrong));
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
