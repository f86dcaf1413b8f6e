//! One clock a record, which joins those of the versions it follows; pruned or not.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    Id, Meeting, NODES, Rival,
    vector::{Shown, Stamped, Vector, arrived, combine, sent},
};

/// All nodes.
pub(super) struct RecordClock {
    entries_max: usize,
    nodes: Vec<Shown<Stamped>>,
    backups: BTreeMap<usize, Shown<Stamped>>,
}

impl RecordClock {
    pub(super) fn new(entries_max: usize) -> Self {
        Self { entries_max, nodes: vec![Shown::new(); NODES], backups: BTreeMap::new() }
    }

    fn send(&mut self, from: usize, to: usize, meeting: Meeting) -> Vec<(usize, Id)> {
        let sent = sent(&self.nodes[from], meeting, from as u64);
        combine(&mut self.nodes[to], &sent, self.entries_max);
        arrived(to, &sent, |version| version.id)
    }
}

impl Rival for RecordClock {
    fn edit(&mut self, node: usize, record: u16, id: Id, wall: i64) -> Vec<Id> {
        let shown = self.nodes[node].entry(record).or_default();
        let mut vector = Vector::default();
        for version in shown.iter() {
            vector.join(&version.vector);
        }
        vector.tick(node, wall);
        vector.prune(self.entries_max);
        let before = std::mem::replace(shown, vec![Rc::new(Stamped { id, vector })]);
        before.iter().map(|version| version.id).collect()
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
