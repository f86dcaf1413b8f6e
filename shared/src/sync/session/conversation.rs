//! What one side knows of its conversation with one peer.

use std::collections::VecDeque;

use super::{
    step::Step,
    turn::{Output, Progress, Request},
};
use crate::{
    failure::Failure,
    id::{ClockDigest, WriterId},
    limits,
    log::Clock,
    retry::Retry,
};

/// One side's conversation with one peer.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) writer: WriterId,
    pub(super) meeting: Option<Clock>,
    pub(super) phase: Phase,
    pub(super) steps: VecDeque<Step>,
    pub(super) suspects: Vec<WriterId>,
    /// The digest of this side's clock in the offer under way.
    pub(super) offered: ClockDigest,
    /// Whether that offer names suspects.
    pub(super) asked_of_suspects: bool,
    /// The digests of this side and of the peer when this round began. A round that begins like the
    /// one before it ends the conversation, so that a peer that never agrees cannot hold it.
    pub(super) round: Option<(ClockDigest, ClockDigest)>,
    /// The digest that the peer named last.
    pub(super) peer: Option<ClockDigest>,
    pub(super) rounds: u32,
    /// Try again at once when this conversation ends.
    pub(super) again: bool,
    pub(super) progress: Progress,
    pub(super) requests: u64,
    pub(super) retry: Retry,
    pub(super) outputs: VecDeque<Output>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing is under way; try again at this time.
    Resting { until_ms: u64 },
    /// A request is under way, and failed if nothing comes by this time.
    Asking { request: u64, until_ms: u64 },
    /// A batch is being made durable.
    Storing,
}

impl Session {
    /// A conversation that begins at the first [`super::Input::Tick`] or [`super::Input::Wake`].
    ///
    /// `meeting` is the clock of the last [`Output::Finished`] with this peer. `seed` spreads the
    /// pauses.
    pub fn new(writer: WriterId, meeting: Option<Clock>, seed: u64) -> Self {
        Self {
            writer,
            meeting,
            phase: Phase::Resting { until_ms: 0 },
            steps: VecDeque::new(),
            suspects: Vec::new(),
            offered: ClockDigest([0; 32]),
            asked_of_suspects: false,
            round: None,
            peer: None,
            rounds: 0,
            again: false,
            progress: Progress::default(),
            requests: 0,
            retry: Retry::new(seed),
            outputs: VecDeque::new(),
        }
    }

    /// The next thing to do, or `None` until something happens or the deadline passes.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to feed [`super::Input::Tick`]; `None` while a batch is being stored.
    pub fn next_deadline(&self) -> Option<u64> {
        match self.phase {
            Phase::Resting { until_ms } | Phase::Asking { until_ms, .. } => Some(until_ms),
            Phase::Storing => None,
        }
    }

    /// Whether a conversation is under way.
    pub fn is_busy(&self) -> bool {
        !matches!(self.phase, Phase::Resting { .. })
    }

    /// How far this conversation is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// The log that this side writes from now on, after [`Output::Renew`] or a renewal while
    /// storing.
    pub fn set_writer(&mut self, writer: WriterId) {
        self.writer = writer;
    }

    pub(super) fn ask(&mut self, now_ms: u64, request: Request) {
        self.requests += 1;
        let until_ms = now_ms.saturating_add(limits::REQUEST_TIMEOUT_MS);
        self.phase = Phase::Asking { request: self.requests, until_ms };
        self.outputs.push_back(Output::Ask(self.requests, request));
    }

    pub(super) fn give_up(&mut self, now_ms: u64, failure: Failure) {
        self.steps.clear();
        let until_ms = now_ms.saturating_add(self.retry.failed());
        self.phase = Phase::Resting { until_ms };
        self.outputs.push_back(Output::GaveUp(failure));
    }
}
