//! The files of several heads as one list: a union that keeps the order of each.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    id::{ContentHash, VersionId},
    record::version::{MediaRef, Version},
};

/// What the ancestor had and no head removed, and what any head added, each file once.
///
/// The best head's files stand in its order. Then, head by head, what the list does not have yet is
/// put right before the file that comes after it there, or at the end. So each head's files keep
/// their order, unless a better head has it otherwise. One pass over the files of all heads.
pub(super) fn merge(base: Option<&Version>, heads: &[(VersionId, Version)]) -> Vec<MediaRef> {
    let removed = removed(base, heads);
    let mut list = Linked::default();
    for (_, version) in heads {
        let mut next = END;
        for media in version.media.iter().rev().filter(|media| !removed.contains(&media.hash)) {
            next = list.place_before(next, media);
        }
    }
    list.into_vec()
}

/// The files that the ancestor had, and that not every head has any more.
fn removed(base: Option<&Version>, heads: &[(VersionId, Version)]) -> BTreeSet<ContentHash> {
    let before = base.iter().flat_map(|version| &version.media);
    let mut kept: BTreeMap<ContentHash, usize> = before.map(|media| (media.hash, 0)).collect();
    for media in heads.iter().flat_map(|(_, version)| &version.media) {
        if let Some(count) = kept.get_mut(&media.hash) {
            *count += 1;
        }
    }
    kept.retain(|_, count| *count < heads.len());
    kept.into_keys().collect()
}

/// The place after the last, and before the first.
const END: usize = 0;

/// A list into which files are put anywhere at the same cost. Place 0 closes the ring.
struct Linked<'a> {
    nodes: Vec<Node<'a>>,
    places: BTreeMap<ContentHash, usize>,
}

struct Node<'a> {
    media: Option<&'a MediaRef>,
    before: usize,
    after: usize,
}

impl Default for Linked<'_> {
    fn default() -> Self {
        let ring = Node { media: None, before: END, after: END };
        Self { nodes: vec![ring], places: BTreeMap::new() }
    }
}

impl<'a> Linked<'a> {
    /// Puts a file before the one at `next`, unless it has a place already. Says its place.
    fn place_before(&mut self, next: usize, media: &'a MediaRef) -> usize {
        if let Some(&place) = self.places.get(&media.hash) {
            return place;
        }
        let (place, before) = (self.nodes.len(), self.nodes[next].before);
        self.nodes.push(Node { media: Some(media), before, after: next });
        self.nodes[before].after = place;
        self.nodes[next].before = place;
        self.places.insert(media.hash, place);
        place
    }

    fn into_vec(self) -> Vec<MediaRef> {
        let mut list = Vec::with_capacity(self.places.len());
        let mut place = self.nodes[END].after;
        while let Some(media) = self.nodes[place].media {
            list.push(media.clone());
            place = self.nodes[place].after;
        }
        list
    }
}
