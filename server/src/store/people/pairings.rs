//! The devices that were let in, by the key of each.
//!
//! Held in memory, because every request asks; a change is written with its commit. When a device
//! was last seen is written with the next commit or at the end: a request that finds nothing new
//! costs no write to the disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chasqui_shared::{DeviceId, Readiness, Role, Timestamp, from_cbor, to_cbor};
use redb::{Database, ReadableDatabase, ReadableTable, Table};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use crate::store::{error::StoreError, file::tables::PAIRINGS};

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
    pub rows: BTreeMap<DeviceId, Pairing>,
    pub by_token: HashMap<[u8; 32], DeviceId>,
    pub unsaved: BTreeSet<DeviceId>,
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

    /// Those that were seen since they were last written. Should writing them fail, they are only a
    /// date too old.
    pub fn take_unsaved(&mut self) -> Vec<(DeviceId, Pairing)> {
        let unsaved = std::mem::take(&mut self.unsaved);
        unsaved.into_iter().filter_map(|d| Some((d, self.rows.get(&d)?.clone()))).collect()
    }

    pub fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }
}

/// Writes the pairings that changed, and when the others were last seen.
pub(in crate::store) fn save(
    table: &mut Table<'_, &'static [u8; 32], &'static [u8]>,
    changed: &BTreeMap<DeviceId, Pairing>,
    seen: &[(DeviceId, Pairing)],
) -> Result<(), StoreError> {
    let seen = seen.iter().filter(|(device, _)| !changed.contains_key(device));
    for (device, pairing) in changed.iter().chain(seen.map(|(device, row)| (device, row))) {
        let row = to_cbor(pairing).map_err(|_| DAMAGED)?;
        table.insert(&device.0, row.as_slice())?;
    }
    Ok(())
}
