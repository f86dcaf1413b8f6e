//! The sync that runs by itself: when to talk, to whom, and carrying out what the conversation says.
//!
//! What is said is decided by [`Session`] alone. A conversation begins at the start, after a save, whenever the host
//! says that something changed (the page became visible, a network came), and by patience while a page is visible.

use std::pin::pin;

use chasqui_shared::{
    Batch, Clock, Code, Failure, Input, Output, Reply, Request, RunResult, Session,
    limits::REQUEST_TIMEOUT_MS,
};
use futures_util::future::{Either, join, select};

use crate::{
    engine::Engine,
    host::Host,
    laptops::{address, reach::Peer, transport::Transport},
    storage::disk::Disk,
    sync::{schedule::Link, status::Phase},
};

/// Several saves in a row are sent together, after this pause.
const SAVE_PAUSE_MS: u64 = 300;
/// Pause after a conversation that could not even begin, in milliseconds: a disk that fails.
const BROKEN_PAUSE_MS: u64 = 5_000;

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// Runs for as long as the engine lives: the conversations, and beside them the uploads.
    pub async fn run(&self) {
        join(self.run_conversations(), self.run_uploads()).await;
    }

    async fn run_conversations(&self) {
        loop {
            let now_ms = self.host.now_ms();
            match self.due_at() {
                Some(due_ms) if due_ms <= now_ms => self.beat(now_ms).await,
                Some(due_ms) => {
                    let sleep = pin!(self.host.sleep(due_ms - now_ms));
                    select(sleep, pin!(self.sync_wanted.wait())).await;
                }
                None => self.sync_wanted.wait().await,
            }
        }
    }

    /// Something changed that makes it worth trying now: a network came, a page is looked at, the laptop has news.
    pub fn wake(&self) {
        self.link.borrow_mut().want(self.host.now_ms());
        self.sync_wanted.notify();
    }

    /// A person asks for it: what failed is tried again at once too.
    pub fn sync_now(&self) {
        self.link.borrow_mut().upload.rest_until_ms = 0;
        self.wake();
    }

    /// A network came or went: whoever was reached last may be gone.
    pub fn network_changed(&self) {
        {
            let mut link = self.link.borrow_mut();
            link.peer = None;
            link.upload.rest_until_ms = 0;
        }
        self.lost.notify();
        self.wake();
    }

    /// Whether anybody looks. While nobody does, only saves and [`Engine::wake`] begin a conversation.
    pub fn set_visible(&self, visible: bool) {
        let was_visible = std::mem::replace(&mut self.link.borrow_mut().visible, visible);
        if visible && !was_visible {
            self.wake();
        } else {
            self.sync_wanted.notify();
        }
    }

    pub(crate) fn wake_after_save(&self) {
        let at_ms = self.host.now_ms() + SAVE_PAUSE_MS;
        self.link.borrow_mut().want(at_ms);
        self.sync_wanted.notify();
    }

    fn due_at(&self) -> Option<u64> {
        self.link.borrow().due_at()
    }

    async fn beat(&self, now_ms: u64) {
        let wanted = {
            let mut link = self.link.borrow_mut();
            link.wanted_ms.take_if(|wanted| *wanted <= now_ms).is_some()
        };
        let input = if wanted { Input::Wake } else { Input::Tick };
        match self.converse(input).await {
            Ok(()) => self.tell_readiness().await,
            Err(failure) => self.change(|link| {
                link.failed(failure);
                link.rest_until_ms = self.host.now_ms() + BROKEN_PAUSE_MS;
            }),
        }
        self.fold().await;
    }

    /// One conversation, from the first word to the last.
    async fn converse(&self, input: Input) -> Result<(), Failure> {
        self.change(|link| {
            // Over https the certificate vouches for whoever was reached last. Over plain http anybody may have the
            // address by now, and proves anew who it is before the token is shown.
            link.peer.take_if(|peer| !address::is_usable(&peer.base));
            if link.phase != Phase::Synced {
                link.phase = Phase::Looking;
            }
        });
        self.begin().await?;
        self.feed(input).await?;
        while let Some(output) = self.next_output() {
            self.carry_out(output).await?;
        }
        Ok(())
    }

    /// Makes sure that there is a session, and remembers which files' records it will be about.
    async fn begin(&self) -> Result<(), Failure> {
        {
            let mut slot = self.state.lock().await;
            let offered = self.loaded(&mut slot).await?.files.here();
            self.link.borrow_mut().upload.offered = offered;
        }
        if self.link.borrow().session.is_none() {
            let mut slot = self.state.lock().await;
            let state = self.loaded(&mut slot).await?;
            let meeting = state.last_met().map(|(_, laptop)| laptop.meeting.clone());
            let writer = state.ledger()?.log_writer().writer();
            let seed = u64::from_le_bytes(self.host.random()[..8].try_into().unwrap_or_default());
            self.link.borrow_mut().session = Some(Session::new(writer, meeting, seed));
        }
        Ok(())
    }

    async fn carry_out(&self, output: Output) -> Result<(), Failure> {
        match output {
            Output::Ask(number, request) => {
                let input = match self.ask(&request).await {
                    Ok(reply) => Input::Answered(number, reply),
                    Err(failure) => Input::Failed(number, failure),
                };
                self.feed(input).await
            }
            Output::Store(batch) => {
                let input = match self.store(&batch).await {
                    Ok(answers) => Input::Stored(answers),
                    Err(failure) => Input::NotStored(failure),
                };
                self.feed(input).await
            }
            Output::Renew => self.renew().await,
            Output::Notice(notice) => {
                self.host.notice(&notice);
                Ok(())
            }
            Output::Finished(clock) => self.finished(clock).await,
            Output::GaveUp(failure) => {
                self.change(|link| link.failed(failure));
                Ok(())
            }
        }
    }

    /// Feeds the session, which reads the log under the lock, and so only what is durable.
    async fn feed(&self, input: Input) -> Result<(), Failure> {
        let now_ms = self.host.now_ms();
        let mut slot = self.state.lock().await;
        let ledger = self.loaded(&mut slot).await?.ledger()?;
        self.change(|link| {
            let Some(session) = &mut link.session else { return };
            session.set_writer(ledger.log_writer().writer());
            let Ok(()) = session.handle_input(now_ms, ledger.log(), input);
            if session.is_busy() && session.progress().total > 0 {
                link.phase = Phase::Syncing;
            }
        });
        Ok(())
    }

    fn next_output(&self) -> Option<Output> {
        self.link.borrow_mut().session.as_mut()?.poll_output()
    }

    async fn ask(&self, request: &Request) -> Result<Reply, Failure> {
        let peer = self.reach().await?;
        let answer = self.transport.ask(&peer.base, &peer.token, request);
        let answer = pin!(self.answered_in(REQUEST_TIMEOUT_MS, answer));
        let reply = match select(answer, pin!(self.is_lost(&peer))).await {
            Either::Left((answer, _)) => answer?,
            Either::Right(_) => {
                return Err(Failure::new(Code::Timeout, "the laptop fell silent"));
            }
        };
        if let (Request::Push(sent), Reply::Push(answer)) = (request, &reply) {
            self.confirm(sent, &answer.runs).await?;
        }
        Ok(reply)
    }

    /// Resolves once a laptop is no longer the one in reach, and whoever found out thinks that it will not answer.
    async fn is_lost(&self, peer: &Peer) {
        let is_known =
            || self.link.borrow().peer.as_ref().is_some_and(|known| known.base == peer.base);
        while is_known() {
            self.lost.wait().await;
        }
    }

    /// A laptop made these entries durable.
    async fn confirm(&self, sent: &Batch, answers: &[RunResult]) -> Result<(), Failure> {
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        if state.ledger()?.confirm_batch(sent, answers) {
            state.put_confirmed();
            self.commit(&mut slot).await?;
            self.host.changed();
        }
        Ok(())
    }

    async fn store(&self, batch: &Batch) -> Result<Vec<RunResult>, Failure> {
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let answers = state.ledger()?.take_batch(batch, self.fresh_epoch());
        state.put_confirmed();
        self.commit(&mut slot).await?;
        self.host.changed();
        Ok(answers)
    }

    async fn renew(&self) -> Result<(), Failure> {
        let mut slot = self.state.lock().await;
        self.loaded(&mut slot).await?.ledger()?.renew(self.fresh_epoch());
        self.commit(&mut slot).await
    }

    /// Both sides hold the same.
    async fn finished(&self, clock: Clock) -> Result<(), Failure> {
        let now = self.host.wall_clock();
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let mut unsaved = state.ledger()?.confirm(&clock);
        if unsaved {
            state.put_confirmed();
        }
        let laptop = self.link.borrow().peer.as_ref().map(|peer| peer.hello.clone());
        if let Some(hello) = &laptop {
            unsaved |= state.met(hello, clock, now, self.laptop_clock());
        }
        if unsaved {
            self.commit(&mut slot).await?;
        }
        self.change(|link| {
            link.phase = Phase::Synced;
            link.problem = None;
        });
        if let (Some(hello), Some(state)) = (&laptop, slot.as_ref()) {
            self.upload_after_records(hello.device, &state.files);
        }
        self.host.changed();
        Ok(())
    }

    /// Changes the link, and tells the pages if that shows.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Link)) {
        let (before, after) = {
            let mut link = self.link.borrow_mut();
            let before = link.status();
            change(&mut link);
            (before, link.status())
        };
        if before != after {
            self.host.changed();
        }
    }
}
