//! Every connection, and which one goes when there are too many.

use super::connection::Connection;
use std::{
    collections::{BTreeMap, HashMap},
    convert::Infallible,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chasqui_shared::DeviceId;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::connection::Group;
use crate::{
    access::{Access, Tried},
    limits,
    system::wall_clock,
};

/// All of them.
#[derive(Debug)]
pub struct Connections {
    pub(in crate::connections) access: Arc<Access>,
    pub(in crate::connections) numbers: Numbers,
    pub(in crate::connections) all: Mutex<All>,
}

/// How many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// From this very machine.
    pub local: usize,
    /// From other machines, all together.
    pub others: usize,
    /// From one address, of nobody who was let in.
    pub of_address: usize,
    /// Of one device that was let in.
    pub of_device: usize,
}

#[derive(Debug, Default)]
pub(in crate::connections) struct All {
    pub(in crate::connections) by_number: BTreeMap<u64, Arc<Connection>>,
    pub(in crate::connections) next: u64,
}

impl Numbers {
    /// As many as a process may have that can open so many files.
    pub fn for_files(files: u64) -> Self {
        let files = usize::try_from(files).unwrap_or(usize::MAX);
        let connections = files.saturating_sub(limits::FILES_RESERVED).max(2);
        let local = limits::CONNECTIONS_LOCAL_MAX.min(connections / 2);
        let others = limits::CONNECTIONS_MAX.min(connections - local);
        Self {
            local,
            others,
            of_address: limits::CONNECTIONS_OF_ADDRESS_MAX.min(others),
            of_device: limits::CONNECTIONS_OF_DEVICE_MAX.min(others),
        }
    }
}

impl Connections {
    /// None yet. `access` knows who comes from this very machine, and hears of those who want too
    /// many.
    pub fn new(access: Arc<Access>, numbers: Numbers) -> Arc<Self> {
        Arc::new(Self { access, numbers, all: Mutex::default() })
    }

    /// A connection from this address; for it another one may have to go. `None` if every other is
    /// at work.
    pub fn admit(&self, peer: IpAddr, now: Instant) -> Option<Arc<Connection>> {
        let peer = peer.to_canonical();
        let is_local = self.access.is_here(Some(peer));
        let mut all = self.all();
        let (of_group, others) = match is_local {
            true => (all.count(|one| one.is_local()), 0),
            false => (
                all.count(|one| one.group() == Group::Stranger(peer)),
                all.count(|one| !one.is_local()),
            ),
        };
        let of_group_max = if is_local { self.numbers.local } else { self.numbers.of_address };
        let goes = if of_group >= of_group_max && is_local {
            Some(all.least(|one| one.is_local()))
        } else if of_group >= of_group_max {
            Some(all.least(|one| one.group() == Group::Stranger(peer)))
        } else if !is_local && others >= self.numbers.others {
            Some(all.least_of_most())
        } else {
            None
        };
        if let Some(goes) = goes {
            self.access.tried(Tried::Crowd, wall_clock::now());
            goes?.cut();
        }
        let number = all.next;
        all.next += 1;
        let connection = Connection::new(number, peer, is_local, now);
        all.by_number.insert(number, connection.clone());
        Some(connection)
    }

    /// A device showed on this connection that it was let in: it is counted as the device's from
    /// now on, and another one of the device may have to go. `false` if it cannot be.
    pub fn join(&self, connection: &Arc<Connection>, device: DeviceId) -> bool {
        let all = self.all();
        if !connection.is_of(device) {
            let is_other = |one: &Connection| {
                one.number != connection.number && one.group() == Group::Device(device)
            };
            if all.count(is_other) >= self.numbers.of_device {
                self.access.tried(Tried::Crowd, wall_clock::now());
                let Some(idlest) = all.least(is_other) else { return false };
                idlest.cut();
            }
        }
        connection.join(device)
    }

    /// Ends every connection of a device; the one that the order came on once its answer is
    /// through.
    pub fn end(&self, device: DeviceId, ordered_on: Option<&Arc<Connection>>, now: Instant) {
        let all = self.all();
        for one in all.by_number.values().filter(|one| one.is_of(device)) {
            match ordered_on.is_some_and(|ordered_on| ordered_on.number == one.number) {
                true => one.end_soon(now),
                false => one.cut(),
            }
        }
    }

    /// Cuts those that are over: idle for too long, or not reading what is sent.
    pub fn sweep(&self, now: Instant) {
        let all = self.all();
        all.by_number.values().filter(|one| one.is_over(now)).for_each(|one| one.cut());
    }

    /// Sweeps every [`limits::SWEEP_PAUSE`] until it is dropped.
    pub async fn keep_sweeping(self: Arc<Self>) -> Infallible {
        let mut ticks = interval(limits::SWEEP_PAUSE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.sweep(ticks.tick().await);
        }
    }

    /// The system gave no socket. Where there are no more files it is told of.
    pub fn failed(&self, error: &std::io::Error) {
        if is_out_of_files(error) {
            self.access.tried(Tried::Crowd, wall_clock::now());
        }
    }

    pub(in crate::connections) fn forget(&self, connection: &Connection) {
        self.all().by_number.remove(&connection.number);
    }

    pub(in crate::connections) fn all(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl All {
    /// Those that are cut are gone, but for the task that has to notice.
    fn there(&self) -> impl Iterator<Item = &Arc<Connection>> {
        self.by_number.values().filter(|one| !one.is_cut())
    }

    fn count(&self, is_counted: impl Fn(&Connection) -> bool) -> usize {
        self.there().filter(|one| is_counted(one)).count()
    }

    /// The idlest of some; of a stranger's also the oldest that is at work.
    fn least(&self, is_meant: impl Fn(&Connection) -> bool) -> Option<&Arc<Connection>> {
        let meant = || self.there().filter(|one| is_meant(one));
        let idle = meant().filter_map(|one| Some((one.idle_since()?, one)));
        let idlest = idle.min_by_key(|(since, one)| (*since, one.number)).map(|(_, one)| one);
        idlest.or_else(|| {
            let strangers = meant().filter(|one| matches!(one.group(), Group::Stranger(_)));
            strangers.min_by_key(|one| (one.opened_at(), one.number))
        })
    }

    /// The idlest one of whoever has most, among those who have an idle one.
    fn least_of_most(&self) -> Option<&Arc<Connection>> {
        let mut counts: HashMap<Group, (usize, bool)> = HashMap::new();
        for one in self.there().filter(|one| !one.is_local()) {
            let (count, has_idle) = counts.entry(one.group()).or_default();
            *count += 1;
            *has_idle |= one.idle_since().is_some();
        }
        let idle = counts.iter().filter(|(_, (_, has_idle))| *has_idle);
        let most = idle.max_by_key(|(_, (count, _))| *count).map(|(group, _)| *group);
        match most {
            Some(most) => self.least(|one| !one.is_local() && one.group() == most),
            None => self.least(|one| matches!(one.group(), Group::Stranger(_))),
        }
    }
}

#[cfg(unix)]
fn is_out_of_files(error: &std::io::Error) -> bool {
    use rustix::io::Errno;
    let code = error.raw_os_error();
    [Errno::MFILE, Errno::NFILE].iter().any(|none| Some(none.raw_os_error()) == code)
}

#[cfg(not(unix))]
fn is_out_of_files(_: &std::io::Error) -> bool {
    false
}
