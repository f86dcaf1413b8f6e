//! Letting devices in, calling them by another name, changing what they may do, and taking their
//! way in from them.

use std::net::IpAddr;

use chasqui_shared::{
    DeviceId, LogView, Member, PairingCode, PairingRequest, PairingResponse, Readiness, Role,
    Timestamp, is_label, limits as shared_limits,
};
use serde_bytes::ByteArray;

use super::{codes::OpenCode, error::AccessError, state::Access, token, tries::Tried};
use crate::{
    limits,
    project::members::name_member,
    store::{Pairing, Reported, StoreError, WriteLog, random},
};

impl Access {
    /// Opens a code that lets one device in.
    pub fn open_code(&self, role: Role, now: Timestamp) -> Result<OpenCode, AccessError> {
        let code = PairingCode::from_random(random()?);
        self.codes().open(code, role, now)
    }

    /// The codes that nobody has used yet.
    pub fn open_codes(&self, now: Timestamp) -> Vec<OpenCode> {
        self.codes().list(now)
    }

    /// Lets a device in that knows an open code, and tells it its token; after the commit. `origin`
    /// is that of the page that asks.
    ///
    /// A device that was let in before gets another token, and its way in again if that was taken
    /// from it. What it recorded is shown again if it was set aside: nobody is let in to record
    /// what nobody sees.
    pub async fn pair(
        &self,
        request: &PairingRequest,
        origin: Option<String>,
        peer: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<PairingResponse, AccessError> {
        let name = usable(&request.name)?;
        let begun = self.attempts().begin(peer, now);
        let attempt = begun.inspect_err(|_| self.tried(Tried::Secret, now))?;
        let laptop = self.store.device();
        let signed = PairingCode::parse(&request.code).filter(|&code| request.verify(code, laptop));
        let claimed = signed.and_then(|code| self.codes().claim(code, now));
        let Some(code) = claimed else {
            self.tried(Tried::Secret, now);
            return Err(AccessError::CodeRefused);
        };
        self.attempts().take_back(attempt);
        let member = Member { device: request.device, role: code.role, name, is_aside: false };
        let origin = origin.filter(|origin| origin.len() <= limits::ORIGIN_BYTES_MAX);
        match self.let_in(member, origin, now).await {
            Ok(token) => Ok(PairingResponse {
                charter: self.store.charter(),
                laptop,
                laptop_name: self.store.name().to_owned(),
                role: code.role,
                token,
            }),
            Err(error) => {
                self.codes().put_back(code);
                Err(error)
            }
        }
    }

    async fn let_in(
        &self,
        member: Member,
        origin: Option<String>,
        now: Timestamp,
    ) -> Result<String, AccessError> {
        let (token, token_hash) = token::make()?;
        let paired = self.store.write(1, move |log| {
            if log.pairing(member.device).is_none() && log.pairings_len() >= limits::PAIRINGS_MAX {
                return Ok(Err(AccessError::TooManyPairings));
            }
            let pairing = Pairing {
                name: member.name.clone(),
                role: member.role,
                token_hash: ByteArray::new(token_hash),
                paired_at: now,
                seen_at: None,
                revoked_at: None,
                origin: origin.clone(),
                // A new code changes nothing about the app on the phone.
                readiness: log.pairing(member.device).and_then(|before| before.readiness),
            };
            log.set_pairing(member.device, pairing);
            name_member(log, member.clone())?;
            Ok(Ok(()))
        });
        paired.await??;
        Ok(token)
    }

    /// Calls the holder of a device by another name, here and wherever the project is held.
    pub async fn rename(&self, device: DeviceId, name: &str) -> Result<Pairing, AccessError> {
        let name = usable(name)?;
        self.change(device, move |log, pairing| {
            pairing.name.clone_from(&name);
            name_member(log, member(device, pairing, log.is_aside(device)?))
        })
        .await
    }

    /// Changes what a device may do, from its next request on.
    pub async fn set_role(&self, device: DeviceId, role: Role) -> Result<Pairing, AccessError> {
        self.change(device, move |log, pairing| {
            pairing.role = role;
            name_member(log, member(device, pairing, log.is_aside(device)?))
        })
        .await
    }

    /// Takes its way in from a device, from its next request on. What it brought stays.
    pub async fn revoke(&self, device: DeviceId, now: Timestamp) -> Result<Pairing, AccessError> {
        self.change(device, move |_, pairing| {
            pairing.revoked_at = pairing.revoked_at.or(Some(now));
            Ok(())
        })
        .await
    }

    /// Keeps what a device says of itself. A report that says nothing new is only dated anew,
    /// without a commit.
    pub async fn report(
        &self,
        device: DeviceId,
        readiness: Readiness,
        now: Timestamp,
    ) -> Result<(), AccessError> {
        let reported = Reported { readiness, at: now };
        if self.store.repeats_report(device, reported) {
            return Ok(());
        }
        let kept = self.change(device, move |_, pairing| {
            pairing.readiness = Some(reported);
            Ok(())
        });
        kept.await.map(|_| ())
    }

    /// Sets the records of a revoked device aside, here and wherever the project is held, or takes
    /// that back.
    pub async fn set_aside(
        &self,
        device: DeviceId,
        is_aside: bool,
    ) -> Result<Pairing, AccessError> {
        let changed = self.store.write(1, move |log| {
            let Some(pairing) = log.pairing(device) else { return Ok(Err(AccessError::Unknown)) };
            if is_aside && pairing.revoked_at.is_none() {
                return Ok(Err(AccessError::NotRevoked));
            }
            name_member(log, member(device, &pairing, is_aside))?;
            Ok(Ok(pairing))
        });
        changed.await?
    }

    async fn change<F>(&self, device: DeviceId, mut change: F) -> Result<Pairing, AccessError>
    where
        F: FnMut(&mut WriteLog<'_>, &mut Pairing) -> Result<(), StoreError> + Send + 'static,
    {
        let changed = self.store.write(1, move |log| {
            let Some(mut pairing) = log.pairing(device) else { return Ok(None) };
            change(log, &mut pairing)?;
            log.set_pairing(device, pairing.clone());
            Ok(Some(pairing))
        });
        changed.await?.ok_or(AccessError::Unknown)
    }
}

fn member(device: DeviceId, pairing: &Pairing, is_aside: bool) -> Member {
    Member { device, role: pairing.role, name: pairing.name.clone(), is_aside }
}

/// The name as it is kept.
fn usable(name: &str) -> Result<String, AccessError> {
    let kept = name.trim();
    let is_usable =
        !kept.is_empty() && name.len() <= shared_limits::MEMBER_NAME_BYTES_MAX && is_label(kept);
    is_usable.then(|| kept.to_owned()).ok_or(AccessError::NameUnusable)
}
