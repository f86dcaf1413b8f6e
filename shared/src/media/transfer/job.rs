//! One file of a transfer, and how far it is.

use super::event::{Direction, Placed, Wanted};
use crate::{id::ContentHash, record::MediaRef};

/// The order in which files go: what was refused comes last, and small comes before large.
pub(super) type Rank = (u32, u64, ContentHash);

#[derive(Clone, Debug)]
pub(super) struct Job {
    pub file: MediaRef,
    pub is_sent: bool,
    /// Whether the peer is asked whether it has it before it is moved.
    pub ask: bool,
    /// Where an upload goes on, if one was begun.
    pub place: Option<Placed>,
    /// Bytes that arrived as far as is known.
    pub offset: u64,
    /// Most bytes that ever arrived, if anything is known of it.
    pub high: Option<u64>,
    /// How often it was refused.
    pub refusals: u32,
    /// How often it was not where it was believed to be, since something of it arrived.
    pub strikes: u32,
    /// Whether it counts in the progress of this round.
    pub is_counted: bool,
}

impl Job {
    pub fn new(Wanted { file, direction }: Wanted) -> Self {
        let (is_sent, offset, ask) = match direction {
            Direction::Send => (true, 0, true),
            Direction::Fetch { offset, ask } => (false, offset, ask),
        };
        let high = (!is_sent).then_some(offset);
        Self {
            file,
            is_sent,
            ask,
            place: None,
            offset,
            high,
            refusals: 0,
            strikes: 0,
            is_counted: false,
        }
    }

    pub fn rank(&self) -> Rank {
        (self.refusals, self.file.bytes, self.file.hash)
    }

    /// Whether it waits to be asked about.
    pub fn is_unknown(&self) -> bool {
        self.ask
    }

    /// Where it is, is no longer known. What was fetched is here, whatever the peer says.
    pub fn doubt(&mut self) {
        if self.is_sent {
            (self.place, self.ask) = (None, true);
        }
    }

    /// So much of it arrived. Says whether that is more than ever before.
    pub fn reach(&mut self, offset: u64) -> bool {
        let is_more = self.high.is_some_and(|high| offset > high);
        self.high = Some(self.high.unwrap_or(offset).max(offset));
        self.offset = offset;
        if is_more {
            self.strikes = 0;
        }
        is_more
    }
}
