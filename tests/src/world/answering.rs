//! The answering side: a laptop's requests, each taken into one transaction, answered after its
//! commit.

use chasqui_shared::{
    Admission, Batch, BatchResponse, Code, DecodeError, Failure, LogView, Offer, RespondError,
    Role, RunResult, VersionId, WantedRequest, from_cbor, respond_to_batch, respond_to_offer,
    respond_to_wanted, to_cbor,
};

use super::{
    Waiting, World,
    asking::{passed, versions_of},
    network::{Call, Connection, Event, carry},
};
use crate::{Mutant, Violation, judge::Verdict, store::Store};

/// What leaves now; `None` if it waits for a commit.
type Now = Option<Result<Vec<u8>, Failure>>;

impl World {
    /// A request arrives at a laptop.
    pub(super) fn answer(&mut self, connection: Connection, bytes: &[u8]) -> Verdict {
        let who = connection.peer;
        if !self.replicas[who].up {
            return Ok(());
        }
        let now = match connection.call {
            Call::Offer => match from_cbor::<Offer>(bytes) {
                Ok(offer) => self.respond_to_offer(connection, &offer)?,
                Err(error) => Some(Err(malformed(&error))),
            },
            Call::Pull => match from_cbor::<WantedRequest>(bytes) {
                Ok(question) => self.respond_to_wanted(who, &question)?,
                Err(error) => Some(Err(malformed(&error))),
            },
            Call::Push => match from_cbor::<Batch>(bytes) {
                Ok(batch) => self.respond_to_batch(connection, batch)?,
                Err(error) => Some(Err(malformed(&error))),
            },
        };
        if let Some(answer) = now {
            self.send_answer(connection, answer);
        }
        Ok(())
    }

    fn respond_to_offer(
        &mut self,
        connection: Connection,
        offer: &Offer,
    ) -> Result<Now, Violation> {
        let Connection { asker, peer, life, number, .. } = connection;
        let answer = match respond_to_offer(self.replicas[peer].view(self.mutant), offer) {
            Ok(answer) => answer,
            Err(error) => return Ok(Some(Err(refused(error)))),
        };
        if answer.digest == offer.digest
            && self.lives(asker, life)
            && let Some(link) = self.replicas[asker].links.get(&peer)
            && link.offered.0 == number
        {
            self.judge.promised_all(peer, &link.offered.1)?;
        }
        encoded(&answer)
    }

    fn respond_to_wanted(
        &mut self,
        who: usize,
        question: &WantedRequest,
    ) -> Result<Now, Violation> {
        let replica = &self.replicas[who];
        match respond_to_wanted(replica.view(self.mutant), replica.log_writer.writer(), question) {
            Ok(batch) => encoded(&batch),
            Err(error) => Ok(Some(Err(refused(error)))),
        }
    }

    fn respond_to_batch(
        &mut self,
        connection: Connection,
        mut batch: Batch,
    ) -> Result<Now, Violation> {
        let who = connection.peer;
        let sent: Vec<_> = batch.runs.iter().map(versions_of).collect();
        let promised = self.break_batch(who, &mut batch);
        let mut answer = match self.take_batch(who, &batch)? {
            Ok(answer) => answer,
            Err(failure) => return Ok(Some(Err(failure))),
        };
        for (run, (known, added)) in answer.runs.iter_mut().zip(promised) {
            run.known += known;
            run.added += added;
        }
        let ids: Vec<VersionId> =
            sent.iter().zip(&answer.runs).flat_map(|(ids, run)| front(ids, run)).collect();
        let bytes = to_cbor(&answer).map_err(|error| Violation(error.to_string()))?;
        if self.mutant == Some(Mutant::AnswersBeforeCommit) {
            self.judge.promised(who, "acknowledged", ids)?;
            return Ok(Some(Ok(bytes)));
        }
        self.replicas[who].waiting.push(Waiting::Answer(connection, bytes, ids));
        Ok(None)
    }

    /// Takes a batch into a laptop's memory.
    pub(super) fn take_batch(
        &mut self,
        who: usize,
        batch: &Batch,
    ) -> Result<Result<BatchResponse, Failure>, Violation> {
        let verify = self.plan.verify && self.mutant != Some(Mutant::TrustsEverySignature);
        let answer = self.change(who, |store, log_writer, fresh_epoch| {
            let mut admission =
                Admission { verify, log_writer, fresh_epoch, brought_by: Role::Monitor };
            respond_to_batch(store, &mut admission, batch)
        })?;
        Ok(answer.map_err(refused))
    }

    /// What a broken laptop leaves out of a batch, and says all the same: known and added entries
    /// for each run.
    fn break_batch(&self, who: usize, batch: &mut Batch) -> Vec<(u64, u64)> {
        let store: &Store = &self.replicas[who].store;
        let mut promised = Vec::new();
        for run in &mut batch.runs {
            let count = run.entries.len();
            let Ok(held) = store.position(run.writer);
            let Ok(first) = store.chain_at(run.writer, run.after.seq + 1);
            promised.push(match self.mutant {
                Some(Mutant::AcknowledgesWholeBatch) => {
                    run.entries.truncate(count.div_ceil(2));
                    (0, (count / 2) as u64)
                }
                Some(Mutant::SkipsAfterKnown) if first.is_some() => {
                    run.entries.truncate(1);
                    (count.saturating_sub(1) as u64, 0)
                }
                Some(Mutant::ComparesSeqOnly) => {
                    let known = held.seq.saturating_sub(run.after.seq).min(count as u64);
                    run.entries.drain(..known as usize);
                    if known > 0 {
                        run.after = held;
                    }
                    (known, 0)
                }
                _ => (0, 0),
            });
        }
        promised
    }

    /// Sends an answer back, if the two are still in reach of each other.
    pub(super) fn send_answer(&mut self, connection: Connection, answer: Result<Vec<u8>, Failure>) {
        if !self.in_reach(connection.asker, connection.peer) {
            return;
        }
        let bytes = answer.as_deref().unwrap_or_default();
        for (delay_ms, bytes) in carry(&mut self.random, &self.plan.faults, bytes, true) {
            let answer = answer.clone().map(|_| bytes);
            self.queue.push(self.now_ms + delay_ms, Event::Answer(connection, answer));
        }
    }
}

fn front(ids: &[VersionId], run: &RunResult) -> Vec<VersionId> {
    ids.iter().take(passed(run)).copied().collect()
}

fn encoded<T: serde::Serialize>(answer: &T) -> Result<Now, Violation> {
    to_cbor(answer).map(|bytes| Some(Ok(bytes))).map_err(|error| Violation(error.to_string()))
}

fn malformed(error: &DecodeError) -> Failure {
    Failure::new(Code::Malformed, error.to_string())
}

fn refused(error: RespondError<std::convert::Infallible>) -> Failure {
    match error {
        RespondError::Refused(failure) => failure,
        RespondError::Store(never) => match never {},
    }
}
