//! One clock a node, given to every version: the proposal, literally or mended, pruned or not.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    Id, Meeting, NODES, Rival,
    vector::{Shown, Stamped, Vector, arrived, combine, sent},
};

/// All nodes.
pub(super) struct NodeClock {
    /// Whether the counter moves at a write; else it moves when nodes sync.
    moves_at_write: bool,
    entries_max: usize,
    nodes: Vec<Node>,
    backups: BTreeMap<usize, Node>,
}

#[derive(Clone, Default)]
struct Node {
    clock: Vector,
    shown: Shown<Stamped>,
}

impl NodeClock {
    pub(super) fn new(moves_at_write: bool, entries_max: usize) -> Self {
        let nodes = vec![Node::default(); NODES];
        Self { moves_at_write, entries_max, nodes, backups: BTreeMap::new() }
    }

    fn send(
        &mut self,
        from: usize,
        to: usize,
        meeting: Meeting,
        walls: (i64, i64),
    ) -> Vec<(usize, Id)> {
        if !self.moves_at_write {
            let clock = &mut self.nodes[from].clock;
            clock.tick(from, walls.0);
            clock.prune(self.entries_max);
        }
        let source = self.nodes[from].clone();
        let sent = sent(&source.shown, meeting, from as u64);
        let node = &mut self.nodes[to];
        combine(&mut node.shown, &sent, self.entries_max);
        node.clock.join(&source.clock);
        if !self.moves_at_write {
            node.clock.tick(to, walls.1);
        }
        node.clock.prune(self.entries_max);
        arrived(to, &sent, |version| version.id)
    }
}

impl Rival for NodeClock {
    fn edit(&mut self, node: usize, record: u16, id: Id, wall: i64) -> Vec<Id> {
        let Node { clock, shown } = &mut self.nodes[node];
        if self.moves_at_write {
            clock.tick(node, wall);
        } else {
            clock.touch(node, wall);
        }
        let mut vector = clock.clone();
        vector.prune(self.entries_max);
        let before = shown.insert(record, vec![Rc::new(Stamped { id, vector })]);
        before.iter().flatten().map(|version| version.id).collect()
    }

    fn meet(&mut self, node: usize, laptop: usize, meeting: Meeting) -> Vec<(usize, Id)> {
        let (here, there) = meeting.walls;
        let mut all = self.send(node, laptop, meeting, (here, there));
        all.extend(self.send(laptop, node, meeting, (there, here)));
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
        self.nodes[node]
            .shown
            .get(&record)
            .into_iter()
            .flatten()
            .map(|version| version.id)
            .collect()
    }
}
