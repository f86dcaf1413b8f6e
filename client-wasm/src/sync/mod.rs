//! When to sync, carrying the conversation out, and what is said of it.

mod conversation;
mod schedule;
pub(crate) mod status;

use std::{pin::pin, rc::Rc};

use chasqui_shared::{Failure, Input};
use futures_util::future::select;

use self::schedule::Schedule;
use crate::{
    copy::working_copy::WorkingCopy, host::Host, network::Network, notify::Notify,
    storage::disk::Disk, sync::status::SyncSeen, watched::Watched,
};

/// Several saves in a row are sent together, after this pause.
const SAVE_PAUSE_MS: u64 = 300;

/// The conversations of this phone with its laptops.
pub struct Sync<D, T, H> {
    copy: Rc<WorkingCopy<D, H>>,
    network: Rc<Network<D, T, H>>,
    host: Rc<H>,
    schedule: Watched<Schedule, H>,
    wanted: Notify,
}

impl<D: Disk, T, H: Host> Sync<D, T, H> {
    /// Begins at once.
    pub fn new(copy: &Rc<WorkingCopy<D, H>>, network: &Rc<Network<D, T, H>>, host: &Rc<H>) -> Self {
        let (copy, network, host) = (copy.clone(), network.clone(), host.clone());
        let schedule = Watched::new(Schedule::default(), host.clone());
        Self { copy, network, host, schedule, wanted: Notify::default() }
    }

    /// What people are told.
    pub fn seen(&self) -> SyncSeen {
        self.schedule.seen()
    }

    /// A conversation is to begin at this time at the latest.
    pub fn want(&self, at_ms: u64) {
        self.schedule.change(|schedule| schedule.want(at_ms));
        self.wanted.notify();
    }

    /// Something changed that makes it worth trying now: a network came, a page is looked at, the
    /// laptop has news.
    pub fn wake(&self) {
        self.want(self.host.now_ms());
    }

    /// Something was saved.
    pub fn wake_after_save(&self) {
        self.want(self.host.now_ms() + SAVE_PAUSE_MS);
    }

    /// A laptop let this phone in: whatever went wrong before is over, and it is worth trying at
    /// once.
    pub fn begin_anew(&self) {
        let now_ms = self.host.now_ms();
        self.schedule.change(|schedule| schedule.begin_anew(now_ms));
        self.wake();
    }

    /// This phone itself could not begin or go on with a conversation.
    pub fn broke(&self, failure: Failure) {
        self.network.forget_peer();
        let now_ms = self.host.now_ms();
        self.schedule.change(|schedule| schedule.broke(failure, now_ms));
    }

    /// Whether anybody looks. While nobody does, only saves and [`Sync::wake`] begin a
    /// conversation.
    pub fn set_visible(&self, visible: bool) {
        let was_visible = self.schedule.change(|schedule| schedule.set_visible(visible));
        if visible && !was_visible {
            self.wake();
        } else {
            self.wanted.notify();
        }
    }

    /// Waits until a conversation is to begin. Says whether somebody wants it, or it is only time.
    pub async fn due(&self) -> Input {
        loop {
            let now_ms = self.host.now_ms();
            let due_at = self.schedule.read(|schedule| schedule.due_at());
            match due_at.filter(|_| self.copy.is_paired()) {
                Some(due_ms) if due_ms <= now_ms => {
                    let wanted = self.schedule.change(|schedule| schedule.take_wanted(now_ms));
                    return if wanted { Input::Wake } else { Input::Tick };
                }
                Some(due_ms) => {
                    let sleep = pin!(self.host.sleep(due_ms - now_ms));
                    select(sleep, pin!(self.wanted.wait())).await;
                }
                None => self.wanted.wait().await,
            }
        }
    }
}
