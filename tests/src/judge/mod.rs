//! The judge: knows from the driver's own notes who wrote what, having seen what, and which disks
//! hold it.
//!
//! It uses no clock, head or merging of the code under test; ids and parents are names to it. Notes
//! are about what the simulated hardware did: this was written there, this disk holds that, this
//! disk is gone.

mod chain;
mod closing;
mod history;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{DeviceId, LogChange, RecordId, VersionId, WriterId};

pub(crate) use self::{
    chain::is_whole,
    closing::Testimony,
    history::{Claim, History, Intent, Written},
};

/// What was broken, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Violation(pub String);

/// `Ok`, or what was broken.
pub(crate) type Verdict = Result<(), Violation>;

/// Fails with the sentence unless the condition holds.
pub(crate) fn hold(condition: bool, sentence: impl FnOnce() -> String) -> Verdict {
    if condition { Ok(()) } else { Err(Violation(sentence())) }
}

/// What a memory or a disk holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holding {
    /// Versions, and whether each is held in an entry that may be shown.
    versions: BTreeMap<VersionId, bool>,
    /// Logs of this device that it knows to have lost, or to share with a copy.
    retired: BTreeSet<WriterId>,
}

impl Holding {
    /// What is held, shown or not.
    pub(crate) fn versions(&self) -> impl Iterator<Item = VersionId> + '_ {
        self.versions.keys().copied()
    }

    fn add(&mut self, version: VersionId, shown: bool) {
        *self.versions.entry(version).or_default() |= shown;
    }

    fn holds(&self, version: VersionId) -> bool {
        self.versions.contains_key(&version)
    }

    fn shows(&self, version: VersionId) -> bool {
        self.versions.get(&version) == Some(&true)
    }
}

/// What a replica was seen to hold.
#[derive(Clone, Debug, Default)]
struct Witness {
    name: String,
    memory: Holding,
    disk: Holding,
}

/// The judge of one story.
#[derive(Debug)]
pub(crate) struct Judge {
    history: History,
    witnesses: Vec<Witness>,
    acknowledged: BTreeSet<VersionId>,
}

impl Judge {
    /// The judge of a project that this device began.
    pub(crate) fn new(founder: DeviceId) -> Self {
        let (witnesses, acknowledged) = (Vec::new(), BTreeSet::new());
        Self { history: History::new(founder), witnesses, acknowledged }
    }

    /// A replica begins with an empty disk; replicas are numbered from 0.
    pub(crate) fn begins(&mut self, name: String) {
        self.witnesses.push(Witness { name, ..Witness::default() });
    }

    /// What the disk of a replica holds, for a backup or a copy.
    pub(crate) fn disk(&self, replica: usize) -> Holding {
        self.witnesses[replica].disk.clone()
    }

    /// Somebody wrote a version there. Its parents must be what was to be seen there.
    pub(crate) fn wrote(&mut self, replica: usize, written: Written) -> Verdict {
        let witness = &self.witnesses[replica];
        let seen = self.history.heads(&witness.memory, written.record);
        let followed = match written.intent {
            Intent::Edit => self.history.winner(&seen).into_iter().collect(),
            Intent::Settle => seen,
            Intent::Foul => written.parents.clone(),
        };
        hold(followed == written.parents, || {
            format!(
                "{} wrote {:?} after {:?}, having seen {followed:?}",
                witness.name, written.id, written.parents
            )
        })?;
        self.history.add(written);
        Ok(())
    }

    /// A replica took changes into its memory.
    pub(crate) fn took(&mut self, replica: usize, changes: &[LogChange]) -> Verdict {
        for change in changes {
            let LogChange::Put(logged, owner) = change else { continue };
            let id = logged.entry.version.id();
            let witness = &mut self.witnesses[replica];
            hold(self.history.get(id).is_some(), || {
                format!("{} holds {id:?}, which nobody wrote", witness.name)
            })?;
            witness.memory.add(id, self.history.may_show(logged, *owner));
        }
        Ok(())
    }

    /// A replica was told that its log is lost or shared.
    pub(crate) fn retired(&mut self, replica: usize, writer: WriterId) {
        self.witnesses[replica].memory.retired.insert(writer);
    }

    /// A replica writes in this log.
    pub(crate) fn writes_in(&self, replica: usize, writer: WriterId) -> Verdict {
        let witness = &self.witnesses[replica];
        hold(!witness.memory.retired.contains(&writer), || {
            format!("{} writes in {writer:?}, which it lost or shares", witness.name)
        })
    }

    /// What a replica holds, as its logs say.
    pub(crate) fn holding_of(&self, testimony: &Testimony) -> Holding {
        let mut holding = Holding::default();
        for (owner, entries) in &testimony.logs {
            for logged in entries {
                let shown = self.history.may_show(logged, *owner);
                holding.add(logged.entry.version.id(), shown);
            }
        }
        holding
    }

    /// All that a replica has in memory is on its disk.
    pub(crate) fn committed(&mut self, replica: usize) {
        let witness = &mut self.witnesses[replica];
        witness.disk = witness.memory.clone();
    }

    /// A replica lost its memory and reads its disk.
    pub(crate) fn crashed(&mut self, replica: usize) {
        let witness = &mut self.witnesses[replica];
        witness.memory = witness.disk.clone();
    }

    /// A replica's disk was replaced by one that holds this.
    pub(crate) fn replaced(&mut self, replica: usize, disk: Holding) {
        let witness = &mut self.witnesses[replica];
        witness.memory = disk.clone();
        witness.disk = disk;
    }

    /// A replica gave its word that it holds these on its disk.
    pub(crate) fn promised(
        &self,
        replica: usize,
        word: &str,
        versions: impl IntoIterator<Item = VersionId>,
    ) -> Verdict {
        let witness = &self.witnesses[replica];
        for version in versions {
            hold(witness.disk.holds(version), || {
                format!("{} {word} {version:?}, and it is not on its disk", witness.name)
            })?;
        }
        Ok(())
    }

    /// A replica said that it holds the same as somebody who held this.
    pub(crate) fn promised_all(&self, replica: usize, held: &Holding) -> Verdict {
        self.promised(replica, "says it has the same, with", held.versions())
    }

    /// An acknowledgement arrived.
    pub(crate) fn acknowledged(&mut self, versions: impl IntoIterator<Item = VersionId>) {
        self.acknowledged.extend(versions);
    }

    /// The heads that a replica names now are those of what it holds now.
    pub(crate) fn heads_named(
        &self,
        replica: usize,
        record: RecordId,
        heads: &[VersionId],
    ) -> Verdict {
        let witness = &self.witnesses[replica];
        let truth = self.history.heads(&witness.memory, record);
        hold(truth == heads, || {
            format!("{} names heads {heads:?} of {record:?}, and they are {truth:?}", witness.name)
        })
    }

    /// Records that these changes are about.
    pub(crate) fn records_of(&self, changes: &[LogChange]) -> BTreeSet<RecordId> {
        changes
            .iter()
            .filter_map(|change| match change {
                LogChange::Put(logged, _) => {
                    self.history.get(logged.entry.version.id()).map(|written| written.record)
                }
                LogChange::Cut(..) => None,
            })
            .collect()
    }
}
