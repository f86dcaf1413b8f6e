//! No clock at all: the version that was written last by its author's wall clock is the only one.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    Id, Meeting, NODES, Rival,
    vector::{Shown, arrived, sent},
};

/// All nodes.
pub(super) struct LastWriter {
    nodes: Vec<Shown<Written>>,
    backups: BTreeMap<usize, Shown<Written>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Written {
    wall: i64,
    id: Id,
}

impl LastWriter {
    pub(super) fn new() -> Self {
        Self { nodes: vec![Shown::new(); NODES], backups: BTreeMap::new() }
    }

    fn send(&mut self, from: usize, to: usize, meeting: Meeting) -> Vec<(usize, Id)> {
        let sent = sent(&self.nodes[from], meeting, from as u64);
        for (&record, theirs) in &sent {
            let mine = self.nodes[to].entry(record).or_default();
            let last = mine.iter().chain(theirs).max().cloned();
            *mine = last.into_iter().collect();
        }
        arrived(to, &sent, |version| version.id)
    }
}

impl Rival for LastWriter {
    fn edit(&mut self, node: usize, record: u16, id: Id, wall: i64) -> Vec<Id> {
        let before = self.nodes[node].insert(record, vec![Rc::new(Written { wall, id })]);
        before.iter().flatten().map(|version| version.id).collect()
    }

    fn meet(&mut self, node: usize, laptop: usize, meeting: Meeting) -> Vec<(usize, Id)> {
        let mut all = self.send(node, laptop, meeting);
        all.extend(self.send(laptop, node, meeting));
        all
    }

    fn back_up(&mut self, node: usize) {
        self.backups.insert(node, self.nodes[node].clone());
    }

    fn restore(&mut self, node: usize) {
        if let Some(backup) = self.backups.remove(&node) {
            self.nodes[node] = backup;
        }
    }

    fn shown(&self, node: usize, record: u16) -> Vec<Id> {
        self.nodes[node].get(&record).into_iter().flatten().map(|version| version.id).collect()
    }
}
