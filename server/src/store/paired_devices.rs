//! The devices that were let in, as the store is asked of them.

use std::collections::BTreeMap;

use chasqui_shared::{DeviceId, Timestamp};

use super::{
    handle::Store,
    log::write_log::WriteLog,
    people::pairings::{Pairing, Reported},
};

impl Store {
    /// Every device that was let in, those whose way in was taken away too.
    pub fn pairings(&self) -> BTreeMap<DeviceId, Pairing> {
        self.inner.pairings().rows.clone()
    }

    /// One device that was let in.
    pub fn pairing(&self, device: DeviceId) -> Option<Pairing> {
        self.inner.pairings().rows.get(&device).cloned()
    }

    /// The device whose token has this hash.
    pub fn pairing_by_token(&self, token_hash: &[u8; 32]) -> Option<(DeviceId, Pairing)> {
        let pairings = self.inner.pairings();
        let device = *pairings.by_token.get(token_hash)?;
        Some((device, pairings.rows.get(&device)?.clone()))
    }

    /// Whether a device was let in from a page of this origin; also one that is revoked, which is
    /// to read that it is.
    pub fn is_paired_origin(&self, origin: &str) -> bool {
        let pairings = self.inner.pairings();
        let mut rows = pairings.rows.values();
        rows.any(|row| row.origin.as_deref() == Some(origin))
    }

    /// Remembers that a device asked for something.
    pub fn saw_device(&self, device: DeviceId, now: Timestamp) {
        let mut pairings = self.inner.pairings();
        if let Some(pairing) = pairings.rows.get_mut(&device) {
            pairing.seen_at = Some(now);
            pairings.unsaved.insert(device);
        }
    }

    /// Dates what a device said of itself anew, if this report says the same; says whether it does.
    pub fn repeats_report(&self, device: DeviceId, reported: Reported) -> bool {
        let mut pairings = self.inner.pairings();
        let row = pairings.rows.get_mut(&device).and_then(|row| row.readiness.as_mut());
        let Some(before) = row else { return false };
        let same = before.readiness.says_the_same(&reported.readiness);
        if same {
            *before = reported;
            pairings.unsaved.insert(device);
        }
        same
    }
}

impl WriteLog<'_> {
    /// One device that was let in, as this transaction leaves it.
    pub fn pairing(&self, device: DeviceId) -> Option<Pairing> {
        let held = || self.inner.pairings().rows.get(&device).cloned();
        self.paired.get(&device).cloned().or_else(held)
    }

    /// How many devices were let in.
    pub fn pairings_len(&self) -> usize {
        let held = self.inner.pairings();
        let new = self.paired.keys().filter(|device| !held.rows.contains_key(device));
        held.rows.len() + new.count()
    }

    /// Keeps what a device may do.
    pub fn set_pairing(&mut self, device: DeviceId, pairing: Pairing) {
        self.is_changed = true;
        self.paired.insert(device, pairing);
    }
}
