//! The versions of one record, and who among them is a head.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use super::{
    heads::Versions,
    version::{Kin, Version},
};
use crate::id::VersionId;

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
