//! A project in the field: people edit, meet laptops and lose phones, and the truth of who saw what
//! is kept aside.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use fastrand::Rng;

use super::{Id, LAPTOPS, Meeting, NODES, PHONES, RECORDS, Rival};

const EVENTS: u32 = 2_000;
const SECONDS_BETWEEN: i64 = 60;
const YEAR_SECONDS: i64 = 31_536_000;

/// What goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Meetings that are cut half way, in per cent.
    pub cut_percent: u32,
    /// Whether every fifth phone's clock is two years ahead or three behind.
    pub wrong_clocks: bool,
    /// Whether phones are thrown back to a backup.
    pub restores: bool,
}

impl Conditions {
    /// The columns of the table, by name.
    pub const ALL: [(&str, Self); 4] = [
        ("no faults", Self { cut_percent: 0, wrong_clocks: false, restores: false }),
        ("cut syncs", Self { cut_percent: 20, wrong_clocks: false, restores: false }),
        ("wrong clocks", Self { cut_percent: 0, wrong_clocks: true, restores: false }),
        ("all faults", Self { cut_percent: 20, wrong_clocks: true, restores: true }),
    ];
}

/// What became of a project, when everybody had met everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Versions written.
    pub versions: usize,
    /// Versions that nobody followed, and that are shown nowhere any more.
    pub lost: usize,
    /// Versions that are shown somewhere beside one that follows them.
    pub false_conflicts: usize,
}

/// What truly happened.
#[derive(Default)]
struct Truth {
    /// For each version, all that its author had seen the effect of.
    past: Vec<Rc<BTreeSet<Id>>>,
    /// What reached each node, and was not lost with its disk.
    reached: Vec<BTreeSet<Id>>,
}

/// Plays the events of a seed. They are the same for each rival.
pub(super) fn play(rival: &mut dyn Rival, conditions: Conditions, seed: u64) -> Outcome {
    let mut random = Rng::with_seed(seed);
    let mut truth = Truth { reached: vec![BTreeSet::new(); NODES], ..Truth::default() };
    let mut backups: BTreeMap<usize, BTreeSet<Id>> = BTreeMap::new();
    for event in 0..i64::from(EVENTS) {
        let node = random.usize(..NODES);
        let wall = |node: usize| event * SECONDS_BETWEEN + clock_error(conditions, node);
        match random.u32(..10) {
            0..=4 => {
                let record = random.u16(..RECORDS);
                truth.write(node, |id| rival.edit(node, record, id, wall(node)));
            }
            5..=8 => {
                let laptop = PHONES + random.usize(..LAPTOPS);
                let cut = random.u64(..);
                let cut = Some(cut).filter(|cut| (cut % 100) < u64::from(conditions.cut_percent));
                if node != laptop {
                    let walls = (wall(node), wall(laptop));
                    truth.spread(rival.meet(node, laptop, Meeting { walls, cut }));
                }
            }
            _ if node >= PHONES || !conditions.restores => {}
            _ => match backups.remove(&node) {
                None => {
                    backups.insert(node, truth.reached[node].clone());
                    rival.back_up(node);
                }
                Some(reached) if random.u32(..8) == 0 => {
                    truth.reached[node] = reached;
                    rival.restore(node);
                }
                Some(_) => {}
            },
        }
    }
    let end = i64::from(EVENTS) * SECONDS_BETWEEN;
    for _ in 0..3 {
        for node in 0..NODES {
            for laptop in (PHONES..NODES).filter(|&laptop| laptop != node) {
                let meeting = Meeting { walls: (end, end), cut: None };
                truth.spread(rival.meet(node, laptop, meeting));
            }
        }
    }
    truth.judge(rival)
}

fn clock_error(conditions: Conditions, node: usize) -> i64 {
    match node {
        _ if !conditions.wrong_clocks || node >= PHONES || !node.is_multiple_of(5) => 0,
        _ if node.is_multiple_of(10) => -3 * YEAR_SECONDS,
        _ => 2 * YEAR_SECONDS,
    }
}

impl Truth {
    fn write(&mut self, node: usize, edit: impl FnOnce(Id) -> Vec<Id>) {
        let id = self.past.len() as Id;
        let mut past = BTreeSet::new();
        for seen in edit(id) {
            past.extend(self.past[seen as usize].iter());
            past.insert(seen);
        }
        self.past.push(Rc::new(past));
        self.reached[node].insert(id);
    }

    fn spread(&mut self, arrived: Vec<(usize, Id)>) {
        for (node, id) in arrived {
            self.reached[node].insert(id);
        }
    }

    fn judge(&self, rival: &dyn Rival) -> Outcome {
        let alive: BTreeSet<Id> = self.reached.iter().flatten().copied().collect();
        let followed: BTreeSet<Id> =
            alive.iter().flat_map(|&id| self.past[id as usize].iter()).copied().collect();
        let shown: BTreeSet<Id> = (0..NODES)
            .flat_map(|node| (0..RECORDS).map(move |record| (node, record)))
            .flat_map(|(node, record)| rival.shown(node, record))
            .collect();
        let heads = alive.iter().filter(|id| !followed.contains(id));
        Outcome {
            versions: self.past.len(),
            lost: heads.filter(|id| !shown.contains(id)).count(),
            false_conflicts: shown.iter().filter(|id| followed.contains(id)).count(),
        }
    }
}
