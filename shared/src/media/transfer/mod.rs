//! Files on their way between this side and a peer, as a machine without I/O: which go, in what
//! order, in which slices, and what happens when one does not arrive.
//!
//! Say what is wanted with [`Input::Want`], feed [`Input::Wake`], then do what
//! [`Transfer::poll_output`] says until it says `None`, and feed what came of it; when
//! [`Transfer::next_deadline`] has passed, feed [`Input::Tick`]. It never reads a clock: `now_ms`
//! is any count of milliseconds that does not go back.
//!
//! A round asks what the peer has, and then moves slices of a few files at once, the smallest files
//! first. After a failure of the connection it waits for the other slices on their way, rests, and
//! asks again about the files that were on their way alone. A failure that is about one file puts
//! that file back and leaves the others. Whether a file is whole is for both ends to say, by its
//! hash: this machine only counts bytes.

mod event;
mod job;
mod outcome;
mod pace;
mod round;
mod scope;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ops::RangeInclusive,
};

pub use self::event::{Direction, Input, Moved, Output, Placed, Wanted};
use self::{
    job::{Job, Rank},
    pace::Pace,
};
use crate::{failure::Failure, id::ContentHash, record::MediaRef, retry::Retry};

/// What one side can bear.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Most slices on their way at once.
    pub slices_max: usize,
    /// Smallest and largest slice, in bytes.
    pub slice_bytes: RangeInclusive<u64>,
    /// How long a slice is waited for, in milliseconds.
    pub patience_ms: RangeInclusive<u64>,
    /// How long an answer about files is waited for, in milliseconds.
    pub answer_ms: u64,
    /// Requests give up by themselves; one that does not is given up so many milliseconds later.
    pub grace_ms: u64,
    /// After an interruption it rests at least so long, in milliseconds: what was on its way may
    /// still arrive.
    pub rest_ms_min: u64,
    /// It is given up after so many interruptions in a row in which nothing arrived.
    pub interruptions_max: u32,
}

/// Files between this side and one peer.
#[derive(Clone, Debug)]
pub struct Transfer {
    limits: Limits,
    phase: Phase,
    /// Whether files are moved, and not only asked about.
    may_move: bool,
    jobs: BTreeMap<ContentHash, Job>,
    /// Jobs that the peer is to be asked about.
    unknown: BTreeSet<ContentHash>,
    /// Jobs that are to be asked about then.
    resting: BTreeMap<ContentHash, u64>,
    /// Jobs that can be moved.
    ready: BTreeSet<Rank>,
    /// Jobs that are for another round.
    put_back: BTreeSet<ContentHash>,
    asking: Option<Asking>,
    flights: BTreeMap<u64, Flight>,
    requests: u64,
    pace: Pace,
    retry: Retry,
    /// Interruptions since something arrived.
    interruptions: u32,
    /// Whether something arrived since the last interruption.
    has_moved: bool,
    moved: Moved,
    outputs: VecDeque<Output>,
}

#[derive(Clone, Debug)]
enum Phase {
    /// Nothing is under way; a round begins at this time.
    Resting { until_ms: u64 },
    /// A round.
    Moving,
    /// What is on its way is waited for, and nothing begins.
    Draining(Failure),
}

/// A request about files.
#[derive(Clone, Debug)]
struct Asking {
    request: u64,
    hashes: Vec<ContentHash>,
    until_ms: u64,
}

/// A slice on its way.
#[derive(Clone, Debug)]
struct Flight {
    hash: ContentHash,
    offset: u64,
    is_new: bool,
    began_ms: u64,
    patience_ms: u64,
    until_ms: u64,
}

/// A file of which a slice is on its way.
#[derive(Clone, Copy, Debug)]
pub struct Moving<'a> {
    /// The file.
    pub file: &'a MediaRef,
    /// Bytes that arrived of it.
    pub offset: u64,
}

