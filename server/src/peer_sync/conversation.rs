//! One conversation of this laptop with another, from the first offer until both hold the same.
//!
//! For a thread that may block. Whatever of it was stored stays when it ends early; the next one
//! goes on from there.

use std::{
    thread,
    time::{Duration, Instant},
};

use chasqui_shared::{
    Clock, Code, Failure, Input, Notice, Output, Progress, RespondError, Session,
};

use super::{
    error::PeerSyncError,
    pairing::{Entered, enter},
    peer_access::PeerAccess,
    peer_client::{PeerClient, PeerHello},
};
use crate::{limits, store::Store};

/// What a meeting that ended well came to.
#[derive(Clone, Debug)]
pub struct Met {
    /// Who the other side is.
    pub peer: PeerHello,
    /// How it was reached; this laptop is known there.
    pub line: PeerClient,
    /// What both hold now.
    pub clock: Clock,
    /// Entries moved, both ways.
    pub moved: u64,
    /// What a manager should know; kept in the store too.
    pub notices: Vec<Notice>,
}

/// Who is told of a meeting's progress, and may end it.
pub struct Watcher<'a> {
    /// Called after each step with the entries that were moved so far.
    pub progress: &'a dyn Fn(Progress),
    /// Called after each file with those that were moved so far.
    pub files: &'a dyn Fn(Progress),
    /// Asked before each step; true ends the meeting.
    pub is_stopping: &'a dyn Fn() -> bool,
}

impl Watcher<'_> {
    /// Fails if the meeting is to end.
    pub(super) fn go_on(&self) -> Result<(), PeerSyncError> {
        if (self.is_stopping)() { Err(PeerSyncError::Stopped) } else { Ok(()) }
    }

    /// Waits, unless the meeting is to end.
    pub(super) fn pause(&self, time: Duration) -> Result<(), PeerSyncError> {
        let end = Instant::now() + time;
        while let Some(rest) = end.checked_duration_since(Instant::now()) {
            self.go_on()?;
            thread::sleep(rest.min(limits::STOP_LOOK_PAUSE));
        }
        Ok(())
    }
}

/// Talks with the laptop at the other end of `way` until both hold the same.
///
/// A failure that may pass is waited for a few times, from a connection that breaks to a laptop
/// that is busy. With a code it has itself let in first; see [`enter`].
pub fn meet(
    store: &Store,
    way: &PeerAccess,
    code: Option<&str>,
    watcher: &Watcher<'_>,
) -> Result<Met, PeerSyncError> {
    let Entered { peer, line } = enter(store, way, code)?;
    let meeting = store.meeting_clock(peer.hello.device)?;
    let mut conversation = Conversation {
        store,
        line: &line,
        watcher,
        session: Session::new(store.committed().owner.writer(), meeting, store.seed()?),
        began: Instant::now(),
        notices: Vec::new(),
        tries: 0,
    };
    let clock = conversation.hold()?;
    store.set_meeting_clock(peer.hello.device, peer.writer, clock.clone())?;
    let Conversation { session, notices, .. } = conversation;
    let (moved, notices) = (session.progress().done, notices);
    Ok(Met { peer, line, clock, moved, notices })
}

struct Conversation<'a> {
    store: &'a Store,
    line: &'a PeerClient,
    watcher: &'a Watcher<'a>,
    session: Session,
    began: Instant,
    notices: Vec<Notice>,
    tries: u32,
}

impl Conversation<'_> {
    /// Does what the session says until it is finished.
    fn hold(&mut self) -> Result<Clock, PeerSyncError> {
        self.feed(Input::Wake)?;
        loop {
            self.watcher.go_on()?;
            (self.watcher.progress)(self.session.progress());
            match self.session.poll_output() {
                Some(Output::Ask(number, request)) => {
                    let input = match self.line.ask(&request) {
                        Ok(reply) => Input::Answered(number, reply),
                        Err(failure) => Input::Failed(number, failure),
                    };
                    self.feed(input)?;
                }
                Some(Output::Store(batch)) => {
                    let input = match self.store.take(batch) {
                        Ok(answer) => Input::Stored(answer.runs),
                        Err(RespondError::Refused(failure)) => Input::NotStored(failure),
                        Err(RespondError::Store(error)) => return Err(error.into()),
                    };
                    self.session.set_writer(self.store.committed().owner.writer());
                    self.feed(input)?;
                }
                Some(Output::Renew) => {
                    let writer = self.store.begin_new_log()?;
                    self.session.set_writer(writer);
                }
                Some(Output::Notice(notice)) => {
                    self.store.note(notice.clone())?;
                    self.notices.push(notice);
                }
                Some(Output::Finished(clock)) => return Ok(clock),
                Some(Output::GaveUp(failure)) => self.wait_after(failure)?,
                None => {
                    let message = "the conversation ended without a result";
                    return Err(Failure::new(Code::Stuck, message).into());
                }
            }
        }
    }

    fn feed(&mut self, input: Input) -> Result<(), PeerSyncError> {
        let view = self.store.view()?;
        Ok(self.session.handle_input(self.now_ms(), &view, input)?)
    }

    /// Waits for the session's next try, unless trying again is of no use.
    fn wait_after(&mut self, failure: Failure) -> Result<(), PeerSyncError> {
        self.tries += 1;
        if !failure.retryable || self.tries >= limits::MEETING_TRIES_MAX {
            return Err(failure.into());
        }
        tracing::info!(
            failure.code = failure.code.as_str(),
            "a meeting was interrupted; trying again"
        );
        if let Some(until_ms) = self.session.next_deadline() {
            self.watcher.pause(Duration::from_millis(until_ms.saturating_sub(self.now_ms())))?;
        }
        self.feed(Input::Tick)
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
