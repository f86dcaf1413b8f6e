//! What the tables say when the file is opened: at the start, and again after the disk failed.

use chasqui_shared::Moves;
use redb::{Database, Durability, ReadableDatabase};

use super::identity::{self, Identity};
use crate::store::{
    error::StoreError,
    file::tables::{LOGS, META, PLACES, SHOWN},
    index::counts,
    log::rows,
    memory::{committed::Committed, moves},
    people::{notices::Notices, pairings::Pairings},
};

/// Everything that is kept in memory beside the tables, read from them.
pub(in crate::store) struct State {
    pub identity: Identity,
    pub committed: Committed,
    pub moves: Moves,
    pub notices: Notices,
    pub pairings: Pairings,
}

impl State {
    /// Reads it all; makes it in an empty file if it `may_begin`.
    pub fn load(database: &Database, may_begin: bool) -> Result<Self, StoreError> {
        let identity = identity::load_or_make(database, may_begin)?;
        let txn = database.begin_read()?;
        let clock = rows::clock(&txn.open_table(LOGS)?)?;
        let committed = Committed {
            serial: identity.serial,
            digest: clock.digest(),
            owner: identity.log_writer.owner(),
            counts: counts::counts(
                &txn.open_table(SHOWN)?,
                &txn.open_table(PLACES)?,
                &clock,
                identity.sums,
            )?,
            clock,
        };
        let moves = moves::load(database, &committed.clock)?;
        let (notices, pairings) = (Notices::load(database)?, Pairings::load(database)?);
        Ok(Self { identity, committed, moves, notices, pairings })
    }

    /// Reads it all again, after the commit that followed `last` failed.
    ///
    /// A commit may fail so late that its state is seen though it may not outlive a loss of power.
    /// Nobody is told of that state before another commit is durable, for then it is too.
    pub fn reload(database: &Database, last: &Committed) -> Result<Self, StoreError> {
        let state = Self::load(database, false)?;
        if state.committed.serial == last.serial {
            return Ok(state);
        }
        let mut txn = database.begin_write()?;
        txn.set_durability(Durability::Immediate)?;
        txn.set_quick_repair(true);
        let serial = state.committed.serial + 1;
        txn.open_table(META)?.insert("serial", serial.to_be_bytes().as_slice())?;
        txn.commit()?;
        Self::load(database, false)
    }
}
