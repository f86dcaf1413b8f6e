//! When to talk next, and what came of the last conversation.

use chasqui_shared::{Failure, Session};

use crate::{
    laptops::transport::is_absence,
    sync::status::{Phase, SyncSeen},
    watched::Seen,
};

/// Pause after a conversation that could not even begin, in milliseconds: a disk that fails.
const BROKEN_PAUSE_MS: u64 = 5_000;

/// The conversation, and the times around it.
pub(super) struct Schedule {
    /// The conversation, and its patience between two of them.
    pub session: Option<Session>,
    /// Whether anybody looks.
    visible: bool,
    /// Begin a conversation then, whatever the session's own patience.
    wanted_ms: Option<u64>,
    /// No patience begins a conversation before this time.
    rest_until_ms: u64,
    phase: Phase,
    problem: Option<Failure>,
}

impl Default for Schedule {
    /// Begins at once.
    fn default() -> Self {
        Self {
            session: None,
            visible: true,
            wanted_ms: Some(0),
            rest_until_ms: 0,
            phase: Phase::Looking,
            problem: None,
        }
    }
}

impl Seen for Schedule {
    type Seen = SyncSeen;

    fn seen(&self) -> SyncSeen {
        let progress = self.session.as_ref().map(Session::progress).unwrap_or_default();
        let (done, total) = (progress.done, progress.total);
        SyncSeen { phase: self.phase, done, total, problem: self.problem.clone() }
    }
}

impl Schedule {
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

    /// Whether somebody wanted one by now.
    pub fn take_wanted(&mut self, now_ms: u64) -> bool {
        self.wanted_ms.take_if(|wanted| *wanted <= now_ms).is_some()
    }

    /// Says whether anybody looked before.
    pub fn set_visible(&mut self, visible: bool) -> bool {
        std::mem::replace(&mut self.visible, visible)
    }

    /// Whatever went wrong before is over.
    pub fn begin_anew(&mut self, now_ms: u64) {
        self.session = None;
        (self.phase, self.problem) = (Phase::Looking, None);
        self.rest_until_ms = now_ms;
    }

    /// A conversation begins.
    pub fn began(&mut self) {
        if self.phase != Phase::Synced {
            self.phase = Phase::Looking;
        }
    }

    /// Entries are on their way.
    pub fn is_moving(&mut self) {
        self.phase = Phase::Syncing;
    }

    /// Both sides have the same.
    pub fn finished(&mut self) {
        (self.phase, self.problem) = (Phase::Synced, None);
    }

    /// A conversation could not begin or go on.
    pub fn failed(&mut self, failure: Failure) {
        (self.phase, self.problem) =
            if is_absence(&failure) { (Phase::Away, None) } else { (Phase::Failed, Some(failure)) };
    }

    /// This phone itself could not.
    pub fn broke(&mut self, failure: Failure, now_ms: u64) {
        self.failed(failure);
        self.rest_until_ms = now_ms + BROKEN_PAUSE_MS;
    }
}
