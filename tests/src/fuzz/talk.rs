//! A phone that syncs with a laptop, by hand, and what must hold after everything that happens to
//! its session.

use std::sync::LazyLock;

use chasqui_shared::{
    Batch, Clock, Code, Failure, Input, Output, Reply, Request, RunResult, Session,
};

use super::{
    messages::survives,
    place::{position, writer},
    reply::honest,
    script::Step,
    side::{Side, cast},
    whole::{check_heads, check_logs},
};

/// Most steps of an honest conversation about the few entries of a story.
const HONEST_STEPS_MAX: usize = 200;
/// Most steps with a peer that gives the same answers for ever.
const STUBBORN_STEPS_MAX: usize = 2_000;

/// Both sides, the phone's session, and what it last asked its caller to do.
#[derive(Clone)]
pub(super) struct Talk {
    pub(super) phone: Side,
    pub(super) laptop: Side,
    backup: Side,
    session: Session,
    now_ms: u64,
    asked: Option<(u64, Request)>,
    asked_last: u64,
    storing: Option<Batch>,
    meeting: Option<Clock>,
    replies: Vec<Reply>,
}

impl Talk {
    /// Two sides with a common past, and something new on each.
    pub(super) fn new() -> Self {
        static BEGINNING: LazyLock<Talk> = LazyLock::new(|| {
            let [mut phone, _, bob, mut laptop] = cast();
            phone.strict = true;
            phone.write(Step { verb: 0, a: 0, b: 2, c: 0 });
            laptop.write(Step { verb: 0, a: 0, b: 3, c: 0 });
            let bobs = bob.run(bob.log_writer.writer(), 0).expect("Bob has written");
            phone.take(&bobs);
            Talk {
                session: Session::new(phone.log_writer.writer(), None, 1),
                backup: phone.clone(),
                phone,
                laptop,
                now_ms: 0,
                asked: None,
                asked_last: 0,
                storing: None,
                meeting: None,
                replies: Vec::new(),
            }
        });
        BEGINNING.clone()
    }

    /// Feeds the session, takes what it says, and checks its promises.
    pub(super) fn feed(&mut self, input: Input) {
        let outputs_max = 8 + told_by(&input);
        match &input {
            Input::Answered(number, _) | Input::Failed(number, _) => {
                self.asked.take_if(|(asked, _)| asked == number);
            }
            Input::Stored(_) | Input::NotStored(_) => self.storing = None,
            Input::Tick | Input::Wake => {}
        }
        let Ok(()) = self.session.handle_input(self.now_ms, &self.phone.log, input);
        let mut outputs = 0;
        while let Some(output) = self.session.poll_output() {
            outputs += 1;
            assert!(outputs <= outputs_max, "what comes out is bounded by what went in");
            self.does(output);
        }
        self.check();
    }

    fn does(&mut self, output: Output) {
        match output {
            Output::Ask(number, request) => {
                assert!(self.asked.is_none() && self.storing.is_none(), "one thing at a time");
                assert!(number > self.asked_last, "the numbers of requests ascend");
                check_readable(&request);
                self.asked_last = number;
                self.asked = Some((number, request));
            }
            Output::Store(batch) => {
                assert!(self.asked.is_none() && self.storing.is_none(), "one thing at a time");
                self.storing = Some(batch);
            }
            Output::Renew => self.renews(),
            Output::Notice(notice) => assert!(!notice.to_string().is_empty()),
            Output::Finished(clock) => {
                assert_eq!(clock, self.phone.clock(), "it finished with what is held");
                self.meeting = Some(clock);
            }
            Output::GaveUp(failure) => {
                assert!(failure.code.known().is_some() && !failure.message.is_empty());
                self.asked = None;
            }
        }
    }

    fn check(&self) {
        let deadline = self.session.next_deadline();
        assert_eq!(deadline.is_none(), self.storing.is_some(), "it waits, unless it stores");
        let busy = self.asked.is_some() || self.storing.is_some();
        assert_eq!(self.session.is_busy(), busy, "busy means that somebody owes an answer");
        let progress = self.session.progress();
        assert!(progress.done <= progress.total, "never more than all");
    }

    /// Time passes: none, to the deadline, almost to it, or some.
    pub(super) fn waits(&mut self, step: Step) {
        let deadline = self.session.next_deadline().unwrap_or(self.now_ms);
        let until_ms = match step.a % 4 {
            0 => self.now_ms,
            1 => deadline,
            2 => deadline.saturating_sub(1),
            _ => self.now_ms + u64::from(step.b) * u64::from(step.c),
        };
        self.now_ms = self.now_ms.max(until_ms);
        self.feed(Input::Tick);
        let deadline = self.session.next_deadline();
        assert!(deadline.is_none_or(|at| at >= self.now_ms), "a deadline is not in the past");
    }

    /// The laptop's answer comes, as it is or bent.
    pub(super) fn laptop_answers(&mut self, bend: impl FnOnce(&Side, &mut Reply)) {
        let Some((number, request)) = self.asked.clone() else { return };
        let reply = honest(&mut self.laptop, &request);
        let mut reply = reply.expect("an honest session's request is answered");
        bend(&self.laptop, &mut reply);
        self.replies.push(reply.clone());
        self.feed(Input::Answered(number, reply));
    }

