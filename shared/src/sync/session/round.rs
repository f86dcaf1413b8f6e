//! What is said in a conversation: rounds of an offer, and of the steps that its answer asks for.

use std::collections::VecDeque;

use super::{
    conversation::{Phase, Session},
    step::{Step, advance, drop_passed_over},
    turn::{Input, Output, Progress, Reply, Request},
};
use crate::{
    failure::{Code, Failure},
    limits,
    log::{LogView, Position, Range, RunResult},
    sync::{
        message::{OfferResponse, WantedRequest},
        notice::Notice,
        respond::{collect, common_position, offer},
    },
};

impl Session {
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

    /// The first offer of a conversation.
    fn begin<V: LogView>(&mut self, now_ms: u64, view: &V) -> Result<(), V::Error> {
        self.progress = Progress::default();
        self.rounds = 0;
        self.round = None;
        self.again = false;
        self.suspects.clear();
        self.send_offer(now_ms, view)
    }

    fn send_offer<V: LogView>(&mut self, now_ms: u64, view: &V) -> Result<(), V::Error> {
        self.rounds += 1;
        self.steps.clear();
        let suspects = std::mem::take(&mut self.suspects);
        self.asked_of_suspects = !suspects.is_empty();
        let offer = offer(view, self.writer, self.meeting.as_ref(), suspects)?;
        self.offered = offer.digest;
        self.ask(now_ms, Request::Offer(offer));
        Ok(())
    }

    /// Takes the answer to the request that is under way.
    fn answered<V: LogView>(
        &mut self,
        now_ms: u64,
        view: &V,
        answer: Reply,
    ) -> Result<(), V::Error> {
        match (answer, self.steps.front_mut()) {
            (Reply::Offer(answer), None) => self.plan(now_ms, view, &answer),
            (Reply::Push(answer), Some(Step::Push(ranges))) => {
                self.peer = Some(answer.digest);
                let done = advance(view, ranges, &answer.runs)?;
                self.note(&answer.runs, done);
                self.go_on(now_ms, view)
            }
            (Reply::Pull(batch), Some(Step::Pull(ranges))) => {
                if batch.project != view.project() || !batch.is_within_limits() {
                    self.give_up(now_ms, Failure::protocol_broken());
                } else if batch.runs.is_empty() {
                    ranges.clear();
                    return self.go_on(now_ms, view);
                } else {
                    self.phase = Phase::Storing;
                    self.outputs.push_back(Output::Store(batch));
                }
                Ok(())
            }
            _ => {
                self.give_up(now_ms, Failure::protocol_broken());
                Ok(())
            }
        }
    }

    /// Turns the answer to an offer into steps: what went two ways, what the peer lacks, what this
    /// side lacks.
    fn plan<V: LogView>(
        &mut self,
        now_ms: u64,
        view: &V,
        answer: &OfferResponse,
    ) -> Result<(), V::Error> {
        self.peer = Some(answer.digest);
        if answer.clock_wanted {
            if self.meeting.take().is_none() {
                self.give_up(now_ms, Failure::protocol_broken());
                return Ok(());
            }
            return self.send_offer(now_ms, view);
        }
        let round = Some((self.offered, answer.digest));
        if self.round == round && !self.asked_of_suspects {
            self.give_up_stuck(now_ms);
            return Ok(());
        }
        self.round = round;
        let (mut push, mut pull) = (VecDeque::new(), VecDeque::new());
        let mut fork_pull = VecDeque::new();
        for range in &answer.wanted {
            if view.chain_at(range.writer, range.after.seq)? == Some(range.after.chain) {
                push.push_back(*range);
            } else if !self.asked_of_suspects {
                self.suspects.push(range.writer);
            }
        }
        pull.extend(answer.offered.iter().copied());
        let own_forked = answer.forks.iter().any(|fork| fork.writer == self.writer);
        for fork in &answer.forks {
            let (writer, after) = (fork.writer, common_position(view, fork)?);
            let mine = view.position(writer)?;
            let theirs = fork.positions.first().copied().unwrap_or(Position::START);
            if theirs.seq > after.seq {
                fork_pull.push_back(Range { writer, after, until: theirs });
            }
            if mine.seq > after.seq {
                push.push_back(Range { writer, after, until: mine });
            }
        }
        if answer.lost || own_forked {
            self.outputs.push_back(Output::Renew);
        }
        if answer.lost {
            self.outputs.push_back(Output::Notice(Notice::LogLost { writer: self.writer }));
        }
        self.steps.extend([Step::Pull(fork_pull), Step::Push(push), Step::Pull(pull)]);
        let planned = self.steps.iter().map(Step::entries).fold(0, u64::saturating_add);
        self.progress.total = self.progress.done.saturating_add(planned);
        self.go_on(now_ms, view)
    }

    /// Does the next part of the round, or ends it.
    fn go_on<V: LogView>(&mut self, now_ms: u64, view: &V) -> Result<(), V::Error> {
        loop {
            match self.steps.front_mut() {
                Some(Step::Push(ranges)) => {
                    let batch = collect(view, self.writer, ranges.make_contiguous())?;
                    drop_passed_over(ranges, &batch);
                    if !batch.runs.is_empty() {
                        self.ask(now_ms, Request::Push(batch));
                        return Ok(());
                    }
                }
                Some(Step::Pull(ranges)) if !ranges.is_empty() => {
                    let ranges = ranges.iter().take(limits::RANGES_MAX).copied().collect();
                    let question = WantedRequest { project: view.project(), ranges };
                    self.ask(now_ms, Request::Pull(question));
                    return Ok(());
                }
                Some(Step::Pull(_)) => {}
                None => return self.end_round(now_ms, view),
            }
            self.steps.pop_front();
        }
    }

    fn end_round<V: LogView>(&mut self, now_ms: u64, view: &V) -> Result<(), V::Error> {
        let clock = view.clock()?;
        if self.peer == Some(clock.digest()) {
            self.meeting = Some(clock.clone());
            self.retry.succeeded();
            let pause = if self.again { 0 } else { self.retry.poll_delay_ms() };
            self.phase = Phase::Resting { until_ms: now_ms.saturating_add(pause) };
            self.outputs.push_back(Output::Finished(clock));
            return Ok(());
        }
        if self.rounds < limits::ROUNDS_MAX {
            return self.send_offer(now_ms, view);
        }
        self.give_up_stuck(now_ms);
        Ok(())
    }

    fn give_up_stuck(&mut self, now_ms: u64) {
        let message = "the two sides differ, and neither took what the other sent";
        self.give_up(now_ms, Failure::new(Code::Stuck, message));
    }

    /// Goes on once a batch is durable.
    fn stored<V: LogView>(
        &mut self,
        now_ms: u64,
        view: &V,
        answers: &[RunResult],
    ) -> Result<(), V::Error> {
        if let Some(Step::Pull(ranges)) = self.steps.front_mut() {
            let done = advance(view, ranges, answers)?;
            self.note(answers, done);
        }
        self.go_on(now_ms, view)
    }

    fn note(&mut self, answers: &[RunResult], done: u64) {
        self.progress.done = self.progress.done.saturating_add(done);
        self.progress.total = self.progress.total.max(self.progress.done);
        self.outputs.extend(answers.iter().flat_map(Notice::of_run).map(Output::Notice));
    }
}