impl Transfer {
    /// With nothing wanted yet. `seed` spreads the pauses.
    pub fn new(limits: Limits, seed: u64) -> Self {
        Self {
            phase: Phase::Resting { until_ms: 0 },
            may_move: false,
            jobs: BTreeMap::new(),
            unknown: BTreeSet::new(),
            resting: BTreeMap::new(),
            ready: BTreeSet::new(),
            put_back: BTreeSet::new(),
            asking: None,
            flights: BTreeMap::new(),
            requests: 0,
            pace: Pace::new(limits.slice_bytes.clone(), limits.patience_ms.clone()),
            limits,
            retry: Retry::new(seed),
            interruptions: 0,
            has_moved: false,
            moved: Moved::default(),
            outputs: VecDeque::new(),
        }
    }

    /// Feeds one thing that happened. What a peer says wrongly becomes an output, not a panic.
    pub fn handle_input(&mut self, now_ms: u64, input: Input) {
        match (input, &self.phase) {
            (Input::Want(files), _) => self.want(files),
            (Input::Plan, Phase::Resting { .. }) => {
                self.may_move = false;
                self.begin();
            }
            (Input::Wake, phase) => {
                self.may_move = true;
                if let Phase::Resting { .. } = phase {
                    self.begin();
                }
            }
            (Input::Tick, Phase::Resting { until_ms })
                if *until_ms <= now_ms && !self.jobs.is_empty() =>
            {
                self.begin();
            }
            (Input::Tick, Phase::Resting { .. }) | (Input::Plan, _) => {}
            (Input::Tick, _) => self.expire(now_ms),
            (Input::Answered(request, answer), _) => self.answered(request, &answer),
            (Input::Sent { request, at, bytes }, _) => {
                let offset = at.offset;
                self.arrived(now_ms, request, offset, bytes, Some(at));
            }
            (Input::Fetched { request, offset, bytes }, _) => {
                self.arrived(now_ms, request, offset, bytes, None);
            }
            (Input::Failed { request, failure, offset }, _) => {
                self.failed(now_ms, request, failure, offset);
            }
            (Input::Dropped(request), _) => {
                if let Some(flight) = self.flights.remove(&request) {
                    self.jobs.remove(&flight.hash);
                }
            }
        }
        self.go_on(now_ms);
    }

    /// The next thing to do, or `None` until something happens or the deadline passes.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to feed [`Input::Tick`]; `None` if nothing is wanted.
    pub fn next_deadline(&self) -> Option<u64> {
        if let Phase::Resting { until_ms } = self.phase {
            return (!self.jobs.is_empty()).then_some(until_ms);
        }
        let flights = self.flights.values().map(|flight| flight.until_ms);
        let asking = self.asking.iter().map(|asking| asking.until_ms);
        let begins = matches!(self.phase, Phase::Moving);
        let resting = self.resting.values().copied().filter(|_| begins);
        flights.chain(asking).chain(resting).min()
    }

    /// Until when it rests, if no round is under way.
    pub fn rests_until(&self) -> Option<u64> {
        match self.phase {
            Phase::Resting { until_ms } => Some(until_ms),
            _ => None,
        }
    }

    /// Whether a round is under way.
    pub fn is_busy(&self) -> bool {
        !matches!(self.phase, Phase::Resting { .. })
    }

    /// Nothing is wanted any more; what comes of requests under way is ignored.
    pub fn abandon(&mut self) {
        self.forget_jobs();
        self.phase = Phase::Resting { until_ms: 0 };
        self.outputs.clear();
    }

    fn forget_jobs(&mut self) {
        self.jobs.clear();
        self.unknown.clear();
        self.resting.clear();
        self.ready.clear();
        self.put_back.clear();
        self.asking = None;
        self.flights.clear();
        self.interruptions = 0;
        self.has_moved = false;
    }

    /// Whether the peer has said of each wanted file if it has it.
    pub fn is_planned(&self) -> bool {
        self.asking.is_none() && self.unknown.is_empty()
    }

    /// How far this round is; nothing while none is under way.
    pub fn moved(&self) -> Moved {
        if self.is_busy() { self.moved } else { Moved::default() }
    }

    /// The files of which a slice is on its way.
    pub fn moving(&self) -> impl Iterator<Item = Moving<'_>> {
        let jobs = self.flights.values().filter_map(|flight| self.jobs.get(&flight.hash));
        jobs.map(|job| Moving { file: &job.file, offset: job.offset })
    }
}

#[cfg(test)]
mod tests;
