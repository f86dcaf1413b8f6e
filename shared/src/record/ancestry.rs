//! Who began a record, and who set a value: gone back to along the best parents, reading no more
//! than is needed.

use std::{collections::HashMap, rc::Rc};

use super::{
    heads::Versions,
    version::{Kin, Version},
};
use crate::{
    id::{DeviceId, VersionId},
    limits,
};

/// The version with which the record began, gone back to from this one; `None` if it is not held,
/// or if more than [`limits::FIRST_WALK_MAX`] versions lie between.
pub(super) fn first_of<S: Versions>(
    source: &S,
    id: VersionId,
    version: &Version,
) -> Result<Option<Version>, S::Error> {
    let (mut at, mut kin) = (id, Kin::from(version));
    for _ in 0..limits::FIRST_WALK_MAX {
        let mut best: Option<(VersionId, Kin)> = None;
        for &parent in &kin.parents {
            let Some(found) = source.kin(parent)? else { continue };
            // A parent has a lower generation, or the way back would have no end.
            let is_better = best.as_ref().is_none_or(|(best_id, best)| {
                (best.generation, *best_id) < (found.generation, parent)
            });
            if found.generation < kin.generation && is_better {
                best = Some((parent, found));
            }
        }
        match best {
            Some((parent, found)) => (at, kin) = (parent, found),
            None if kin.parents.is_empty() => return source.version(at),
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// Versions before the heads, each read once, and no more of them than may be.
pub(super) struct Before<'s, S> {
    source: &'s S,
    read: HashMap<VersionId, Option<Rc<Version>>>,
    /// How many versions may still be gone back through.
    steps: usize,
}

impl<'s, S: Versions> Before<'s, S> {
    pub fn of(source: &'s S) -> Self {
        Self { source, read: HashMap::new(), steps: limits::SET_WALK_MAX }
    }

    /// Who wrote the version that set the value which this head has: gone back to as long as a
    /// parent has the same. `None` if more than [`limits::SET_WALK_MAX`] versions lie between, of
    /// all values that were asked for, or more than [`limits::ANCESTORS_SOUGHT_MAX`] would have to
    /// be read.
    pub fn set_by(
        &mut self,
        head: &Version,
        has_value: impl Fn(&Version) -> bool,
    ) -> Result<Option<DeviceId>, S::Error> {
        let mut version = Rc::new(head.clone());
        loop {
            let mut best: Option<(u32, VersionId, Rc<Version>)> = None;
            for &id in &version.parents {
                let Some(steps) = self.steps.checked_sub(1) else { return Ok(None) };
                self.steps = steps;
                let Some(read) = self.version(id)? else { return Ok(None) };
                let Some(parent) = read else { continue };
                let is_better = best.as_ref().is_none_or(|(generation, best, _)| {
                    (*generation, *best) < (parent.generation, id)
                });
                if parent.generation < version.generation && is_better && has_value(&parent) {
                    best = Some((parent.generation, id, parent));
                }
            }
            match best {
                Some((_, _, parent)) => version = parent,
                None => return Ok(Some(version.author)),
            }
        }
    }

    /// A version, if it is held; `None` once no more may be read.
    fn version(&mut self, id: VersionId) -> Result<Option<Option<Rc<Version>>>, S::Error> {
        if let Some(version) = self.read.get(&id) {
            return Ok(Some(version.clone()));
        }
        if self.read.len() >= limits::ANCESTORS_SOUGHT_MAX {
            return Ok(None);
        }
        let version = self.source.version(id)?.map(Rc::new);
        self.read.insert(id, version.clone());
        Ok(Some(version))
    }
}
