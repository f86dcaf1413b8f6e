//! Versions name what they follow, and a node sends what it shows and nothing of what came before.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{
    Id, Meeting, NODES, Rival,
    vector::{Shown, arrived, sent},
};

/// All nodes.
pub(super) struct HeadsOnly {
    nodes: Vec<Node>,
    backups: BTreeMap<usize, Node>,
}

#[derive(Clone, Default)]
struct Node {
    shown: Shown<Version>,
    followed: BTreeSet<Id>,
}

#[derive(Clone)]
struct Version {
    id: Id,
    parents: Vec<Id>,
}

impl HeadsOnly {
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default(); NODES], backups: BTreeMap::new() }
    }

    fn send(&mut self, from: usize, to: usize, meeting: Meeting) -> Vec<(usize, Id)> {
        let sent = sent(&self.nodes[from].shown, meeting, from as u64);
        let Node { shown, followed } = &mut self.nodes[to];
        for (&record, theirs) in &sent {
            let mine = shown.entry(record).or_default();
            for version in theirs {
                followed.extend(&version.parents);
                if !mine.iter().any(|known| known.id == version.id) {
                    mine.push(version.clone());
                }
            }
            mine.retain(|version| !followed.contains(&version.id));
        }
        arrived(to, &sent, |version| version.id)
    }
}

impl Rival for HeadsOnly {
    fn edit(&mut self, node: usize, record: u16, id: Id, _wall: i64) -> Vec<Id> {
        let Node { shown, followed } = &mut self.nodes[node];
        let list = shown.entry(record).or_default();
        let parents: Vec<Id> = list.iter().map(|version| version.id).collect();
        followed.extend(&parents);
        *list = vec![Rc::new(Version { id, parents: parents.clone() })];
        parents
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
        let list = self.nodes[node].shown.get(&record);
        list.into_iter().flatten().map(|version| version.id).collect()
    }
}
