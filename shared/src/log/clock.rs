//! The vector clock over logs: how far somebody has each of them, without gaps.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    id::{Chain, ClockDigest, WriterId},
    limits,
};

/// A place in a log and the hash of everything up to it. Seq 0 is the place before the first entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Entries up to here, at most [`limits::SEQ_MAX`].
    #[serde(deserialize_with = "seq_in_range")]
    #[cfg_attr(feature = "openapi", schema(maximum = 281_474_976_710_656u64))]
    pub seq: u64,
    /// The chain over them.
    pub chain: Chain,
}

impl Position {
    /// Before the first entry. Its chain is zeros, also where the genesis of the log is known.
    pub const START: Self = Self { seq: 0, chain: Chain([0; 32]) };
}

/// How two clocks stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockOrder {
    /// The same entries.
    Equal,
    /// The other has everything of this one, and more.
    Before,
    /// This one has everything of the other, and more.
    After,
    /// Each has something that the other lacks, or the same log went two ways.
    Concurrent,
}

/// Entries of one log: those after `after`, up to and with `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The log.
    pub writer: WriterId,
    /// The last entry that is not in the range.
    pub after: Position,
    /// The last entry that is.
    pub until: Position,
}

/// Writer → position. It only ever claims what is durable, and a prefix without gaps.
///
/// On the wire a list of `{writer, seq, chain}` with ascending writers, at most
/// [`limits::WRITERS_MAX`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock(BTreeMap<WriterId, Position>);

impl Clock {
    /// Sets how far a log is held; seq 0 forgets it.
    pub fn set(&mut self, writer: WriterId, position: Position) {
        if position.seq == 0 {
            self.0.remove(&writer);
        } else {
            self.0.insert(writer, position);
        }
    }

    /// Takes the further position of each log.
    ///
    /// Where two positions have the same seq and different chains, the log went two ways; the lower
    /// chain is kept, so that the order of joining does not matter.
    pub fn join(&mut self, other: &Clock) {
        for (&writer, &theirs) in &other.0 {
            let mine = self.0.entry(writer).or_insert(theirs);
            if (theirs.seq, mine.chain) > (mine.seq, theirs.chain) {
                *mine = theirs;
            }
        }
    }

    /// How far a log is held.
    pub fn get(&self, writer: WriterId) -> Option<Position> {
        self.0.get(&writer).copied()
    }

    /// Logs in ascending order of writer.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (WriterId, Position)> + '_ {
        self.0.iter().map(|(&writer, &position)| (writer, position))
    }

    /// Number of logs.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no log is held.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of entries over all logs.
    pub fn entries(&self) -> u64 {
        self.0.values().map(|position| position.seq).sum()
    }

    /// BLAKE3("chasqui clock 1" ‖ for each log, ascending: writer ‖ seq as 8 bytes, big-endian ‖
    /// chain).
    pub fn digest(&self) -> ClockDigest {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"chasqui clock 1");
        for (writer, position) in &self.0 {
            hasher.update(&writer.0).update(&position.seq.to_be_bytes()).update(&position.chain.0);
        }
        ClockDigest(*hasher.finalize().as_bytes())
    }

    /// How this clock stands to `other`.
    pub fn compare(&self, other: &Clock) -> ClockOrder {
        let forked = self.iter().any(|(w, mine)| {
            other.get(w).is_some_and(|o| o.seq == mine.seq && o.chain != mine.chain)
        });
        if forked {
            return ClockOrder::Concurrent;
        }
        match (other.lacks_of(self), self.lacks_of(other)) {
            (false, false) => ClockOrder::Equal,
            (false, true) => ClockOrder::Before,
            (true, false) => ClockOrder::After,
            (true, true) => ClockOrder::Concurrent,
        }
    }

    /// The seq ranges that `other` has and this one lacks: writer, after, until.
    pub fn diff(&self, other: &Clock) -> Vec<(WriterId, u64, u64)> {
        let mut ranges = Vec::new();
        for (writer, theirs) in other.iter() {
            let mine = self.get(writer).map_or(0, |position| position.seq);
            if mine < theirs.seq {
                ranges.push((writer, mine, theirs.seq));
            }
        }
        ranges
    }

    /// The positions that differ from those in `before`.
    pub fn moved_since(&self, before: &Clock) -> Clock {
        Clock(
            self.0
                .iter()
                .filter(|(w, p)| before.0.get(w) != Some(p))
                .map(|(w, p)| (*w, *p))
                .collect(),
        )
    }

    fn lacks_of(&self, other: &Clock) -> bool {
        other.iter().any(|(writer, theirs)| {
            self.get(writer).map_or(0, |position| position.seq).cmp(&theirs.seq) == Ordering::Less
        })
    }
}

