//! Vector clocks as the proposal has them: node → (counter, when it moved by that node's wall
//! clock), the oldest entry pruned first; and the versions of a node that compares by them.

use std::{collections::BTreeMap, rc::Rc};

use fastrand::Rng;

use super::{Id, Meeting};

/// A vector clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Vector(BTreeMap<usize, (u64, i64)>);

impl Vector {
    /// Moves a node's counter.
    pub(super) fn tick(&mut self, node: usize, wall: i64) {
        let entry = self.0.entry(node).or_insert((0, wall));
        *entry = (entry.0 + 1, wall);
    }

    /// Says when a node wrote, without moving its counter.
    pub(super) fn touch(&mut self, node: usize, wall: i64) {
        self.0.entry(node).or_insert((1, wall)).1 = wall;
    }

    /// Takes the higher counter of each node.
    pub(super) fn join(&mut self, other: &Self) {
        for (&node, &theirs) in &other.0 {
            let mine = self.0.entry(node).or_insert(theirs);
            if theirs.0 > mine.0 {
                *mine = theirs;
            }
        }
    }

    /// Drops the entries that moved longest ago by their nodes' wall clocks.
    pub(super) fn prune(&mut self, entries_max: usize) {
        while self.0.len() > entries_max {
            let oldest = self.0.iter().min_by_key(|(_, (_, wall))| *wall).map(|(node, _)| *node);
            oldest.and_then(|node| self.0.remove(&node));
        }
    }

    /// Whether no counter here is higher than there.
    fn is_within(&self, other: &Self) -> bool {
        self.0.iter().all(|(node, (counter, _))| {
            other.0.get(node).is_some_and(|(theirs, _)| theirs >= counter)
        })
    }
}

/// A version and its clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamped {
    pub(super) id: Id,
    pub(super) vector: Vector,
}

/// The versions that a node shows of each record.
pub(super) type Shown<V> = BTreeMap<u16, Vec<Rc<V>>>;

/// The records that are sent: in a meeting that is cut about half of them.
pub(super) fn sent<V>(shown: &Shown<V>, meeting: Meeting, way: u64) -> Shown<V> {
    let mut random = meeting.cut.map(|cut| Rng::with_seed(cut ^ way));
    let mut arrives = || random.as_mut().is_none_or(Rng::bool);
    shown.iter().filter(|_| arrives()).map(|(record, list)| (*record, list.clone())).collect()
}

/// Adds what was sent, and drops what another version covers; of equal clocks the first stays.
/// Clocks are pruned after they are compared.
pub(super) fn combine(mine: &mut Shown<Stamped>, sent: &Shown<Stamped>, entries_max: usize) {
    for (record, theirs) in sent {
        let shown = mine.entry(*record).or_default();
        for version in theirs {
            if !shown.iter().any(|known| known.id == version.id) {
                shown.push(version.clone());
            }
        }
        let all = shown.clone();
        let covered = |at: usize, version: &Stamped| {
            all.iter().enumerate().any(|(other_at, other)| {
                let below = version.vector.is_within(&other.vector);
                other_at != at
                    && below
                    && (!other.vector.is_within(&version.vector) || other_at < at)
            })
        };
        *shown = all
            .iter()
            .enumerate()
            .filter(|(at, version)| !covered(*at, version))
            .map(|(_, version)| version.clone())
            .collect();
        for version in shown.iter_mut().filter(|version| version.vector.0.len() > entries_max) {
            Rc::make_mut(version).vector.prune(entries_max);
        }
    }
}

/// The numbers of the versions in a list of records.
pub(super) fn arrived<V>(node: usize, sent: &Shown<V>, id: impl Fn(&V) -> Id) -> Vec<(usize, Id)> {
    sent.values().flatten().map(|version| (node, id(version))).collect()
}
