//! The versions of one record, and who among them is a head.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Version};
use crate::{LogView, RecordId, VersionId, limits};

/// A set of versions of one record. Only ever grows; joining is the union.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    versions: BTreeMap<VersionId, Version>,
    /// The version with which the record began, where it was looked up without all that lies between.
    first: Option<Version>,
}

impl History {
    /// Adds a version under its id.
    pub fn insert(&mut self, id: VersionId, version: Version) {
        self.versions.insert(id, version);
    }

    /// Adds all versions of `other`.
    pub fn join(&mut self, other: &History) {
        for (&id, version) in &other.versions {
            self.versions.entry(id).or_insert_with(|| version.clone());
        }
    }

    /// One version.
    pub fn get(&self, id: VersionId) -> Option<&Version> {
        self.versions.get(&id)
    }

    /// The versions by ascending id.
    pub fn iter(&self) -> impl Iterator<Item = (VersionId, &Version)> {
        self.versions.iter().map(|(&id, version)| (id, version))
    }

    /// The versions that no version here names as parent, ascending.
    pub fn heads(&self) -> Vec<VersionId> {
        let named: BTreeSet<_> = self.versions.values().flat_map(|v| &v.parents).collect();
        self.versions.keys().filter(|id| !named.contains(id)).copied().collect()
    }

    /// Reads what a view of these heads needs: the heads, if there are several all that came before them, and the version
    /// with which the record began, if no more than [`limits::FIRST_WALK_MAX`] versions lie between.
    pub fn load<V: LogView>(view: &V, record: RecordId) -> Result<Self, V::Error> {
        let heads = view.heads(record)?;
        let with_ancestors = heads.len() > 1;
        let head = heads.first().copied();
        let mut history = Self::load_from(view, record, heads, with_ancestors)?;
        let begun = head.and_then(|head| history.get(head)).cloned();
        if !with_ancestors && let Some(head) = begun {
            history.first = first_of(view, head)?;
        }
        Ok(history)
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
            if history.versions.contains_key(&id) {
                continue;
            }
            if let Some(version) = view.version(id)?.filter(|version| version.record == record) {
                if with_ancestors {
                    wanted.extend(&version.parents);
                }
                history.versions.insert(id, version);
            }
        }
        Ok(history)
    }

    /// The version with which the record began, gone back to from this head along the best parents.
    pub(super) fn first(&self, head: VersionId) -> Option<&Version> {
        let mut version = self.get(head)?;
        while !version.parents.is_empty() {
            match self.best_parent(version, |_| true) {
                Some(parent) => version = parent,
                None => return self.first.as_ref(),
            }
        }
        Some(version)
    }

    /// The version that set the value which this head has: gone back to as long as a parent has the same. `None` if more than
    /// `steps` versions lie between, which are counted down.
    pub(super) fn set_by(
        &self,
        head: VersionId,
        has_value: impl Fn(&Version) -> bool,
        steps: &mut usize,
    ) -> Option<&Version> {
        let mut version = self.get(head)?;
        while let Some(parent) = self.best_parent(version, &has_value) {
            *steps = steps.checked_sub(1)?;
            version = parent;
        }
        Some(version)
    }

    /// Of the parents that are held and of which it is true, the one with the highest generation, then the highest id.
    fn best_parent(
        &self,
        version: &Version,
        is_wanted: impl Fn(&Version) -> bool,
    ) -> Option<&Version> {
        let parents = version.parents.iter().filter_map(|id| Some((self.get(*id)?, *id)));
        // A parent has a lower generation, or the way back would have no end.
        let fit = parents
            .filter(|(parent, _)| parent.generation < version.generation && is_wanted(parent));
        fit.max_by_key(|(parent, id)| (parent.generation, *id)).map(|(parent, _)| parent)
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
            .filter_map(|id| Some((self.versions.get(&id)?, id)))
            .max_by_key(|(version, id)| (version.generation, *id))
            .map(|(version, _)| version)
    }

    fn ancestors(&self, head: VersionId) -> BTreeSet<VersionId> {
        let mut ancestors = BTreeSet::new();
        let mut wanted = self.versions.get(&head).map(|v| v.parents.clone()).unwrap_or_default();
        while let Some(id) = wanted.pop() {
            if ancestors.insert(id)
                && let Some(version) = self.versions.get(&id)
            {
                wanted.extend(&version.parents);
            }
        }
        ancestors
    }

    /// The heads that are held, best first: not deleted, then highest generation, then highest id.
    pub(super) fn ranked_heads(&self) -> Vec<(VersionId, &Version)> {
        let mut ranked: Vec<_> =
            self.heads().into_iter().filter_map(|id| Some((id, self.versions.get(&id)?))).collect();
        ranked.sort_by_key(|(id, version)| {
            std::cmp::Reverse((version.change != Change::Delete, version.generation, *id))
        });
        ranked
    }
}

/// Goes back from a head along the best parents that are held.
fn first_of<V: LogView>(view: &V, head: Version) -> Result<Option<Version>, V::Error> {
    let mut version = head;
    for _ in 0..limits::FIRST_WALK_MAX {
        let mut best: Option<(VersionId, Version)> = None;
        for &id in &version.parents {
            let parent = view.version(id)?.filter(|parent| {
                parent.record == version.record && parent.generation < version.generation
            });
            if let Some(parent) = parent
                && best.as_ref().is_none_or(|(best_id, best)| {
                    (best.generation, *best_id) < (parent.generation, id)
                })
            {
                best = Some((id, parent));
            }
        }
        match best {
            Some((_, parent)) => version = parent,
            None => return Ok(Some(version).filter(|version| version.parents.is_empty())),
        }
    }
    Ok(None)
}
