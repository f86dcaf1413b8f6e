//! Finds out who asks, by what is shown.

use std::net::IpAddr;

use chasqui_shared::{DeviceId, Role, Timestamp};

use super::{
    caller::{Caller, Credential, Paired},
    error::AccessError,
    session,
    state::Access,
    token,
};

impl Access {
    /// Finds out who asks, from what is shown and the address that it is shown from.
    ///
    /// A session that is over is nobody's; everything else that is shown and not good is an error.
    pub fn resolve(
        &self,
        shown: Credential<'_>,
        peer: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Caller, AccessError> {
        let caller = match shown {
            Credential::None => Caller::Nobody,
            Credential::Token(sent) if self.manager_key.is(sent) => Caller::LocalManager,
            Credential::Token(sent) => Caller::Device(self.paired_by(sent)?),
            Credential::Session(cookie) => self.caller_of_session(cookie, now),
        };
        match &caller {
            Caller::LocalManager if !self.is_here(peer) => return Err(AccessError::LoopbackOnly),
            Caller::Device(paired) => self.store.saw_device(paired.device, now),
            _ => {}
        }
        Ok(caller)
    }

    /// The device whose token this is.
    pub(super) fn paired_by(&self, sent: &str) -> Result<Paired, AccessError> {
        let hash = token::hash(sent).ok_or(AccessError::NotPaired)?;
        let found = self.store.pairing_by_token(hash.as_bytes());
        let (device, pairing) = found.ok_or(AccessError::NotPaired)?;
        if !token::is_of(hash, &pairing) {
            return Err(AccessError::NotPaired);
        }
        if pairing.revoked_at.is_some() {
            return Err(AccessError::Revoked);
        }
        Ok(Paired { device, name: pairing.name, role: pairing.role })
    }

    fn caller_of_session(&self, cookie: &str, now: Timestamp) -> Caller {
        match session::read(cookie) {
            Some(claim) if self.is_session(&claim, now) => match claim.subject {
                session::Subject::LocalManager => Caller::LocalManager,
                session::Subject::Device(device) => self.manager(device),
            },
            _ => Caller::Nobody,
        }
    }

    /// The device, while it may do what managers do.
    fn manager(&self, device: DeviceId) -> Caller {
        match self.store.pairing(device) {
            Some(row) if row.revoked_at.is_none() && row.role == Role::Manager => {
                Caller::Device(Paired { device, name: row.name, role: row.role })
            }
            _ => Caller::Nobody,
        }
    }
}
