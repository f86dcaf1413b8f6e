//! What the engine knows of the network: addresses, the laptop that answers, and when to talk next.

use chasqui_shared::{Failure, Session};

use crate::{
    laptops::{
        clocks::Told,
        reach::{Peer, Tried},
        readiness::Report,
        transport::is_absence,
    },
    media::upload_state::Upload,
    sync::status::{FilesStatus, Phase, SyncStatus},
};

/// What is known of the network.
pub struct Link {
    /// Base addresses that are always tried: the page's own origin.
    pub own_origins: Vec<String>,
    /// Whether any laptop has let this phone in; without, nothing is begun.
    pub paired: bool,
    /// Whom the last conversation reached, and where, until it cannot be reached.
    pub peer: Option<Peer>,
    /// What the last look around came to, if nobody answered.
    pub tried: Vec<Tried>,
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
    /// What the clock of a laptop that let this phone in said last, since the start.
    pub told: Option<Told>,
    /// Files on their way.
    pub upload: Upload,
    /// What the laptops are to be told of this phone.
    pub report: Report,
}

impl Link {
    /// Begins at once, at these base addresses.
    pub fn new(own_origins: Vec<String>, seed: u64) -> Self {
        Self {
            own_origins,
            paired: false,
            peer: None,
            tried: Vec::new(),
            session: None,
            visible: true,
            wanted_ms: Some(0),
            rest_until_ms: 0,
            phase: Phase::Looking,
            problem: None,
            told: None,
            upload: Upload::new(seed),
            report: Report::default(),
        }
    }

    /// The part of the status that needs no log.
    pub fn status(&self) -> SyncStatus {
        let progress = self.session.as_ref().map(Session::progress).unwrap_or_default();
        SyncStatus {
            phase: if self.paired { self.phase } else { Phase::Unpaired },
            done: progress.done,
            total: progress.total,
            waiting: 0,
            paired: self.paired,
            holder: None,
            role: None,
            device: None,
            met_at: None,
            laptop: self.peer.as_ref().map(|peer| peer.hello.name.clone()),
            problem: self.problem.clone(),
            clocks: None,
            tried: self.tried.clone(),
            files: FilesStatus {
                problem: self.upload.problem.clone(),
                ..self.upload.progress.clone()
            },
        }
    }

    /// A conversation could not begin or go on. The next one asks anew who answers: another laptop may have the address.
    pub fn failed(&mut self, failure: Failure) {
        self.peer = None;
        if is_absence(&failure) {
            self.phase = Phase::Away;
            self.problem = None;
        } else {
            self.phase = Phase::Failed;
            self.problem = Some(failure);
        }
    }

    /// A laptop let this phone in: whatever went wrong before is over, and it is worth trying at once.
    pub fn welcomed(&mut self, peer: Peer, now_ms: u64) {
        self.paired = true;
        self.report.forget(peer.hello.device);
        self.peer = Some(peer);
        self.session = None;
        self.phase = Phase::Looking;
        self.problem = None;
        self.rest_until_ms = now_ms;
        self.upload.rest_until_ms = now_ms;
        self.want(now_ms);
    }

    /// When the next conversation begins, if time alone can begin one.
    pub fn due_at(&self) -> Option<u64> {
        if !self.paired {
            return None;
        }
        let patience = self.session.as_ref().map_or(Some(0), Session::next_deadline);
        let patience = patience.filter(|_| self.visible).map(|due| due.max(self.rest_until_ms));
        self.wanted_ms.into_iter().chain(patience).min()
    }

    /// A conversation is to begin at this time at the latest.
    pub fn want(&mut self, at_ms: u64) {
        self.wanted_ms = Some(self.wanted_ms.map_or(at_ms, |wanted| wanted.min(at_ms)));
    }
}
