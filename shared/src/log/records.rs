//! Records as a log has them: their heads, what is shown of them, and where a draft goes.

use std::collections::{BinaryHeap, HashSet};

use super::store::LogView;
use crate::{
    id::{DeviceId, RecordId, VersionId},
    record::{Author, Change, Draft, History, Kin, Member, Version, Versions, View, ranked},
};

/// The versions of a record in a log.
struct InLog<'a, V> {
    view: &'a V,
    record: RecordId,
    managers_only: bool,
}

impl<'a, V> InLog<'a, V> {
    /// All of them, those of devices that are set aside apart.
    fn all(view: &'a V, record: RecordId) -> Self {
        Self { view, record, managers_only: false }
    }

    /// Those of kinds that managers alone write. A monitor can write under any id, and so upon a
    /// manager's record.
    fn of_managers(view: &'a V, record: RecordId) -> Self {
        Self { view, record, managers_only: true }
    }
}

impl<V: LogView> Versions for InLog<'_, V> {
    type Error = V::Error;

    fn heads(&self) -> Result<Vec<VersionId>, V::Error> {
        self.view.heads(self.record)
    }

    fn kin(&self, id: VersionId) -> Result<Option<Kin>, V::Error> {
        Ok(self.view.kin(id)?.filter(|kin| kin.record == self.record))
    }

    fn version(&self, id: VersionId) -> Result<Option<Version>, V::Error> {
        Ok(self.view.version(id)?.filter(|version| version.record == self.record))
    }

    fn counts(&self, kin: &Kin) -> Result<bool, V::Error> {
        if !kin.kind.is_seen() {
            return Ok(true);
        }
        Ok(!self.managers_only && !self.view.is_aside(kin.author)?)
    }
}

impl View {
    /// What is shown of a record in a log, of which no more is read than that takes: where each
    /// head stands, the best heads whole, and what they come from.
    ///
    /// Versions of a device that a manager set aside count as not there; see
    /// [`crate::Member::is_aside`].
    pub fn load<V: LogView>(view: &V, record: RecordId) -> Result<Option<Self>, V::Error> {
        Self::read(&InLog::all(view, record))
    }

    /// Like [`Self::load`], of a record of a kind that managers alone write, whatever others wrote
    /// under its id.
    pub(crate) fn load_of_managers<V: LogView>(
        view: &V,
        record: RecordId,
    ) -> Result<Option<Self>, V::Error> {
        Self::read(&InLog::of_managers(view, record))
    }
}

impl History {
    /// Reads all versions that are reachable from the heads, however many. What only shows a record
    /// takes [`View::load`], which reads no more than it needs.
    pub fn load_all<V: LogView>(view: &V, record: RecordId) -> Result<Self, V::Error> {
        let mut history = Self::default();
        let mut lineage = Lineage::of(view, record)?;
        while let Some((id, _)) = lineage.next(view)? {
            if let Some(version) = view.version(id)? {
                history.insert(id, version);
            }
        }
        Ok(history)
    }
}

impl Draft {
    /// The version that puts these fields into `record`, as it stands in this log.
    ///
    /// An edit follows the best head alone, so that other heads stay for a manager to settle. A
    /// resolve and a delete follow all heads, the best [`crate::limits::PARENTS_MAX`] of them if
    /// there are more.
    pub fn version<V: LogView>(
        self,
        view: &V,
        record: RecordId,
        change: Change,
        by: Author,
    ) -> Result<Version, V::Error> {
        let held = if self.kind.is_seen() {
            InLog::all(view, record)
        } else {
            InLog::of_managers(view, record)
        };
        self.follow(&held, record, change, by)
    }
}

impl Member {
    /// What managers say of a device; `None` if none has named it, or its record is deleted.
    pub fn load<V: LogView>(view: &V, device: DeviceId) -> Result<Option<Self>, V::Error> {
        let shown = View::load_of_managers(view, Self::record(device))?;
        Ok(shown.filter(|shown| !shown.deleted).as_ref().and_then(Self::of_view))
    }

    /// Whether a device takes part: it is the founder's, or a record that is shown names it.
    pub fn is_member<V: LogView>(view: &V, device: DeviceId) -> Result<bool, V::Error> {
        Ok(device == view.charter().founder || Self::load(view, device)?.is_some())
    }
}

/// The head that an edit of a record follows, if it is known: the best of those that are shown.
pub fn best_head<V: LogView>(view: &V, record: RecordId) -> Result<Option<Version>, V::Error> {
    let held = InLog::all(view, record);
    match ranked(&held)?.first() {
        Some((id, _)) => held.version(*id),
        None => Ok(None),
    }
}

/// A walk over the versions of a record from its heads down, each once, as far as it is asked on.
///
/// The latest generation comes first, then the highest id; a version whose author gave it too low a
/// generation comes after those that it leads to. The order depends on the versions alone, so that
/// a walk may go on after any of them.
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
