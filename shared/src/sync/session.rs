//! The asking side of the conversation, as a machine without I/O.
//!
//! Feed it what happened with [`Session::handle_input`], then take [`Session::poll_output`] until it says
//! `None`; when [`Session::next_deadline`] has passed, feed [`Input::Tick`]. It never reads a clock: `now_ms` is
//! any count of milliseconds that does not go back.

mod round;
mod step;
mod turn;

use std::collections::VecDeque;

pub use self::turn::{Input, Output, Progress, Reply, Request};

use self::step::Step;
use super::retry::Retry;
use crate::{Clock, ClockDigest, Code, Failure, LogView, WriterId, limits};

/// One side's conversation with one peer.
#[derive(Clone, Debug)]
pub struct Session {
    writer: WriterId,
    meeting: Option<Clock>,
    phase: Phase,
    steps: VecDeque<Step>,
    suspects: Vec<WriterId>,
    /// The digest of this side's clock in the offer under way.
    offered: ClockDigest,
    /// Whether that offer names suspects.
    asked_of_suspects: bool,
    /// The digests of this side and of the peer when this round began. A round that begins like the one before it ends
    /// the conversation, so that a peer that never agrees cannot hold it.
    round: Option<(ClockDigest, ClockDigest)>,
    /// The digest that the peer named last.
    peer: Option<ClockDigest>,
    rounds: u32,
    /// Try again at once when this conversation ends.
    again: bool,
    progress: Progress,
    requests: u64,
    retry: Retry,
    outputs: VecDeque<Output>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing is under way; try again at this time.
    Resting { until_ms: u64 },
    /// A request is under way, and failed if nothing comes by this time.
    Asking { request: u64, until_ms: u64 },
    /// A batch is being made durable.
    Storing,
}

impl Session {
    /// A conversation that begins at the first [`Input::Tick`] or [`Input::Wake`].
    ///
    /// `meeting` is the clock of the last [`Output::Finished`] with this peer. `seed` spreads the pauses.
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

    /// Feeds one thing that happened. What a peer says wrongly becomes an output, not a panic.
    ///
    /// Fails only if the store cannot be read; the session may then be fed again.
    pub fn handle_input<V: LogView>(
        &mut self,
        now_ms: u64,
        view: &V,
        input: Input,
    ) -> Result<(), V::Error> {
        match (input, self.phase.clone()) {
            (Input::Tick, Phase::Resting { until_ms }) if until_ms > now_ms => Ok(()),
            (Input::Tick | Input::Wake, Phase::Resting { .. }) => self.begin(now_ms, view),
            (Input::Wake, _) => {
                self.again = true;
                Ok(())
            }
            (Input::Tick, Phase::Asking { until_ms, .. }) if until_ms <= now_ms => {
                self.give_up(
                    now_ms,
                    Failure::new(Code::Timeout, "the peer did not answer in time"),
                );
                Ok(())
            }
            (Input::Answered(number, answer), Phase::Asking { request, .. })
                if number == request =>
            {
                self.answered(now_ms, view, answer)
            }
            (Input::Failed(number, failure), Phase::Asking { request, .. })
                if number == request =>
            {
                self.give_up(now_ms, failure);
                Ok(())
            }
            (Input::Stored(answers), Phase::Storing) => self.stored(now_ms, view, &answers),
            (Input::NotStored(failure), Phase::Storing) => {
                self.give_up(now_ms, failure);
                Ok(())
            }
            // An answer that came too late, or a tick before its time.
            _ => Ok(()),
        }
    }

    /// The next thing to do, or `None` until something happens or the deadline passes.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to feed [`Input::Tick`]; `None` while a batch is being stored.
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

    /// The log that this side writes from now on, after [`Output::Renew`] or a renewal while storing.
    pub fn set_writer(&mut self, writer: WriterId) {
        self.writer = writer;
    }

    fn ask(&mut self, now_ms: u64, request: Request) {
        self.requests += 1;
        let until_ms = now_ms.saturating_add(limits::REQUEST_TIMEOUT_MS);
        self.phase = Phase::Asking { request: self.requests, until_ms };
        self.outputs.push_back(Output::Ask(self.requests, request));
    }

    fn give_up(&mut self, now_ms: u64, failure: Failure) {
        self.steps.clear();
        let until_ms = now_ms.saturating_add(self.retry.failed());
        self.phase = Phase::Resting { until_ms };
        self.outputs.push_back(Output::GaveUp(failure));
    }
}

#[cfg(test)]
mod tests;
