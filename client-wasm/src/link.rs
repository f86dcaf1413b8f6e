//! What the engine knows of the network: addresses, the laptop that answers, and when to talk next.

use chasqui_shared::{Failure, Hello, Session};

use crate::{
    status::{Phase, SyncStatus},
    transport::is_absence,
};

/// What is known of the network.
pub struct Link {
    /// Base addresses to try.
    pub addresses: Vec<String>,
    /// Whom the last conversation reached, and where, until it cannot be reached.
    pub peer: Option<(String, Hello)>,
    /// The conversation, and its patience between two of them.
    pub session: Option<Session>,
    /// Whether anybody looks.
    pub visible: bool,
    /// Begin a conversation then, whatever the session's own patience.
    pub wanted_ms: Option<u64>,
    /// No patience begins a conversation before this time.
    pub rest_until_ms: u64,
    /// What people are told.
    pub phase: Phase,
    /// Why, in [`Phase::Failed`].
    pub problem: Option<Failure>,
}

impl Link {
    /// Begins at once, at these base addresses.
    pub fn new(addresses: Vec<String>) -> Self {
        Self {
            addresses,
            peer: None,
            session: None,
            visible: true,
            wanted_ms: Some(0),
            rest_until_ms: 0,
            phase: Phase::Looking,
            problem: None,
        }
    }

    /// The part of the status that needs no log.
    pub fn status(&self) -> SyncStatus {
        let progress = self.session.as_ref().map(Session::progress).unwrap_or_default();
        SyncStatus {
            phase: self.phase,
            done: progress.done,
            total: progress.total,
            waiting: 0,
            device: None,
            met_at: None,
            laptop: self.peer.as_ref().map(|(_, hello)| hello.name.clone()),
            problem: self.problem.clone(),
        }
    }

    /// A conversation could not begin or go on.
    pub fn failed(&mut self, failure: Failure) {
        if is_absence(&failure) {
            self.peer = None;
            self.phase = Phase::Away;
            self.problem = None;
        } else {
            self.phase = Phase::Failed;
            self.problem = Some(failure);
        }
    }

    /// When the next conversation begins, if time alone can begin one.
    pub fn due_at(&self) -> Option<u64> {
        let patience = self.session.as_ref().map_or(Some(0), Session::next_deadline);
        let patience = patience.filter(|_| self.visible).map(|due| due.max(self.rest_until_ms));
        self.wanted_ms.into_iter().chain(patience).min()
    }

    /// A conversation is to begin at this time at the latest.
    pub fn want(&mut self, at_ms: u64) {
        self.wanted_ms = Some(self.wanted_ms.map_or(at_ms, |wanted| wanted.min(at_ms)));
    }
}