    /// An answer to another request comes, or a failure, or a failure of another request.
    pub(super) fn answers_late(&mut self, step: Step) {
        let number = self.asked_last.saturating_sub(u64::from(step.b));
        match (step.a % 2, self.replies.last()) {
            (0, Some(reply)) if step.b > 0 => self.feed(Input::Answered(number, reply.clone())),
            _ => self.feed(Input::Failed(number, Failure::new(Code::Unreachable, "no network"))),
        }
    }

    /// The phone makes a batch durable, if it is asked to.
    pub(super) fn stores(&mut self) {
        let Some(batch) = self.storing.clone() else { return };
        let answers = self.phone.take_all(&batch);
        self.session.set_writer(self.phone.log_writer.writer());
        self.feed(Input::Stored(answers));
    }

    /// The phone claims to have stored what nobody sent.
    pub(super) fn says_it_stored(&mut self, step: Step) {
        let writer = writer(&self.phone, step.a);
        let answer = RunResult {
            writer,
            durable: position(&self.phone, writer, step.b),
            known: step.b.into(),
            added: step.c.into(),
            quarantined: Vec::new(),
            refused: None,
            forked_at: None,
        };
        self.feed(Input::Stored(vec![answer]));
    }

    /// The phone begins another log.
    pub(super) fn renews(&mut self) {
        let epoch = self.phone.fresh_epoch();
        self.phone.log_writer.renew(epoch);
        self.session.set_writer(self.phone.log_writer.writer());
    }

    /// The phone becomes what it was, with the same session, or a new one that remembers the last
    /// meeting or not.
    pub(super) fn goes_back(&mut self, step: Step) {
        if step.a.is_multiple_of(2) {
            self.backup = self.phone.clone();
            return;
        }
        let backup = self.backup.clone();
        self.phone.becomes(&backup);
        self.session.set_writer(self.phone.log_writer.writer());
        if step.b.is_multiple_of(2) {
            let meeting = self.meeting.clone().filter(|_| step.b.is_multiple_of(4));
            self.session = Session::new(self.phone.log_writer.writer(), meeting, step.c.into());
            (self.asked, self.asked_last, self.storing) = (None, 0, None);
        }
    }

    /// Gives each kind of request the last answer that such a request had: the session must come to
    /// rest.
    pub(super) fn ends_with_a_stubborn_laptop(mut self) {
        self.feed(Input::Wake);
        for _ in 0..STUBBORN_STEPS_MAX {
            if self.storing.is_some() {
                self.stores();
            } else if let Some((_, request)) = &self.asked {
                let kind = kind_of_request(request);
                let said = self.replies.iter().rev().find(|said| kind_of_reply(said) == kind);
                let said = said.cloned();
                self.laptop_answers(|_, reply| *reply = said.unwrap_or_else(|| reply.clone()));
            } else {
                return;
            }
        }
        panic!("a peer that always says the same ends the conversation");
    }

    /// Lets both sides be honest from now on: they must come to hold the same.
    pub(super) fn ends_with_an_honest_laptop(mut self) {
        self.feed(Input::Wake);
        for _ in 0..HONEST_STEPS_MAX {
            if self.storing.is_some() {
                self.stores();
            } else if self.asked.is_some() {
                self.laptop_answers(|_, _| {});
            } else if self.phone.clock() == self.laptop.clock() {
                return self.check_same();
            } else {
                self.waits(Step { verb: 0, a: 1, b: 0, c: 0 });
            }
        }
        panic!("two honest sides come to hold the same");
    }

    fn check_same(&self) {
        for side in [&self.phone, &self.laptop] {
            check_logs(&side.log);
            check_heads(&side.log);
        }
        assert!(self.phone.log.records().eq(self.laptop.log.records()), "people see the same");
    }
}

/// How many notices an input may give rise to.
fn told_by(input: &Input) -> usize {
    let runs = match input {
        Input::Answered(_, Reply::Push(answer)) => &answer.runs,
        Input::Stored(answers) => answers,
        _ => return 0,
    };
    runs.iter().map(|run| 2 + run.quarantined.len()).sum()
}

fn kind_of_request(request: &Request) -> u8 {
    match request {
        Request::Offer(_) => 0,
        Request::Push(_) => 1,
        Request::Pull(_) => 2,
    }
}

fn kind_of_reply(reply: &Reply) -> u8 {
    match reply {
        Reply::Offer(_) => 0,
        Reply::Push(_) => 1,
        Reply::Pull(_) => 2,
    }
}

/// A request keeps the limits that its reader has.
fn check_readable(request: &Request) {
    match request {
        Request::Offer(offer) => survives(offer),
        Request::Push(batch) => {
            assert!(batch.is_within_limits(), "a batch keeps its limits");
            survives(batch);
        }
        Request::Pull(question) => survives(question),
    }
}
