//! The versions of one record, and who among them is a head.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Version};
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

    /// Reads what a view of these heads needs: the heads, and if there are several all that came before them.
    pub fn load<V: LogView>(view: &V, record: RecordId) -> Result<Self, V::Error> {
        let heads = view.heads(record)?;
        let with_ancestors = heads.len() > 1;
        Self::load_from(view, record, heads, with_ancestors)
    }

    /// Reads all versions that are reachable from the heads.
    pub fn load_all<V: LogView>(view: &V, record: RecordId) -> Result<Self, V::Error> {
        let heads = view.heads(record)?;
        Self::load_from(view, record, heads, true)
    }

    fn load_from<V: LogView>(
        view: &V,
        record: RecordId,
        mut wanted: Vec<VersionId>,
        with_ancestors: bool,
    ) -> Result<Self, V::Error> {
        let mut history = Self::default();
        while let Some(id) = wanted.pop() {
            if history.0.contains_key(&id) {
                continue;
            }
            if let Some(version) = view.version(id)?.filter(|version| version.record == record) {
                if with_ancestors {
                    wanted.extend(&version.parents);
                }
                history.0.insert(id, version);
            }
        }
        Ok(history)
    }

    /// The best of the versions that all `heads` come from: highest generation, then highest id.
    pub(super) fn common_ancestor(&self, heads: &[VersionId]) -> Option<&Version> {
        let mut common: Option<BTreeSet<VersionId>> = None;
        for &head in heads {
            let ancestors = self.ancestors(head);
            common = Some(match common {
                None => ancestors,
                Some(common) => common.intersection(&ancestors).copied().collect(),
            });
        }
        common?
            .into_iter()
            .filter_map(|id| Some((self.0.get(&id)?, id)))
            .max_by_key(|(version, id)| (version.generation, *id))
            .map(|(version, _)| version)
    }

    fn ancestors(&self, head: VersionId) -> BTreeSet<VersionId> {
        let mut ancestors = BTreeSet::new();
        let mut wanted = self.0.get(&head).map(|v| v.parents.clone()).unwrap_or_default();
        while let Some(id) = wanted.pop() {
            if ancestors.insert(id)
                && let Some(version) = self.0.get(&id)
            {
                wanted.extend(&version.parents);
            }
        }
        ancestors
    }

    /// The heads that are held, best first: not deleted, then highest generation, then highest id.
    pub(super) fn ranked_heads(&self) -> Vec<(VersionId, &Version)> {
        let mut ranked: Vec<_> =
            self.heads().into_iter().filter_map(|id| Some((id, self.0.get(&id)?))).collect();
        ranked.sort_by_key(|(id, version)| {
            std::cmp::Reverse((version.change != Change::Delete, version.generation, *id))
        });
        ranked
    }
}
