//! One connection: what goes on on it, whose it is, and how it is cut.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::Waker,
};

use chasqui_shared::DeviceId;
use futures_util::task::AtomicWaker;
use tokio::time::Instant;

use super::pace::Pace;
use crate::limits;

/// What is known of a connection, for those who ask on it and for those who end it.
#[derive(Debug)]
pub struct Connection {
    pub(super) number: u64,
    peer: IpAddr,
    is_local: bool,
    opened_at: Instant,
    state: Mutex<State>,
    is_cut: AtomicBool,
    /// Of the task that reads and writes.
    task: AtomicWaker,
}

#[derive(Debug)]
struct State {
    /// Who showed on it to be let in, latest last; at most [`limits::CONNECTION_DEVICES_MAX`].
    devices: Vec<DeviceId>,
    requests: usize,
    /// When a request last began or ended.
    active_at: Instant,
    /// The answers that are on their way, by number.
    answers: BTreeMap<u64, Pace>,
    next_answer: u64,
    /// There while what was written is not taken.
    blocked: Option<Pace>,
    /// Cut from then on.
    ends_at: Option<Instant>,
}

/// Whose a connection is, to be counted with its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Group {
    /// From this very machine.
    Local,
    /// Of nobody who was let in.
    Stranger(IpAddr),
    /// Of a device that was let in.
    Device(DeviceId),
}

/// A request that is under way; dropped, it is not.
#[derive(Debug)]
pub struct UnderWay(Arc<Connection>);

/// An answer that is on its way; dropped, it is not.
#[derive(Debug)]
pub struct Sending {
    connection: Arc<Connection>,
    number: u64,
}

impl Connection {
    pub(super) fn new(number: u64, peer: IpAddr, is_local: bool, now: Instant) -> Arc<Self> {
        let state = State {
            devices: Vec::new(),
            requests: 0,
            active_at: now,
            answers: BTreeMap::new(),
            next_answer: 0,
            blocked: None,
            ends_at: None,
        };
        Arc::new(Self {
            number,
            peer,
            is_local,
            opened_at: now,
            state: Mutex::new(state),
            is_cut: AtomicBool::new(false),
            task: AtomicWaker::new(),
        })
    }

    /// A request begins.
    pub fn request(self: &Arc<Self>) -> UnderWay {
        let mut state = self.state();
        state.requests += 1;
        state.active_at = Instant::now();
        UnderWay(self.clone())
    }

    /// An answer begins to be sent.
    pub fn answer(self: &Arc<Self>) -> Sending {
        let mut state = self.state();
        let number = state.next_answer;
        state.next_answer += 1;
        state.answers.insert(number, Pace::begin(Instant::now()));
        Sending { connection: self.clone(), number }
    }

    /// A device showed on it that it was let in. `false` if there were too many on this one
    /// connection.
    pub fn join(&self, device: DeviceId) -> bool {
        let mut state = self.state();
        if let Some(at) = state.devices.iter().position(|known| *known == device) {
            state.devices.remove(at);
        } else if state.devices.len() >= limits::CONNECTION_DEVICES_MAX {
            return false;
        }
        state.devices.push(device);
        true
    }

    /// Whether this device was let in on it.
    pub(super) fn is_of(&self, device: DeviceId) -> bool {
        self.state().devices.contains(&device)
    }

    pub(super) fn group(&self) -> Group {
        match (self.is_local, self.state().devices.last()) {
            (_, Some(device)) => Group::Device(*device),
            (true, None) => Group::Local,
            (false, None) => Group::Stranger(self.peer),
        }
    }

    /// Since when nothing goes on on it, or `None` if something does.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let state = self.state();
        (state.requests == 0).then_some(state.active_at)
    }

    pub(super) fn opened_at(&self) -> Instant {
        self.opened_at
    }

    pub(super) fn is_local(&self) -> bool {
        self.is_local
    }

    /// Ends it a moment later: what is answered now still gets through.
    pub fn end_soon(&self, now: Instant) {
        self.state().ends_at = Some(now + limits::LAST_ANSWER_TIME);
    }

    /// Whether it is to be cut: nothing went on for too long, what is sent is not taken, or its
    /// time is over.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        let state = self.state();
        let idle_max = match (state.devices.is_empty(), self.is_local) {
            (true, false) => limits::STRANGER_SILENCE_TIME_MAX,
            _ => limits::SILENCE_TIME_MAX,
        };
        let is_idle = state.requests == 0 && now.duration_since(state.active_at) >= idle_max;
        let is_unread = state.answers.values().chain(&state.blocked).any(|p| p.is_too_slow(now));
        is_idle || is_unread || state.ends_at.is_some_and(|end| end <= now)
    }

    /// Ends it, with everything that goes on on it.
    pub fn cut(&self) {
        self.is_cut.store(true, Ordering::Release);
        self.task.wake();
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Acquire)
    }

    /// Has this task woken when it is cut.
    pub(super) fn register(&self, task: &Waker) {
        self.task.register(task);
    }

    /// What the other side took of what was written: so many bytes, or nothing for now.
    pub(super) fn wrote(&self, bytes: Option<usize>) {
        let now = Instant::now();
        let mut state = self.state();
        match (bytes, &mut state.blocked) {
            (Some(bytes), Some(pace)) => pace.take(bytes, now),
            (None, None) => state.blocked = Some(Pace::begin(now)),
            (Some(_), None) | (None, Some(_)) => {}
        }
    }

    /// The other side took everything.
    pub(super) fn flushed(&self) {
        self.state().blocked = None;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sending {
    /// So many more bytes are on their way.
    pub fn took(&self, bytes: usize) {
        if let Some(pace) = self.connection.state().answers.get_mut(&self.number) {
            pace.take(bytes, Instant::now());
        }
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.connection.state().answers.remove(&self.number);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.requests -= 1;
        state.active_at = Instant::now();
    }
}
