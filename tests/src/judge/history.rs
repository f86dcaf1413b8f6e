//! What was truly written, and which versions it truly leaves as heads.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{DeviceId, LogOwner, LoggedEntry, RecordId, VersionId};

use super::Holding;

/// Why a version was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Intent {
    /// Somebody recorded, or changed what they saw.
    Edit,
    /// A manager settled all that was to be seen.
    Settle,
    /// Noise, forbidden or of a newer format: to be kept and never shown.
    Foul,
}

/// What an author says of its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// That of a monitor.
    None,
    /// To be a manager.
    Manager,
    /// To be a manager, and that this device is one too.
    Names(DeviceId),
}

/// A version, as its author's hand wrote it.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Its name.
    pub(crate) id: VersionId,
    /// The record that it is a state of.
    pub(crate) record: RecordId,
    /// What it says that it follows, ascending.
    pub(crate) parents: Vec<VersionId>,
    /// The device.
    pub(crate) author: DeviceId,
    /// What only a manager may say.
    pub(crate) claim: Claim,
    /// Whether it hides the record.
    pub(crate) deletes: bool,
    /// Why it was written.
    pub(crate) intent: Intent,
}

/// Everything that was ever written, held anywhere or not.
#[derive(Debug)]
pub(crate) struct History {
    founder: DeviceId,
    versions: BTreeMap<VersionId, (Written, u32)>,
    records: BTreeMap<RecordId, Vec<VersionId>>,
    /// The versions that name managers.
    namings: Vec<VersionId>,
}

impl History {
    pub(super) fn new(founder: DeviceId) -> Self {
        let (versions, records) = (BTreeMap::new(), BTreeMap::new());
        Self { founder, versions, records, namings: Vec::new() }
    }

    pub(super) fn add(&mut self, written: Written) {
        let before = written.parents.iter().filter_map(|id| self.versions.get(id));
        let generation = 1 + before.map(|(_, generation)| *generation).max().unwrap_or(0);
        let versions = self.records.entry(written.record).or_default();
        if !versions.contains(&written.id) {
            versions.push(written.id);
        }
        if matches!(written.claim, Claim::Names(_)) {
            self.namings.push(written.id);
        }
        self.versions.insert(written.id, (written, generation));
    }

    pub(super) fn get(&self, id: VersionId) -> Option<&Written> {
        self.versions.get(&id).map(|(written, _)| written)
    }

    /// Whether an entry is signed by its version's author, and the version may be shown.
    pub(super) fn may_show(&self, logged: &LoggedEntry, owner: LogOwner) -> bool {
        let origin = logged.entry.origin.map(|origin| origin.owner.device);
        let signer = origin.unwrap_or(owner.device);
        self.get(logged.entry.version.id())
            .is_some_and(|written| written.intent != Intent::Foul && written.author == signer)
    }

    pub(super) fn records(&self) -> impl Iterator<Item = RecordId> + '_ {
        self.records.keys().copied()
    }

    pub(super) fn of(&self, record: RecordId) -> impl Iterator<Item = &Written> {
        let versions = self.records.get(&record).map(Vec::as_slice).unwrap_or_default();
        versions.iter().filter_map(|id| self.get(*id))
    }

    /// The founder, and everybody whom a manager has named in a version that is held.
    fn managers(&self, holding: &Holding) -> BTreeSet<DeviceId> {
        let mut managers = BTreeSet::from([self.founder]);
        let held: Vec<_> = self
            .namings
            .iter()
            .filter(|id| holding.shows(**id))
            .filter_map(|id| self.get(*id))
            .collect();
        loop {
            let named = held.iter().filter(|written| managers.contains(&written.author));
            let named: BTreeSet<_> = named
                .filter_map(|written| match written.claim {
                    Claim::Names(device) => Some(device),
                    Claim::None | Claim::Manager => None,
                })
                .collect();
            if named.is_subset(&managers) {
                return managers;
            }
            managers.extend(named);
        }
    }

    /// The versions of a record that are shown there and that no other version shown there follows,
    /// ascending.
    pub(super) fn heads(&self, holding: &Holding, record: RecordId) -> Vec<VersionId> {
        let versions = self.records.get(&record).map(Vec::as_slice).unwrap_or_default();
        let managers = self.managers(holding);
        let may = |id: &VersionId| {
            let claims = |written: &Written| written.claim != Claim::None;
            self.get(*id).is_some_and(|w| !claims(w) || managers.contains(&w.author))
        };
        let shown: Vec<_> = versions.iter().filter(|id| holding.shows(**id) && may(id)).collect();
        let followed: BTreeSet<_> =
            shown.iter().filter_map(|id| self.get(**id)).flat_map(|w| &w.parents).collect();
        let mut heads: Vec<_> =
            shown.into_iter().filter(|id| !followed.contains(id)).copied().collect();
        heads.sort_unstable();
        heads
    }

    /// Which of the heads is shown first: not deleted, then furthest from the beginning, then
    /// highest id.
    pub(super) fn winner(&self, heads: &[VersionId]) -> Option<VersionId> {
        heads
            .iter()
            .filter_map(|id| self.versions.get(id))
            .max_by_key(|(written, generation)| (!written.deletes, *generation, written.id))
            .map(|(written, _)| written.id)
    }
}
