//! The heads of a record as far as they are shown, and what they all come from.
//!
//! One pass over the heads, however many there are, reads only where each stands; the best
//! [`limits::HEADS_SHOWN_MAX`] are read whole. What they come from is sought from the latest
//! generation down, so that the usual fork costs a step or two, and given up after
//! [`limits::ANCESTORS_SOUGHT_MAX`] versions.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

use super::version::{Change, Kin, Version};
use crate::{id::VersionId, limits};

/// Where the versions of one record are read from.
pub(crate) trait Versions {
    type Error;

    /// The versions that none names as parent.
    fn heads(&self) -> Result<Vec<VersionId>, Self::Error>;
    /// Where a version stands among others, if it is held.
    fn kin(&self, id: VersionId) -> Result<Option<Kin>, Self::Error>;
    /// A whole version, if it is held.
    fn version(&self, id: VersionId) -> Result<Option<Version>, Self::Error>;
    /// Whether a version counts. One that does not is passed over: what it follows is shown as if
    /// it were not there.
    fn counts(&self, kin: &Kin) -> Result<bool, Self::Error>;
}

/// The heads that count, best first, so that the first is the winner: what managers alone write
/// before all else, not deleted, highest generation, highest id.
///
/// In the place of a head that does not count are the versions that it follows, where no other that
/// counts follows them.
pub(crate) fn ranked<S: Versions>(source: &S) -> Result<Vec<(VersionId, Kin)>, S::Error> {
    let (mut ranked, mut others) = (Vec::new(), Vec::new());
    for id in source.heads()? {
        let Some(kin) = source.kin(id)? else { continue };
        if source.counts(&kin)? { &mut ranked } else { &mut others }.push((id, kin));
    }
    if !others.is_empty() {
        let beneath = beneath(source, &ranked, &others)?;
        ranked.extend(beneath);
    }
    ranked.sort_by_key(|(id, kin)| Reverse(rank(*id, kin)));
    if let Some(is_seen) = ranked.first().map(|(_, kin)| kin.kind.is_seen()) {
        ranked.retain(|(_, kin)| kin.kind.is_seen() == is_seen);
    }
    Ok(ranked)
}

fn rank(id: VersionId, kin: &Kin) -> (bool, bool, u32, VersionId) {
    (!kin.kind.is_seen(), kin.change != Change::Delete, kin.generation, id)
}

/// The versions that would be heads, beside `ranked`, if those that do not count were not there.
fn beneath<S: Versions>(
    source: &S,
    ranked: &[(VersionId, Kin)],
    others: &[(VersionId, Kin)],
) -> Result<Vec<(VersionId, Kin)>, S::Error> {
    // Whether a version that counts comes from it; each version is visited at most once for either
    // answer.
    let mut is_followed: HashMap<VersionId, bool> = HashMap::new();
    let mut found: HashMap<VersionId, Kin> = HashMap::new();
    let parents = |kins: &[(VersionId, Kin)], followed: bool| {
        let parents = kins.iter().flat_map(|(_, kin)| kin.parents.clone());
        parents.map(|parent| (parent, followed)).collect::<Vec<_>>()
    };
    let mut wanted = parents(others, false);
    wanted.extend(parents(ranked, true));
    while let Some((id, followed)) = wanted.pop() {
        if is_followed.get(&id).is_some_and(|before| *before || !followed) {
            continue;
        }
        is_followed.insert(id, followed);
        let Some(kin) = source.kin(id)? else { continue };
        let counts = source.counts(&kin)?;
        wanted.extend(kin.parents.iter().map(|parent| (*parent, followed || counts)));
        if followed {
            found.remove(&id);
        } else if counts {
            found.insert(id, kin);
        }
    }
    Ok(found.into_iter().collect())
}

/// What a view is computed from.
pub(super) struct Heads {
    /// Best first, at most [`limits::HEADS_SHOWN_MAX`].
    pub best: Vec<(VersionId, Version)>,
    /// How many heads there are.
    pub total: usize,
    /// How many of them are deletes.
    pub deletes: usize,
    /// The best of the versions that all of `best` come from: highest generation, then highest id.
    pub base: Option<Version>,
}

impl Heads {
    pub fn load<S: Versions>(source: &S) -> Result<Self, S::Error> {
        let mut ranked = ranked(source)?;
        let total = ranked.len();
        let deletes = ranked.iter().filter(|(_, kin)| kin.change == Change::Delete).count();
        ranked.truncate(limits::HEADS_SHOWN_MAX);
        let base = match common_ancestor(source, &ranked)? {
            Some(id) => source.version(id)?,
            None => None,
        };
        let mut best = Vec::with_capacity(ranked.len());
        for (id, _) in ranked {
            best.extend(source.version(id)?.map(|version| (id, version)));
        }
        Ok(Self { best, total, deletes, base })
    }
}

/// A version on the way down from the heads.
struct Step {
    parents: Vec<VersionId>,
    /// The heads that come from it, a bit each.
    reached: u64,
    /// What of `reached` its parents know.
    told: u64,
}

/// The first version, from the latest generation down, that all heads come from.
fn common_ancestor<S: Versions>(
    source: &S,
    heads: &[(VersionId, Kin)],
) -> Result<Option<VersionId>, S::Error> {
    const { assert!(limits::HEADS_SHOWN_MAX <= u64::BITS as usize, "a bit for each head") };

    if heads.len() < 2 {
        return Ok(None);
    }
    let all = u64::MAX >> (u64::BITS as usize - heads.len());
    let mut steps: HashMap<VersionId, Step> = HashMap::new();
    let mut queue: BinaryHeap<(u32, VersionId)> = BinaryHeap::new();
    let mut wanted: Vec<(VersionId, u64)> = Vec::new();
    for (bit, (_, kin)) in heads.iter().enumerate() {
        wanted.extend(kin.parents.iter().map(|parent| (*parent, 1 << bit)));
    }
    loop {
        for (id, reached) in wanted.drain(..) {
            if let Some(step) = steps.get_mut(&id) {
                step.reached |= reached;
                // Told again only where an author gave its version too low a generation.
                if step.told != 0 && step.told != step.reached {
                    queue.push((0, id));
                }
            } else if let Some(Kin { generation, parents, .. }) = source.kin(id)? {
                steps.insert(id, Step { parents, reached, told: 0 });
                queue.push((generation, id));
            }
        }
        if steps.len() > limits::ANCESTORS_SOUGHT_MAX {
            return Ok(None);
        }
        let Some((_, id)) = queue.pop() else { return Ok(None) };
        let Some(step) = steps.get_mut(&id) else { continue };
        if step.reached == all {
            return Ok(Some(id));
        }
        if step.told != step.reached {
            step.told = step.reached;
            wanted.extend(step.parents.iter().map(|parent| (*parent, step.reached)));
        }
    }
}

#[cfg(test)]
mod tests;
