//! One conversation with a laptop, from the first word to the last. What is said is decided by
//! [`Session`] alone.

use std::pin::pin;

use chasqui_shared::{
    Batch, Clock, Code, DeviceId, Failure, Input, Output, Reply, Request, RunResult, Session,
    limits::REQUEST_TIMEOUT_MS,
};
use futures_util::future::{Either, select};

use crate::{
    copy::state::State, host::Host, in_time::answered_in, laptops::transport::Transport,
    storage::disk::Disk, sync::Sync,
};

impl<D: Disk, T: Transport<D::File>, H: Host> Sync<D, T, H> {
    /// Talks with the laptop in reach. Says with which, if both have the same in the end.
    pub async fn converse(&self, input: Input) -> Option<DeviceId> {
        self.network.forget_unvouched();
        self.schedule.change(|schedule| schedule.began());
        let ended = self.talk(input).await;
        ended.unwrap_or_else(|failure| {
            self.broke(failure);
            None
        })
    }

    async fn talk(&self, input: Input) -> Result<Option<DeviceId>, Failure> {
        self.begin().await?;
        self.feed(input).await?;
        let mut met = None;
        while let Some(output) = self.next_output() {
            if let Output::Finished(clock) = output {
                met = self.finished(clock).await?;
            } else {
                self.carry_out(output).await?;
            }
        }
        Ok(met)
    }

    /// Makes sure that there is a session.
    async fn begin(&self) -> Result<(), Failure> {
        if self.schedule.read(|schedule| schedule.session.is_some()) {
            return Ok(());
        }
        let seed = u64::from_le_bytes(self.host.random()[..8].try_into().unwrap_or_default());
        self.copy
            .with(|state| {
                let meeting = state.last_met().map(|(_, laptop)| laptop.meeting.clone());
                let session = Session::new(state.ledger()?.log_writer().writer(), meeting, seed);
                self.schedule.change(|schedule| schedule.session = Some(session));
                Ok(())
            })
            .await
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
            Output::Renew => {
                let epoch = self.copy.fresh_epoch();
                let renew = |state: &mut State| {
                    state.ledger()?.renew(epoch);
                    Ok((true, ()))
                };
                self.copy.change(renew).await
            }
            Output::Notice(notice) => {
                self.host.notice(&notice);
                Ok(())
            }
            Output::GaveUp(failure) => {
                // The next one asks anew who answers: another laptop may have the address.
                self.network.forget_peer();
                self.schedule.change(|schedule| schedule.failed(failure));
                Ok(())
            }
            Output::Finished(_) => Ok(()),
        }
    }

    /// Feeds the session, which reads the log under the lock, and so only what is durable.
    async fn feed(&self, input: Input) -> Result<(), Failure> {
        let now_ms = self.host.now_ms();
        self.copy
            .with(|state| {
                let ledger = state.ledger()?;
                self.schedule.change(|schedule| {
                    let Some(session) = &mut schedule.session else { return };
                    session.set_writer(ledger.log_writer().writer());
                    let Ok(()) = session.handle_input(now_ms, ledger.log(), input);
                    if session.is_busy() && session.progress().total > 0 {
                        schedule.is_moving();
                    }
                });
                Ok(())
            })
            .await
    }

    fn next_output(&self) -> Option<Output> {
        self.schedule.change(|schedule| schedule.session.as_mut()?.poll_output())
    }

    async fn ask(&self, request: &Request) -> Result<Reply, Failure> {
        let peer = self.network.reach().await?;
        let answer = self.network.transport().ask(&peer.base, &peer.token, request);
        let answer = pin!(answered_in(&*self.host, REQUEST_TIMEOUT_MS, answer));
        let reply = match select(answer, pin!(self.network.is_lost(&peer))).await {
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

    /// A laptop made these entries durable.
    async fn confirm(&self, sent: &Batch, answers: &[RunResult]) -> Result<(), Failure> {
        self.copy
            .change(|state| {
                let is_news = state.ledger()?.confirm_batch(sent, answers);
                if is_news {
                    state.put_confirmed();
                }
                Ok((is_news, ()))
            })
            .await
    }

    async fn store(&self, batch: &Batch) -> Result<Vec<RunResult>, Failure> {
        let fresh_epoch = self.copy.fresh_epoch();
        self.copy
            .change(|state| {
                let answers = state.ledger()?.take_batch(batch, fresh_epoch);
                state.put_confirmed();
                Ok((true, answers))
            })
            .await
    }

    /// Both sides have the same.
    async fn finished(&self, clock: Clock) -> Result<Option<DeviceId>, Failure> {
        let (now, time) = (self.host.wall_clock(), self.network.laptop_clock());
        let hello = self.network.peer().map(|peer| peer.hello);
        self.copy
            .change(|state| {
                let mut is_unsaved = state.ledger()?.confirm(&clock);
                if is_unsaved {
                    state.put_confirmed();
                }
                if let Some(hello) = &hello {
                    is_unsaved |= state.met(hello, clock, now, time);
                }
                Ok((is_unsaved, ()))
            })
            .await?;
        self.schedule.change(|schedule| schedule.finished());
        self.host.changed();
        Ok(hello.map(|hello| hello.device))
    }
}
