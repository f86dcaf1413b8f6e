//! This side with its transfer, the peer, and the network between them.

use std::collections::BTreeMap;

use super::{
    super::{Direction, Input, Limits, Output, Transfer, Wanted},
    ends::{End, Taken},
    faults::{Faults, any_failure, happens},
};
use crate::{Code, ContentHash, Failure, transfer::Placed};

pub const SLICE_BYTES_MAX: u64 = 800;

pub fn limits() -> Limits {
    Limits {
        slices_max: 3,
        slice_bytes: 100..=SLICE_BYTES_MAX,
        patience_ms: 8_000..=30_000,
        answer_ms: 30_000,
        grace_ms: 5_000,
        rest_ms_min: 0,
        interruptions_max: u32::MAX,
    }
}

/// What happens at a time to come.
enum Event {
    /// A request comes to the peer.
    Arrives(Output),
    /// What came of a request comes back.
    Answered(Input),
}

/// What was sent of a file.
#[derive(Default)]
pub struct Traffic {
    pub bytes: u64,
    /// Slices of which this side was not told that they arrived.
    pub lost: u64,
}

pub struct World {
    pub random: fastrand::Rng,
    pub now_ms: u64,
    pub here: End,
    pub there: End,
    pub transfer: Transfer,
    pub faults: Faults,
    pub requests: u64,
    /// Beginnings of files that were lost in a restart, in bytes.
    pub forgotten: BTreeMap<ContentHash, u64>,
    pub traffic: BTreeMap<ContentHash, Traffic>,
    pub told: Vec<Output>,
    files: Vec<Taken>,
    events: BTreeMap<(u64, u64), Event>,
    /// Slices on their way, by request.
    flying: BTreeMap<u64, ContentHash>,
    order: u64,
}

impl World {
    pub fn new(seed: u64, faults: Faults) -> Self {
        Self {
            random: fastrand::Rng::with_seed(seed),
            now_ms: 0,
            here: End::default(),
            there: End::default(),
            transfer: Transfer::new(limits(), seed),
            faults,
            requests: 0,
            forgotten: BTreeMap::new(),
            traffic: BTreeMap::new(),
            told: Vec::new(),
            files: Vec::new(),
            events: BTreeMap::new(),
            flying: BTreeMap::new(),
            order: 0,
        }
    }

    /// A file that both ends know of.
    pub fn add(&mut self, taken: &Taken, here: bool, there: bool) {
        for (end, has) in [(&mut self.here, here), (&mut self.there, there)] {
            if has {
                end.whole.insert(taken.file.hash, taken.bytes.clone());
            }
        }
        self.files.push(taken.clone());
    }

    pub fn wanted(&self) -> Vec<Wanted> {
        let wanted = self.files.iter().map(|Taken { file, .. }| {
            let offset = self.here.parts.get(&file.hash).map_or(0, |part| part.len() as u64);
            let direction = match self.here.whole.contains_key(&file.hash) {
                true => Direction::Send,
                false => Direction::Fetch { offset, ask: true },
            };
            Wanted { file: file.clone(), direction }
        });
        wanted.collect()
    }

    pub fn feed(&mut self, input: Input) {
        self.transfer.handle_input(self.now_ms, input);
        while let Some(output) = self.transfer.poll_output() {
            self.carry_out(output);
        }
    }

    /// Everything that is lacking is wanted, and there is reason to try.
    pub fn wake(&mut self) {
        self.feed(Input::Want(self.wanted()));
        self.feed(Input::Wake);
    }

    /// Goes on until nothing is under way, or this time has come.
    pub fn run_until(&mut self, end_ms: u64) {
        loop {
            let next = self.events.first_key_value().map(|((due_ms, _), _)| *due_ms);
            let deadline = self.transfer.next_deadline();
            let Some(next_ms) = next.into_iter().chain(deadline).min() else { return };
            if next_ms > end_ms {
                self.now_ms = end_ms;
                return;
            }
            self.now_ms = self.now_ms.max(next_ms);
            if next.is_none_or(|due_ms| due_ms > self.now_ms) {
                self.feed(Input::Tick);
                continue;
            }
            match self.events.pop_first().unwrap().1 {
                Event::Arrives(request) => self.arrives(&request),
                Event::Answered(input) => self.heard(input),
            }
        }
    }

    fn heard(&mut self, input: Input) {
        match &input {
            Input::Sent { request, .. } | Input::Fetched { request, .. } => {
                self.flying.remove(request);
            }
            Input::Failed { request, .. } => self.lose(*request),
            _ => {}
        }
        self.feed(input);
    }

    fn lose(&mut self, request: u64) {
        if let Some(hash) = self.flying.remove(&request) {
            self.traffic.entry(hash).or_default().lost += 1;
        }
    }

    fn carry_out(&mut self, output: Output) {
        let request = match &output {
            Output::Ask { request, .. } => *request,
            Output::Send { request, file, .. } | Output::Fetch { request, file, .. } => {
                self.flying.insert(*request, file.hash);
                *request
            }
            _ => {
                if let Output::Interrupted(_) | Output::GaveUp(_) | Output::Finished = output {
                    let silent: Vec<_> = self.flying.keys().copied().collect();
                    silent.into_iter().for_each(|request| self.lose(request));
                }
                return self.told.push(output);
            }
        };
        self.requests += 1;
        let way_ms = self.way_ms();
        self.schedule(way_ms, Event::Arrives(output));
        if happens(&mut self.random, self.faults.restart) {
            self.restart();
        } else if happens(&mut self.random, self.faults.peer_restart) {
            // Whoever asked is told that nobody answers.
            self.events.retain(|_, event| matches!(event, Event::Answered(_)));
            self.forget(false);
            let failure = Failure::new(Code::Unreachable, "the peer stopped");
            self.answer(0, Input::Failed { request, failure, offset: None });
        }
    }

