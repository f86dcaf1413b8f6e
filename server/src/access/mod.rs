//! Who may do what on this laptop: pairings, codes, sessions and the manager's key. It knows no HTTP.
//!
//! A device gets in once, by a code that a manager shows, and from then on by its token. The manager at this machine gets
//! in by the key in a file that only this machine's user can read. What each may do is [`Who`]; who somebody is,
//! [`Access::resolve`]. `THREATS.md` says what this defends against and what not.
//!
//! Nothing here reads a clock: every moment comes in as a value.

mod attempts;
mod caller;
mod codes;
mod error;
mod hosts;
mod manager_key;
mod members;
mod pairing;
mod session;
mod token;

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use caller::{Caller, Credential, Paired, Who};
pub use codes::OpenCode;
pub use error::AccessError;
pub use hosts::Premises;
pub use manager_key::ManagerKey;
pub(crate) use members::waiting_version;

use self::{attempts::Attempts, codes::Codes};
use crate::store::Store;

/// The door of one laptop.
#[derive(Debug)]
pub struct Access {
    store: Arc<Store>,
    manager_key: ManagerKey,
    premises: Premises,
    codes: Mutex<Codes>,
    attempts: Mutex<Attempts>,
    /// At the manager's key: counted apart, so that nobody on the wifi keeps the manager from this machine.
    key_attempts: Mutex<Attempts>,
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
            key_attempts: Mutex::default(),
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

    /// Whether pages of this origin may ask this laptop: a device that still has its way in was paired from one.
    pub fn is_known_origin(&self, origin: &str) -> bool {
        self.store.is_paired_origin(origin)
    }

    fn codes(&self) -> MutexGuard<'_, Codes> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key_attempts(&self) -> MutexGuard<'_, Attempts> {
        self.key_attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn attempts(&self) -> MutexGuard<'_, Attempts> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
