//! The asking side: shared's `Session`, and the driver that does what it says.

use chasqui_shared::{
    Admission, Batch, Code, DecodeError, Failure, Input, Output, Reply, Request, Role, Run,
    RunResult, Session, VersionId, WriterId, from_cbor, limits, take_run, to_cbor,
};

use super::{
    Kind, Waiting, World,
    network::{Call, Connection, Event, carry, happens, tamper},
    replica::Link,
};
use crate::{
    Mutant, Violation,
    judge::{Verdict, hold},
};

/// Longest conversation: requests that all take as long as they may, and some more for what others
/// write meanwhile.
const CONVERSATION_MS_MAX: u64 = 40 * limits::REQUEST_TIMEOUT_MS;
/// Most requests of one conversation.
const CONVERSATION_REQUESTS_MAX: u32 = 100;

impl World {
    /// Brings a replica in reach of a laptop until a time, and wakes its conversation.
    pub(super) fn visit(&mut self, who: usize, peer: usize, until_ms: u64) -> Verdict {
        self.tell(|w| format!("{} meets {}", w.replicas[who].name, w.replicas[peer].name));
        let replica = &mut self.replicas[who];
        let seed = self.random.u64(..);
        let link = replica.links.entry(peer).or_insert_with(|| {
            let meeting = replica.meetings.get(&peer).cloned();
            Link::new(Session::new(replica.log_writer.writer(), meeting, seed))
        });
        link.until_ms = link.until_ms.max(until_ms);
        self.feed(who, peer, Input::Wake)
    }

    /// A deadline of a conversation has come.
    pub(super) fn tick(&mut self, who: usize, peer: usize) -> Verdict {
        let Some(link) = self.replicas[who].links.get_mut(&peer) else { return Ok(()) };
        link.tick_ms = None;
        if link.session.is_busy() || self.now_ms < link.until_ms {
            self.feed(who, peer, Input::Tick)?;
        }
        Ok(())
    }

    /// The batch of a conversation is durable.
    pub(super) fn go_on(&mut self, who: usize, peer: usize, answers: Vec<RunResult>) -> Verdict {
        self.feed(who, peer, Input::Stored(answers))
    }

    /// An answer arrives.
    pub(super) fn hear(
        &mut self,
        connection: Connection,
        answer: Result<Vec<u8>, Failure>,
    ) -> Verdict {
        let Connection { asker, peer, life, number, call } = connection;
        if !self.lives(asker, life) {
            return Ok(());
        }
        let reply = answer.and_then(|bytes| {
            read(call, &bytes).map_err(|_| Failure::new(Code::Unreachable, "the answer was cut"))
        });
        if let Ok(Reply::Push(answer)) = &reply
            && let Some(link) = self.replicas[asker].links.get(&peer)
            && link.pushed.0 == number
        {
            let runs = link.pushed.1.iter().zip(&answer.runs);
            let ids = runs.flat_map(|(ids, run)| ids.iter().take(passed(run))).copied();
            self.judge.acknowledged(ids);
        }
        let input = match reply {
            Ok(reply) => Input::Answered(number, reply),
            Err(failure) => Input::Failed(number, failure),
        };
        self.feed(asker, peer, input)
    }

    /// Feeds a conversation and does what it asks for.
    fn feed(&mut self, who: usize, peer: usize, input: Input) -> Verdict {
        let peer_life = self.replicas[peer].life;
        let Some(mut link) = self.replicas[who].links.remove(&peer) else { return Ok(()) };
        if !link.session.is_busy() {
            (link.began_ms, link.began_with, link.requests) = (self.now_ms, peer_life, 0);
        }
        let view = self.replicas[who].view(self.mutant);
        let Ok(()) = link.session.handle_input(self.now_ms, view, input);
        let mut outputs = Vec::new();
        while let Some(output) = link.session.poll_output() {
            outputs.push(output);
        }
        self.replicas[who].links.insert(peer, link);
        for output in outputs {
            self.perform(who, peer, output)?;
        }
        self.wait_for_deadline(who, peer);
        Ok(())
    }

    fn wait_for_deadline(&mut self, who: usize, peer: usize) {
        let replica = &mut self.replicas[who];
        let Some(link) = replica.links.get_mut(&peer) else { return };
        let Some(at_ms) = link.session.next_deadline() else { return };
        let wanted = link.session.is_busy() || at_ms < link.until_ms;
        if wanted && link.tick_ms != Some(at_ms) {
            link.tick_ms = Some(at_ms);
            self.queue.push(at_ms, Event::Tick(who, replica.life, peer));
        }
    }