    /// This side starts anew: it knows what is durable, and nothing else.
    fn restart(&mut self) {
        let flying: Vec<_> = self.flying.keys().copied().collect();
        flying.into_iter().for_each(|request| self.lose(request));
        self.events.retain(|_, event| matches!(event, Event::Arrives(_)));
        self.forget(true);
        self.transfer = Transfer::new(limits(), self.random.u64(..));
        // Its requests have numbers of their own; no answer to an old one may be taken for one of
        // those.
        self.events.clear();
        self.wake();
    }

    fn forget(&mut self, here: bool) {
        if self.faults.forgetful {
            let end = if here { &mut self.here } else { &mut self.there };
            for (hash, part) in std::mem::take(&mut end.parts) {
                *self.forgotten.entry(hash).or_default() += part.len() as u64;
            }
        }
    }

    /// A request comes to the peer, whole or in part, once or twice.
    fn arrives(&mut self, output: &Output) {
        let (random, faults) = (&mut self.random, &self.faults);
        let is_cut = happens(random, faults.cut);
        let times = 1 + u32::from(happens(random, faults.twice));
        let is_heard = !happens(random, faults.answer_lost) && !is_cut;
        let is_silent = happens(random, faults.silent);
        let refusal = happens(random, faults.refused).then(|| any_failure(random));
        let share = if is_cut { random.f64() } else { 1.0 };
        let (request, input) = match output {
            Output::Ask { request, hashes } => {
                let input = match refusal {
                    Some(failure) => Input::Failed { request: *request, failure, offset: None },
                    None => Input::Answered(*request, self.there.answer(hashes)),
                };
                (*request, input)
            }
            Output::Send { request, file, at, bytes_max, .. } => {
                let from = at.as_ref().map_or(0, |at| at.offset);
                let slice = self.here.slice(file.hash, from, *bytes_max).unwrap().to_vec();
                let refusal = refusal.or_else(|| self.refusal_of(file.hash));
                let part = &slice[..(slice.len() as f64 * share) as usize];
                let mut sent = Err(Failure::new(Code::Internal, ""));
                for _ in 0..times {
                    sent = match &refusal {
                        Some(failure) => Err(failure.clone()),
                        None => self.there.receive(file, at.as_ref(), part),
                    };
                }
                self.traffic.entry(file.hash).or_default().bytes += slice.len() as u64;
                (*request, sent_input(*request, sent, file.bytes))
            }
            Output::Fetch { request, file, offset, bytes_max, .. } => {
                let refusal = refusal.or_else(|| self.refusal_of(file.hash));
                let slice = match refusal {
                    Some(failure) => Err(failure),
                    None => self.there.slice(file.hash, *offset, *bytes_max),
                };
                let slice = slice.map(<[u8]>::to_vec);
                return self.fetched(*request, file.hash, *offset, slice, share, is_silent);
            }
            _ => unreachable!("it is no request"),
        };
        if is_silent {
            return;
        }
        let way_ms = self.way_ms();
        let cut = Failure::new(Code::Unreachable, "the connection broke");
        let lost = Input::Failed { request, failure: cut, offset: None };
        self.answer(way_ms, if is_heard { input } else { lost });
    }

    /// A slice comes back from the peer; what came is here even if the rest did not.
    fn fetched(
        &mut self,
        request: u64,
        file: ContentHash,
        from: u64,
        slice: Result<Vec<u8>, Failure>,
        share: f64,
        is_silent: bool,
    ) {
        let mine = self.here.parts.get(&file).map_or(0, |part| part.len() as u64);
        if is_silent || !self.flying.contains_key(&request) || mine != from {
            return;
        }
        let size = self.there.whole.get(&file).map_or(0, |whole| whole.len() as u64);
        let input = match slice {
            Err(failure) => Input::Failed { request, failure, offset: None },
            Ok(slice) => {
                self.traffic.entry(file).or_default().bytes += slice.len() as u64;
                let part = &slice[..(slice.len() as f64 * share) as usize];
                match self.here.take(file, size, part) {
                    Ok(offset) if share < 1.0 && offset < size => {
                        let failure = Failure::new(Code::Unreachable, "the connection broke");
                        Input::Failed { request, failure, offset: Some(offset) }
                    }
                    Ok(offset) => Input::Fetched { request, offset, bytes: size },
                    Err(failure) => Input::Failed { request, failure, offset: Some(0) },
                }
            }
        };
        self.heard(input);
    }

    fn refusal_of(&self, file: ContentHash) -> Option<Failure> {
        let code = self.faults.refused_files.get(&file)?;
        Some(Failure::new(code.clone(), "refused for good"))
    }

    fn answer(&mut self, after_ms: u64, input: Input) {
        self.schedule(after_ms, Event::Answered(input));
    }

    fn way_ms(&mut self) -> u64 {
        self.random.u64(0..=self.faults.way_ms)
    }

    fn schedule(&mut self, after_ms: u64, event: Event) {
        self.order += 1;
        self.events.insert((self.now_ms + after_ms, self.order), event);
    }
}

fn sent_input(request: u64, sent: Result<Placed, Failure>, bytes: u64) -> Input {
    match sent {
        Ok(at) => Input::Sent { request, at, bytes },
        Err(failure) => Input::Failed { request, failure, offset: None },
    }
}
