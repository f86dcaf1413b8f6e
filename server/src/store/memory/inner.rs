//! What reads and the writing thread share: who this laptop is, the last commit, and what is kept
//! in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicBool};

use chasqui_shared::{Charter, LogWriter, Moves, ProjectId, RecordId};
use tokio::sync::watch;

use super::{committed::Committed, recent::Recent};
use crate::store::people::{notices::Notices, pairings::Pairings, peers::Peers};

/// What reads and the writing thread share.
#[derive(Debug)]
pub(in crate::store) struct Inner {
    pub charter: Charter,
    pub project: ProjectId,
    /// The device's key, for what is signed outside of the log; the log that it is writing is the
    /// writing thread's to know.
    pub key: LogWriter,
    pub name: String,
    /// The last commit; watched by whoever wants to know of the next.
    pub committed: watch::Sender<Arc<Committed>>,
    /// Records of which what lists show may have changed.
    pub recent: Recent<RecordId>,
    pub moves: Mutex<Moves>,
    pub peers: Mutex<Peers>,
    pub notices: Mutex<Notices>,
    pub pairings: Mutex<Pairings>,
    pub session_secret: [u8; 32],
    /// Whether a row was read that is not what was written, since this was last asked.
    pub is_doubted: AtomicBool,
}

impl Inner {
    pub fn committed(&self) -> Arc<Committed> {
        self.committed.borrow().clone()
    }

    pub fn publish(&self, committed: Committed) {
        self.committed.send_replace(Arc::new(committed));
    }

    pub fn moves(&self) -> MutexGuard<'_, Moves> {
        self.moves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn peers(&self) -> MutexGuard<'_, Peers> {
        self.peers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn pairings(&self) -> MutexGuard<'_, Pairings> {
        self.pairings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn notices(&self) -> MutexGuard<'_, Notices> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