    fn perform(&mut self, who: usize, peer: usize, output: Output) -> Verdict {
        let names = |w: &Self| format!("{} with {}", w.replicas[who].name, w.replicas[peer].name);
        match output {
            Output::Ask(number, request) => self.ask(who, peer, number, &request),
            Output::Store(batch) => self.store(who, peer, batch),
            Output::Renew => {
                self.tell(|w| format!("{}: begins a new log", names(w)));
                self.judge.retired(who, self.replicas[who].log_writer.writer());
                self.change(who, |_, log_writer, fresh_epoch| log_writer.renew(fresh_epoch))
            }
            Output::Notice(notice) => {
                self.tell(|w| format!("{}: {notice:?}", names(w)));
                Ok(())
            }
            Output::Finished(clock) => {
                self.tell(|w| format!("{}: the same", names(w)));
                self.replicas[who].meetings.insert(peer, clock);
                self.end(who, peer, Ok(()));
                self.commit_soon(who);
                Ok(())
            }
            Output::GaveUp(failure) => {
                self.tell(|w| format!("{}: gave up, {failure}", names(w)));
                let honest = self.plan.faults.tampered == 0;
                // A peer that went back in time meanwhile says the same as before, and the next try
                // finds out.
                let began_with = self.replicas[who].links.get(&peer).map(|link| link.began_with);
                let is_same = began_with == Some(self.replicas[peer].life);
                let stuck = failure.code == Code::Stuck && is_same;
                let blamed = honest && (failure.code == Code::BadAnswer || stuck);
                self.end(who, peer, Err(failure.clone()));
                hold(!blamed, || format!("{}: {failure}", names(self)))
            }
        }
    }

    fn end(&mut self, who: usize, peer: usize, end: Result<(), Failure>) {
        if let Some(link) = self.replicas[who].links.get_mut(&peer) {
            link.end = Some(end);
        }
    }

    fn ask(&mut self, who: usize, peer: usize, number: u64, request: &Request) -> Verdict {
        let now_ms = self.now_ms;
        let replica = &mut self.replicas[who];
        let (name, life) = (replica.name.clone(), replica.life);
        let Some(link) = replica.links.get_mut(&peer) else { return Ok(()) };
        link.requests += 1;
        let took_ms = now_ms - link.began_ms;
        hold(took_ms <= CONVERSATION_MS_MAX && link.requests <= CONVERSATION_REQUESTS_MAX, || {
            format!("{name} talks for {took_ms} ms in {} requests", link.requests)
        })?;
        let (call, bytes) = match request {
            Request::Offer(offer) => {
                link.offered = (number, self.judge.disk(who));
                (Call::Offer, to_cbor(offer))
            }
            Request::Push(batch) => {
                link.pushed = (number, batch.runs.iter().map(versions_of).collect());
                (Call::Push, to_cbor(batch))
            }
            Request::Pull(question) => (Call::Pull, to_cbor(question)),
        };
        let mut bytes = bytes.map_err(|error| Violation(error.to_string()))?;
        self.tell(|w| {
            let to = &w.replicas[peer].name;
            format!("{name} asks {to}: {number} {}", told(request))
        });
        if call == Call::Push && happens(&mut self.random, self.plan.faults.tampered) {
            tamper(&mut self.random, &mut bytes);
        }
        if self.in_reach(who, peer) {
            let connection = Connection { asker: who, peer, life, number, call };
            for (delay_ms, bytes) in carry(&mut self.random, &self.plan.faults, &bytes, true) {
                self.queue.push(self.now_ms + delay_ms, Event::Request(connection, bytes));
            }
        }
        Ok(())
    }

    pub(super) fn in_reach(&self, who: usize, peer: usize) -> bool {
        self.replicas[who].links.get(&peer).is_some_and(|link| self.now_ms <= link.until_ms)
    }

    /// Takes a pulled batch into memory; the conversation goes on when it is durable.
    fn store(&mut self, who: usize, peer: usize, batch: Batch) -> Verdict {
        let phone = self.replicas[who].kind == Kind::Phone;
        let (plan_verify, mutant) = (self.plan.verify, self.mutant);
        let verify = plan_verify && !phone && mutant != Some(Mutant::TrustsEverySignature);
        let answers = self.change(who, |store, log_writer, fresh_epoch| {
            let mut admission =
                Admission { verify, log_writer, fresh_epoch, brought_by: Role::Manager };
            let taken = batch.runs.iter().map(|run| take_run(store, &mut admission, run));
            taken.collect::<Result<Vec<_>, _>>()
        })?;
        let Ok(answers) = answers;
        self.replicas[who].waiting.push(Waiting::Stored(peer, answers));
        Ok(())
    }
}

/// How many of a run's entries an answer speaks for.
pub(super) fn passed(run: &RunResult) -> usize {
    usize::try_from(run.known.saturating_add(run.added)).unwrap_or(usize::MAX)
}

/// The versions of a run, in order.
pub(super) fn versions_of(run: &Run) -> Vec<VersionId> {
    run.entries.iter().map(|entry| entry.version.id()).collect()
}

fn read(call: Call, bytes: &[u8]) -> Result<Reply, DecodeError> {
    Ok(match call {
        Call::Offer => Reply::Offer(from_cbor(bytes)?),
        Call::Push => Reply::Push(from_cbor(bytes)?),
        Call::Pull => Reply::Pull(from_cbor(bytes)?),
    })
}

fn told(request: &Request) -> String {
    match request {
        Request::Offer(offer) => format!("offer {:?}", offer.digest),
        Request::Push(batch) => format!("push {:?}", runs(batch)),
        Request::Pull(question) => format!("pull {:?}", question.ranges.len()),
    }
}

fn runs(batch: &Batch) -> Vec<(WriterId, u64, usize)> {
    batch.runs.iter().map(|run| (run.writer, run.after.seq + 1, run.entries.len())).collect()
}
