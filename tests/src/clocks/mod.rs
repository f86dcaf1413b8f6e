//! The clocks compared: each rival plays the same years of a project, and is judged by who truly
//! saw what.
//!
//! The rivals are the proposal's vector clock as its text has it, the ways to mend it, and the last
//! writer; `ours` is the code that this project ships. Nothing outside of this room uses a rival.

mod field;
mod heads_only;
mod last_writer;
mod node_clock;
mod ours;
mod record_clock;
mod vector;

use self::{
    heads_only::HeadsOnly, last_writer::LastWriter, node_clock::NodeClock, ours::Ours,
    record_clock::RecordClock,
};

pub use self::field::{Conditions, Outcome};

/// Phones, laptops and records of the project.
const PHONES: usize = 25;
const LAPTOPS: usize = 5;
const RECORDS: u16 = 60;
const NODES: usize = PHONES + LAPTOPS;

/// Number of a version, in the order of writing.
type Id = u32;

/// A way to tell which version of a record follows which.
trait Rival {
    /// Somebody edits all that is shown of a record there. Returns what was shown.
    fn edit(&mut self, node: usize, record: u16, id: Id, wall: i64) -> Vec<Id>;
    /// A node meets a laptop; a cut seed ends it half way. Returns which versions arrived where.
    fn meet(&mut self, node: usize, laptop: usize, meeting: Meeting) -> Vec<(usize, Id)>;
    /// A copy of all that a node holds.
    fn back_up(&mut self, node: usize);
    /// A node goes back to its last copy.
    fn restore(&mut self, node: usize);
    /// What is shown of a record there.
    fn shown(&self, node: usize, record: u16) -> Vec<Id>;
}

/// How a meeting goes.
#[derive(Clone, Copy, Debug)]
struct Meeting {
    /// Wall clocks of the node and of the laptop, in seconds.
    walls: (i64, i64),
    /// Set if it is cut: what decides where.
    cut: Option<u64>,
}

/// The rows of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The counter moves when nodes sync, and not when somebody writes.
    ProposalLiterally,
    /// The same, with the oldest entries pruned.
    ProposalPruned(usize),
    /// One clock a node, whose counter moves at every write.
    NodeClock,
    /// The same, with the oldest entries pruned.
    NodeClockPruned(usize),
    /// One clock a record.
    RecordClock,
    /// The same, with the oldest entries pruned.
    RecordClockPruned(usize),
    /// The latest by the wall clock.
    LastWriter,
    /// Versions name what they follow, and only heads are sent.
    HeadsOnly,
    /// Versions name what they follow, in append-only logs: this project.
    Ours,
}

impl Row {
    /// All rows, in the order of the table.
    pub const ALL: [Self; 10] = [
        Self::ProposalLiterally,
        Self::ProposalPruned(10),
        Self::NodeClock,
        Self::NodeClockPruned(10),
        Self::RecordClock,
        Self::RecordClockPruned(10),
        Self::RecordClockPruned(5),
        Self::LastWriter,
        Self::HeadsOnly,
        Self::Ours,
    ];

    /// What it is called in the table.
    pub fn name(self) -> String {
        match self {
            Self::ProposalLiterally => "proposal's text, literally: counter moves at sync".into(),
            Self::ProposalPruned(max) => format!("the same, oldest pruned, {max} entries"),
            Self::NodeClock => "one clock a node, moves at every write".into(),
            Self::NodeClockPruned(max) => format!("the same, oldest pruned, {max} entries"),
            Self::RecordClock => "one clock a record, unpruned".into(),
            Self::RecordClockPruned(max) => format!("the same, oldest pruned, {max} entries"),
            Self::LastWriter => "last writer wins".into(),
            Self::HeadsOnly => "explicit parents, only heads sent".into(),
            Self::Ours => "**explicit parents, append-only logs (this project)**".into(),
        }
    }

    /// What becomes of it under these conditions with this seed.
    pub fn play(self, conditions: Conditions, seed: u64) -> Outcome {
        let mut rival: Box<dyn Rival> = match self {
            Self::ProposalLiterally => Box::new(NodeClock::new(false, usize::MAX)),
            Self::ProposalPruned(entries_max) => Box::new(NodeClock::new(false, entries_max)),
            Self::NodeClock => Box::new(NodeClock::new(true, usize::MAX)),
            Self::NodeClockPruned(entries_max) => Box::new(NodeClock::new(true, entries_max)),
            Self::RecordClock => Box::new(RecordClock::new(usize::MAX)),
            Self::RecordClockPruned(entries_max) => Box::new(RecordClock::new(entries_max)),
            Self::LastWriter => Box::new(LastWriter::new()),
            Self::HeadsOnly => Box::new(HeadsOnly::new()),
            Self::Ours => Box::new(Ours::new(seed)),
        };
        field::play(rival.as_mut(), conditions, seed)
    }
}
