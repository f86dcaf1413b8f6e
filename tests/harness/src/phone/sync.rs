//! A whole sync at once, with whoever answers.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use chasqui_shared::{
    Admission, Batch, Epoch, Failure, Input, LogChange, Output, Reply, Request, Role, RunResult,
    Session, take_run,
};

use super::Phone;
use crate::{in_process, on_ports};

/// What a sync depends on besides the phone.
pub struct Terms<'a> {
    /// The number of the peer, under which the phone remembers their last sync; none, and it syncs
    /// as if for the first time.
    pub peer: Option<usize>,
    /// The seed of its pauses.
    pub seed: u64,
    /// Whether signatures are checked.
    pub verify: bool,
    /// Names the next log, should the phone need one.
    pub fresh_epoch: &'a mut dyn FnMut() -> Epoch,
    /// What changed on the phone.
    pub changes: Vec<LogChange>,
}

/// The peer of a phone that has one laptop.
pub(super) const LAPTOP: usize = 0;

impl Phone {
    /// Syncs until both have the same.
    pub async fn sync(&mut self, laptop: &in_process::Laptop) {
        let mut epochs = self.epochs;
        let fresh_epoch = &mut || epochs.next();
        let (peer, changes) = (Some(LAPTOP), Vec::new());
        let mut terms = Terms { peer, seed: 7, verify: true, fresh_epoch, changes };
        let end = self.converse(&mut terms, async |request| Ok(laptop.answer(request).await)).await;
        self.epochs = epochs;
        assert!(end.unwrap(), "the conversation ends by itself");
    }

    /// Syncs over a laptop's sockets until both have the same; the codes of what was noticed.
    pub fn sync_by_http(&mut self, laptop: &on_ports::Laptop) -> Vec<&'static str> {
        let noticed = self.notices.len();
        let mut epochs = self.epochs;
        let fresh_epoch = &mut || epochs.next();
        let changes = Vec::new();
        let mut terms = Terms { peer: None, seed: 7, verify: true, fresh_epoch, changes };
        let end = self.sync_with(&mut terms, |request| Ok(laptop.answer(request).unwrap()));
        self.epochs = epochs;
        assert!(end.unwrap(), "the conversation ends by itself");
        self.notices[noticed..].iter().map(|notice| notice.code()).collect()
    }

    /// Syncs with somebody who answers at once. Whether both have the same in the end; if
    /// not, the phone would try again later.
    pub fn sync_with(
        &mut self,
        terms: &mut Terms<'_>,
        mut answer: impl FnMut(&Request) -> Result<Reply, Failure>,
    ) -> Result<bool, Failure> {
        let sync = pin!(self.converse(terms, async |request| answer(request)));
        match sync.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(end) => end,
            Poll::Pending => unreachable!("nothing here waits"),
        }
    }

    async fn converse(
        &mut self,
        terms: &mut Terms<'_>,
        mut answer: impl AsyncFnMut(&Request) -> Result<Reply, Failure>,
    ) -> Result<bool, Failure> {
        let last = terms.peer.and_then(|peer| self.last_clocks.get(&peer).cloned());
        let mut session = Session::new(self.log_writer.writer(), last, terms.seed);
        let mut end = Ok(false);
        let Ok(()) = session.handle_input(0, &self.log, Input::Wake);
        while let Some(output) = session.poll_output() {
            let input = match output {
                Output::Ask(number, request) => match answer(&request).await {
                    Ok(reply) => Input::Answered(number, reply),
                    Err(failure) => Input::Failed(number, failure),
                },
                Output::Store(batch) => {
                    let answers = self.store(&batch, terms.verify, (terms.fresh_epoch)());
                    terms.changes.extend(self.log.take_changes());
                    session.set_writer(self.log_writer.writer());
                    Input::Stored(answers)
                }
                Output::Renew => {
                    self.log_writer.renew((terms.fresh_epoch)());
                    session.set_writer(self.log_writer.writer());
                    continue;
                }
                Output::Notice(notice) => {
                    self.notices.push(notice);
                    continue;
                }
                Output::Finished(clock) => {
                    self.last_clocks.extend(terms.peer.map(|peer| (peer, clock)));
                    end = Ok(true);
                    continue;
                }
                Output::GaveUp(failure) => {
                    end = Err(failure);
                    continue;
                }
            };
            let Ok(()) = session.handle_input(0, &self.log, input);
        }
        end
    }

    fn store(&mut self, batch: &Batch, verify: bool, fresh_epoch: Epoch) -> Vec<RunResult> {
        let mut admission = Admission {
            verify,
            log_writer: &mut self.log_writer,
            fresh_epoch,
            brought_by: Role::Manager,
        };
        let runs = batch.runs.iter();
        let taken: Result<_, _> =
            runs.map(|run| take_run(&mut self.log, &mut admission, run)).collect();
        let Ok(answers) = taken;
        answers
    }
}
