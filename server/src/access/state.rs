//! Who was let in at one laptop, and who tries to be.

use super::{
    hosts::Premises,
    manager_key::ManagerKey,
    tries::{Telling, Tried},
};
use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chasqui_shared::Timestamp;

use super::{attempts::Attempts, codes::Codes, tries::Tries};
use crate::store::Store;

/// The door of one laptop.
#[derive(Debug)]
pub struct Access {
    pub(in crate::access) store: Arc<Store>,
    pub(in crate::access) manager_key: ManagerKey,
    pub(in crate::access) premises: Premises,
    pub(in crate::access) codes: Mutex<Codes>,
    pub(in crate::access) attempts: Mutex<Attempts>,
    pub(in crate::access) tries: Mutex<Tries>,
}

impl Access {
    /// The door to what `store` holds.
    pub fn new(store: Arc<Store>, manager_key: ManagerKey, premises: Premises) -> Self {
        Self {
            store,
            manager_key,
            premises,
            codes: Mutex::default(),
            attempts: Mutex::default(),
            tries: Mutex::default(),
        }
    }

    /// What is behind the door.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// Whether a request that names this host is meant for this laptop. `host` may end with a port.
    pub fn is_host(&self, host: &str) -> bool {
        self.premises.is_host(host, self.store.device())
    }

    /// Whether somebody who comes from this address is at this very machine.
    pub fn is_here(&self, peer: Option<IpAddr>) -> bool {
        peer.is_some_and(|peer| self.premises.is_own(peer))
    }

    /// Whether pages of this origin may ask this laptop: a device that still has its way in was
    /// paired from one.
    pub fn is_known_origin(&self, origin: &str) -> bool {
        self.store.is_paired_origin(origin)
    }

    pub(in crate::access) fn codes(&self) -> MutexGuard<'_, Codes> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts what somebody tried in vain. A manager is told of it, and the log has a line, at most
    /// once a minute.
    pub fn tried(&self, tried: Tried, now: Timestamp) {
        let told = self.tries.lock().unwrap_or_else(PoisonError::into_inner).count(tried, now);
        if let Some(telling) = told {
            tracing::warn!(access.code = telling.code, access.times = telling.times, "{telling}");
        }
    }

    /// Marks tellings as done, until they are told again. Other numbers are passed over.
    pub fn finish_tellings(&self, ids: &[u64], now: Timestamp) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).finish(ids, now);
    }

    /// What managers are told of what was tried since the program began, latest first.
    pub fn tellings(&self) -> Vec<Telling> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).list()
    }

    pub(in crate::access) fn attempts(&self) -> MutexGuard<'_, Attempts> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
