//! The versions of one record, and who among them is a head.

use std::{
    collections::{BTreeMap, BTreeSet, BinaryHeap, HashSet},
    convert::Infallible,
};

use super::{
    Kin, Version,
    heads::{InLog, Versions},
};
use crate::{LogView, RecordId, VersionId};

/// A set of versions of one record. Only ever grows; joining is the union.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(BTreeMap<VersionId, Version>);

impl History {
    /// Adds a version under its id.
    pub fn insert(&mut self, id: VersionId, version: Version) {
        self.0.insert(id, version);
    }

    /// Adds all versions of `other`.
    pub fn join(&mut self, other: &History) {
        for (&id, version) in &other.0 {
            self.0.entry(id).or_insert_with(|| version.clone());
        }
    }

    /// One version.
    pub fn get(&self, id: VersionId) -> Option<&Version> {
        self.0.get(&id)
    }

    /// The versions by ascending id.
    pub fn iter(&self) -> impl Iterator<Item = (VersionId, &Version)> {
        self.0.iter().map(|(&id, version)| (id, version))
    }

    /// The versions that no version here names as parent, ascending.
    pub fn heads(&self) -> Vec<VersionId> {
        let named: BTreeSet<_> = self.0.values().flat_map(|v| &v.parents).collect();
        self.0.keys().filter(|id| !named.contains(id)).copied().collect()
    }

    /// Reads all versions that are reachable from the heads, however many. What only shows a record takes
    /// [`super::View::load`], which reads no more than it needs.
    pub fn load_all<V: LogView>(view: &V, record: RecordId) -> Result<Self, V::Error> {
        let mut history = Self::default();
        let mut lineage = Lineage::of(view, record)?;
        while let Some((id, _)) = lineage.next(view)? {
            history.0.extend(view.version(id)?.map(|version| (id, version)));
        }
        Ok(history)
    }
}

impl Versions for History {
    type Error = Infallible;

    fn heads(&self) -> Result<Vec<VersionId>, Infallible> {
        Ok(History::heads(self))
    }

    fn kin(&self, id: VersionId) -> Result<Option<Kin>, Infallible> {
        Ok(self.0.get(&id).map(Kin::from))
    }

    fn version(&self, id: VersionId) -> Result<Option<Version>, Infallible> {
        Ok(self.0.get(&id).cloned())
    }

    fn counts(&self, _: &Kin) -> Result<bool, Infallible> {
        Ok(true)
    }
}

/// A walk over the versions of a record from its heads down, each once, as far as it is asked on.
///
/// The latest generation comes first, then the highest id; a version whose author gave it too low a generation comes
/// after those that it leads to. The order depends on the versions alone, so that a walk may go on after any of them.
#[derive(Clone, Debug)]
pub struct Lineage {
    record: RecordId,
    queue: BinaryHeap<(u32, VersionId)>,
    seen: HashSet<VersionId>,
}

impl Lineage {
    /// The walk over all that is held of a record, also what a manager set aside.
    pub fn of<V: LogView>(view: &V, record: RecordId) -> Result<Self, V::Error> {
        let mut lineage = Self { record, queue: BinaryHeap::new(), seen: HashSet::new() };
        lineage.want(view, &view.heads(record)?)?;
        Ok(lineage)
    }

    /// The next version.
    pub fn next<V: LogView>(&mut self, view: &V) -> Result<Option<(VersionId, Kin)>, V::Error> {
        let Some((_, id)) = self.queue.pop() else { return Ok(None) };
        let Some(kin) = InLog::all(view, self.record).kin(id)? else { return Ok(None) };
        self.want(view, &kin.parents)?;
        Ok(Some((id, kin)))
    }

    fn want<V: LogView>(&mut self, view: &V, ids: &[VersionId]) -> Result<(), V::Error> {
        for &id in ids {
            if self.seen.insert(id)
                && let Some(kin) = InLog::all(view, self.record).kin(id)?
            {
                self.queue.push((kin.generation, id));
            }
        }
        Ok(())
    }
}
