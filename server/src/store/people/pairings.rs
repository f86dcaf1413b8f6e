//! The devices that were let in, by the key of each.
//!
//! Held in memory, because every request asks; a change is written with its commit. When a device was last seen is
//! written with the next commit or at the end: a request that finds nothing new costs no write to the disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chasqui_shared::{DeviceId, Readiness, Role, Timestamp, from_cbor, to_cbor};
use redb::{Database, ReadableDatabase, ReadableTable, Table};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use crate::store::{
    Store, error::StoreError, file::tables::PAIRINGS, log::write_log::WriteLog,
    memory::inner::Inner,
};

const DAMAGED: StoreError = StoreError::Damaged { table: "pairings-1" };

/// A device that was let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pairing {
    /// Who holds the device.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// BLAKE3 of its token. The token itself is told once, and kept by the device alone.
    pub token_hash: ByteArray<32>,
    /// By this laptop's clock.
    pub paired_at: Timestamp,
    /// When it last asked for anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
    /// When its way in was taken from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
    /// The origin of the page that asked for the pairing, if a page did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// What the device last said of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readiness: Option<Reported>,
}

/// What a device said of itself, and when by this laptop's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// As the device put it.
    pub readiness: Readiness,
    /// When it arrived.
    pub at: Timestamp,
}

/// Device → pairing, and hash of the token → device.
#[derive(Debug, Default)]
pub(in crate::store) struct Pairings {
    rows: BTreeMap<DeviceId, Pairing>,
    by_token: HashMap<[u8; 32], DeviceId>,
    unsaved: BTreeSet<DeviceId>,
}

impl Pairings {
    pub fn load(database: &Database) -> Result<Self, StoreError> {
        let table = database.begin_read()?.open_table(PAIRINGS)?;
        let mut pairings = Self::default();
        for row in table.iter()? {
            let (device, row) = row?;
            let pairing = from_cbor(row.value()).map_err(|_| DAMAGED)?;
            pairings.extend([(DeviceId(*device.value()), pairing)]);
        }
        Ok(pairings)
    }

    pub fn extend(&mut self, paired: impl IntoIterator<Item = (DeviceId, Pairing)>) {
        for (device, pairing) in paired {
            self.by_token.insert(*pairing.token_hash, device);
            if let Some(before) = self.rows.insert(device, pairing.clone())
                && before.token_hash != pairing.token_hash
            {
                self.by_token.remove(&*before.token_hash);
            }
        }
    }

    pub fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }
}

/// Writes the pairings that changed, and when the others were last seen. Should that fail, they are only a date too old.
pub(in crate::store) fn save(
    inner: &Inner,
    table: &mut Table<'_, &'static [u8; 32], &'static [u8]>,
    changed: &BTreeMap<DeviceId, Pairing>,
) -> Result<(), StoreError> {
    let seen: Vec<_> = {
        let mut pairings = inner.pairings();
        let unsaved = std::mem::take(&mut pairings.unsaved);
        unsaved.into_iter().filter_map(|d| Some((d, pairings.rows.get(&d)?.clone()))).collect()
    };
    let seen = seen.iter().filter(|(device, _)| !changed.contains_key(device));
    for (device, pairing) in changed.iter().chain(seen.map(|(device, row)| (device, row))) {
        let row = to_cbor(pairing).map_err(|_| DAMAGED)?;
        table.insert(&device.0, row.as_slice())?;
    }
    Ok(())
}

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

    /// Whether a device was let in from a page of this origin; also one that is revoked, which is to read that it is.
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
