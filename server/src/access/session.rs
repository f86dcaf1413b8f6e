//! A manager's session in a browser: a cookie that says whose it is and until when, and is kept
//! nowhere.
//!
//! `here` or the device ‖ `.` ‖ expiry in milliseconds ‖ `.` ‖ a keyed BLAKE3 over both and over
//! what the session was begun with, in hex. So it outlives a restart, and ends when that key or
//! token is replaced or taken away.

use std::net::IpAddr;

use chasqui_shared::{DeviceId, Role, Timestamp};

use super::{caller::Caller, error::AccessError, state::Access, tries::Tried};
use crate::limits;

/// Whose session it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The manager at this machine.
    LocalManager,
    /// A manager's device.
    Device(DeviceId),
}

/// What a cookie says, true or not.
pub(super) struct Claim {
    pub subject: Subject,
    expires_at_ms: i64,
    mac: blake3::Hash,
}

/// Reads a cookie; `None` if it is none of this program.
pub(super) fn read(cookie: &str) -> Option<Claim> {
    let mut parts = cookie.split('.');
    let (subject, expiry, mac) = (parts.next()?, parts.next()?, parts.next()?);
    let subject = match subject {
        "here" => Subject::LocalManager,
        device => Subject::Device(DeviceId::from_hex(device)?),
    };
    let claim = Claim {
        subject,
        expires_at_ms: expiry.parse().ok()?,
        mac: blake3::Hash::from_hex(mac).ok()?,
    };
    parts.next().is_none().then_some(claim)
}

impl Access {
    /// Begins a session of the manager at this machine. The right key is let in however many wrong
    /// ones were tried: nobody guesses 128 bits.
    pub fn begin_session_here(
        &self,
        key: &str,
        peer: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<String, AccessError> {
        if !self.is_here(peer) {
            return Err(AccessError::LoopbackOnly);
        }
        if !self.manager_key.is(key) {
            self.tried(Tried::Secret, now);
            return Err(AccessError::SessionRefused);
        }
        self.session_of(Subject::LocalManager, now)
    }

    /// Begins a session of a manager's device. As with the key, a right token is always let in.
    pub fn begin_session_of(&self, token: &str, now: Timestamp) -> Result<String, AccessError> {
        let paired = match self.paired_by(token) {
            Err(AccessError::NotPaired) => {
                self.tried(Tried::Secret, now);
                return Err(AccessError::SessionRefused);
            }
            known => known?,
        };
        if paired.role != Role::Manager {
            return Err(AccessError::ManagerOnly);
        }
        self.session_of(Subject::Device(paired.device), now)
    }

    /// What the caller is called.
    pub fn name_of(&self, caller: &Caller) -> Option<String> {
        match caller {
            Caller::Nobody => None,
            Caller::LocalManager => Some(self.store.name().to_owned()),
            Caller::Device(paired) => Some(paired.name.clone()),
        }
    }

    fn session_of(&self, subject: Subject, now: Timestamp) -> Result<String, AccessError> {
        let lasts_ms = i64::try_from(limits::SESSION_TIME_MAX.as_millis()).unwrap_or(0);
        let expires_at_ms = now.as_millis().saturating_add(lasts_ms);
        let mac = self.mac(subject, expires_at_ms).ok_or(AccessError::SessionRefused)?;
        let subject = match subject {
            Subject::LocalManager => "here".to_owned(),
            Subject::Device(device) => device.to_string(),
        };
        Ok(format!("{subject}.{expires_at_ms}.{}", mac.to_hex()))
    }

    /// Whether this laptop made the cookie, and it has not ended.
    pub(super) fn is_session(&self, claim: &Claim, now: Timestamp) -> bool {
        let made = self.mac(claim.subject, claim.expires_at_ms);
        // Hashes are compared in constant time.
        made == Some(claim.mac) && now.as_millis() < claim.expires_at_ms
    }

    fn mac(&self, subject: Subject, expires_at_ms: i64) -> Option<blake3::Hash> {
        let mut hasher = blake3::Hasher::new_keyed(self.store.session_secret());
        hasher.update(b"chasqui session 1").update(&expires_at_ms.to_be_bytes());
        match subject {
            Subject::LocalManager => {
                hasher.update(b"here").update(self.manager_key.as_str().as_bytes())
            }
            Subject::Device(device) => {
                let pairing = self.store.pairing(device)?;
                hasher.update(b"device").update(&device.0).update(&*pairing.token_hash)
            }
        };
        Some(hasher.finalize())
    }
}