impl FromIterator<(WriterId, Position)> for Clock {
    fn from_iter<I: IntoIterator<Item = (WriterId, Position)>>(positions: I) -> Self {
        let mut clock = Self::default();
        for (writer, position) in positions {
            clock.set(writer, position);
        }
        clock
    }
}

fn seq_in_range<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let seq = u64::deserialize(deserializer)?;
    if seq > limits::SEQ_MAX {
        return Err(D::Error::custom("a seq is out of range"));
    }
    Ok(seq)
}

/// One log of a clock on the wire.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ClockRow {
    writer: WriterId,
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 281_474_976_710_656u64))]
    seq: u64,
    chain: Chain,
}

impl Serialize for Clock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(writer, p)| ClockRow {
            writer,
            seq: p.seq,
            chain: p.chain,
        }))
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Vec::<ClockRow>::deserialize(deserializer)?;
        if rows.len() > limits::WRITERS_MAX {
            return Err(D::Error::custom("a clock names too many writers"));
        }
        if !rows.is_sorted_by(|a, b| a.writer < b.writer) {
            return Err(D::Error::custom("the writers of a clock must ascend without repeats"));
        }
        if rows.iter().any(|row| row.seq == 0 || row.seq > limits::SEQ_MAX) {
            return Err(D::Error::custom("a seq in a clock is out of range"));
        }
        Ok(rows
            .into_iter()
            .map(|row| (row.writer, Position { seq: row.seq, chain: row.chain }))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clocks() -> impl Strategy<Value = Clock> {
        proptest::collection::btree_map(0u8..6, (1u64..5, 0u8..3), 0..6).prop_map(|rows| {
            rows.into_iter()
                .map(|(w, (seq, c))| (WriterId([w; 16]), Position { seq, chain: Chain([c; 32]) }))
                .collect()
        })
    }

    fn joined(a: &Clock, b: &Clock) -> Clock {
        let mut clock = a.clone();
        clock.join(b);
        clock
    }

    proptest! {
        #[test]
        fn join_is_commutative_associative_and_idempotent(a in clocks(), b in clocks(), c in clocks()) {
            prop_assert_eq!(joined(&a, &b), joined(&b, &a));
            prop_assert_eq!(joined(&joined(&a, &b), &c), joined(&a, &joined(&b, &c)));
            prop_assert_eq!(joined(&a, &a), a);
        }

        #[test]
        fn compare_agrees_with_its_mirror_image(a in clocks(), b in clocks()) {
            let mirrored = match b.compare(&a) {
                ClockOrder::Before => ClockOrder::After,
                ClockOrder::After => ClockOrder::Before,
                same => same,
            };
            prop_assert_eq!(a.compare(&b), mirrored);
            prop_assert_eq!(a.compare(&b) == ClockOrder::Equal, a == b);
        }

        #[test]
        fn diff_holds_exactly_what_join_brings(a in clocks(), b in clocks()) {
            let brought: u64 = a.diff(&b).iter().map(|(_, after, until)| until - after).sum();
            prop_assert_eq!(a.entries() + brought, joined(&a, &b).entries());
        }

        #[test]
        fn equal_digests_mean_equal_clocks(a in clocks(), b in clocks()) {
            prop_assert_eq!(a.digest() == b.digest(), a == b);
        }

        #[test]
        fn decode_of_encode_is_identity(a in clocks()) {
            let cbor = serde_ipld_dagcbor::to_vec(&a).unwrap();
            prop_assert_eq!(serde_ipld_dagcbor::from_slice::<Clock>(&cbor).unwrap(), a.clone());
            let json = serde_json::to_string(&a).unwrap();
            prop_assert_eq!(serde_json::from_str::<Clock>(&json).unwrap(), a);
        }
    }

    #[test]
    fn a_clock_with_repeated_writers_or_seq_zero_is_refused() {
        let row = |seq| serde_json::json!({"writer": "00".repeat(16), "seq": seq, "chain": "00".repeat(32)});
        for bad in [vec![row(1), row(2)], vec![row(0)], vec![row(limits::SEQ_MAX + 1)]] {
            assert!(serde_json::from_value::<Clock>(bad.into()).is_err());
        }
        assert!(serde_json::from_value::<Clock>(vec![row(limits::SEQ_MAX)].into()).is_ok());
    }
}
