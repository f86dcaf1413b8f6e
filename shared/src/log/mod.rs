//! Append-only logs: entries, chains, signatures, clocks, and the rules of what may enter.
//!
//! A log belongs to one installation of one device. Everything that is shown is computed from the
//! versions in the logs; nothing here is ordered by a wall clock. Read [`write()`] and [`take_run`]
//! first: they are the only two ways into a log.

mod admission;
mod admit;
mod allowance;
mod check;
mod clock;
mod entry;
mod examine;
mod fork;
mod index;
mod log_writer;
mod memory;
mod moves;
mod owner;
mod quarantine;
mod records;
mod restore;
mod role;
mod run;
mod store;

pub use admission::Admission;
pub use admit::{restore, take_run, write};
#[cfg(feature = "openapi")]
pub(crate) use clock::ClockRow;
pub use clock::{Clock, ClockOrder, Position, Range};
pub use entry::{Entry, Origin, chain_after, verify_chain, verify_message};
pub use examine::{Flaw, examine, examine_hashes, prove_run};
pub use log_writer::LogWriter;
pub use memory::{LogChange, MemoryLog};
pub use moves::Moves;
pub use owner::LogOwner;
pub use quarantine::{Quarantine, judge};
pub use records::{Lineage, best_head};
pub use restore::restore_run;
pub use role::judge_role;
pub use run::{Quarantined, Refusal, Refused, Run, RunEntry, RunResult};
pub use store::{LogStore, LogView, LoggedEntry, Place, QuarantineUsage};

#[cfg(test)]
mod tests;
