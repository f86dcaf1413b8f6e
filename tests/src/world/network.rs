//! Virtual time, and a network that loses, doubles, delays, cuts and alters what it carries.

use std::{cmp::Reverse, collections::BinaryHeap};

use chasqui_shared::Failure;
use fastrand::Rng;

use crate::Faults;

/// Which request of which conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Connection {
    pub(super) asker: usize,
    pub(super) peer: usize,
    /// The asker's life.
    pub(super) life: u32,
    pub(super) number: u64,
    pub(super) call: Call,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Offer,
    Push,
    Pull,
}

/// Something that happens at its time.
#[derive(Debug)]
pub(super) enum Event {
    /// Somebody does something.
    Act,
    /// A request arrives.
    Request(Connection, Vec<u8>),
    /// An answer arrives.
    Answer(Connection, Result<Vec<u8>, Failure>),
    /// What the replica has in memory in this life reaches its disk.
    Commit(usize, u32),
    /// A deadline of the conversation of this replica, in this life, with this laptop.
    Tick(usize, u32, usize),
    /// A replica starts again in this life.
    Start(usize, u32),
}

/// The events to come, in the order of their times.
#[derive(Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<(u64, u64)>>,
    events: std::collections::BTreeMap<u64, Event>,
    count: u64,
}

impl Queue {
    /// Lets an event happen at a time.
    pub(super) fn push(&mut self, at_ms: u64, event: Event) {
        self.count += 1;
        self.heap.push(Reverse((at_ms, self.count)));
        self.events.insert(self.count, event);
    }

    /// The next event and its time.
    pub(super) fn pop(&mut self) -> Option<(u64, Event)> {
        let Reverse((at_ms, number)) = self.heap.pop()?;
        Some((at_ms, self.events.remove(&number)?))
    }
}

/// What the network did to a message: when each copy arrives, and its bytes.
pub(super) fn carry(
    random: &mut Rng,
    faults: &Faults,
    bytes: &[u8],
    may_double: bool,
) -> Vec<(u64, Vec<u8>)> {
    if happens(random, faults.lost) {
        return Vec::new();
    }
    let copies = if may_double && happens(random, faults.doubled) { 2 } else { 1 };
    (0..copies)
        .map(|_| {
            let mut bytes = bytes.to_vec();
            if happens(random, faults.cut) {
                bytes.truncate(random.usize(..=bytes.len()));
            }
            (1 + random.u64(..=faults.delay_ms_max), bytes)
        })
        .collect()
}

/// Changes one byte.
pub(super) fn tamper(random: &mut Rng, bytes: &mut [u8]) {
    if !bytes.is_empty() {
        let at = random.usize(..bytes.len());
        bytes[at] ^= 1 << random.u32(..8);
    }
}

/// Whether something with this rate happens now.
pub(super) fn happens(random: &mut Rng, per_mille: u32) -> bool {
    per_mille > 0 && random.u32(..1000) < per_mille
}
