//! What a clock was a while ago, so that a peer need only say what changed since the last meeting.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::clock::Position;
use crate::id::{ClockDigest, WriterId};

/// The last positions that a clock moved away from, by the digest that it had then.
///
/// Found by content and never by a number of commits, so that a restored or cloned store that meets
/// a digest from its lost future simply does not know it.
#[derive(Clone, Debug)]
pub struct Moves {
    moves: VecDeque<(WriterId, Position)>,
    /// Digest → how many moves, counted from the beginning, came before it.
    digests: HashMap<ClockDigest, u64>,
    order: VecDeque<ClockDigest>,
    forgotten: u64,
    moves_max: usize,
}

impl Moves {
    /// Remembers at most `moves_max` moves and as many digests.
    pub fn new(moves_max: usize) -> Self {
        Self {
            moves: VecDeque::new(),
            digests: HashMap::new(),
            order: VecDeque::new(),
            forgotten: 0,
            moves_max,
        }
    }

    /// A log moved away from `before`.
    pub fn push(&mut self, writer: WriterId, before: Position) {
        self.moves.push_back((writer, before));
        if self.moves.len() > self.moves_max {
            self.moves.pop_front();
            self.forgotten += 1;
        }
    }

    /// The clock has this digest now, after all moves so far.
    pub fn mark(&mut self, digest: ClockDigest) {
        let count = self.forgotten + self.moves.len() as u64;
        if self.digests.insert(digest, count).is_none() {
            self.order.push_back(digest);
        }
        if self.order.len() > self.moves_max
            && let Some(oldest) = self.order.pop_front()
        {
            self.digests.remove(&oldest);
        }
    }

    /// Each log that moved since the clock had this digest, with its position then.
    pub fn since(&self, digest: ClockDigest) -> Option<Vec<(WriterId, Position)>> {
        let skip = self.digests.get(&digest)?.checked_sub(self.forgotten)?;
        let mut then = BTreeMap::new();
        for &(writer, before) in self.moves.iter().skip(usize::try_from(skip).ok()?) {
            then.entry(writer).or_insert(before);
        }
        Some(then.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chain;

    const A: WriterId = WriterId([1; 16]);
    const B: WriterId = WriterId([2; 16]);

    fn at(seq: u64) -> Position {
        Position { seq, chain: Chain([seq as u8; 32]) }
    }

    fn digest(byte: u8) -> ClockDigest {
        ClockDigest([byte; 32])
    }

    #[test]
    fn each_moved_log_is_named_once_with_its_position_at_the_digest() {
        let mut moves = Moves::new(10);
        moves.mark(digest(0));
        moves.push(A, at(0));
        moves.mark(digest(1));
        moves.push(A, at(1));
        moves.push(B, at(0));
        moves.push(A, at(2));
        moves.mark(digest(2));
        assert_eq!(moves.since(digest(1)), Some(vec![(A, at(1)), (B, at(0))]));
        assert_eq!(moves.since(digest(2)), Some(vec![]));
        assert_eq!(moves.since(digest(9)), None);
    }

    #[test]
    fn a_digest_whose_moves_are_forgotten_is_not_known() {
        let mut moves = Moves::new(2);
        moves.mark(digest(0));
        moves.push(A, at(0));
        moves.push(A, at(1));
        assert!(moves.since(digest(0)).is_some());
        moves.push(A, at(2));
        assert_eq!(moves.since(digest(0)), None);
    }
}
