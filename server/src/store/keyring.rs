//! What lets this laptop in at others: it keeps those tokens as they are, because it has to send them.

use chasqui_shared::{Charter, DeviceId, from_cbor, to_cbor};
use redb::{ReadableDatabase, ReadableTable, ReadableTableMetadata};
use serde::{Deserialize, Serialize};

use super::{Store, StoreError, tables::KEYRING};
use crate::limits;

const DAMAGED: StoreError = StoreError::Damaged { table: "keyring-1" };

/// What another laptop gave this one when it let it in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The project that the other laptop held then.
    pub charter: Charter,
    /// Sent with each request.
    pub token: String,
    /// Where it was then.
    pub url: String,
}

impl std::fmt::Debug for Key {
    /// Never shows the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Store {
    /// What lets this laptop in at another, if that has let it in.
    pub fn key_of(&self, laptop: DeviceId) -> Result<Option<Key>, StoreError> {
        self.disk.with(|database| {
            let table = database.begin_read()?.open_table(KEYRING)?;
            let row = table.get(&laptop.0)?;
            row.map(|row| from_cbor(row.value()).map_err(|_| DAMAGED)).transpose()
        })
    }

    /// Keeps what lets this laptop in at another. Beyond [`limits::KEYS_MAX`] laptops a new one takes the place of any other.
    pub fn keep_key(&self, laptop: DeviceId, key: &Key) -> Result<(), StoreError> {
        let row = to_cbor(key).map_err(|_| DAMAGED)?;
        self.write_blocking(0, move |log| {
            let mut table = log.txn.open_table(KEYRING)?;
            table.insert(&laptop.0, row.as_slice())?;
            while table.len()? > limits::KEYS_MAX {
                let other = table.iter()?.filter_map(Result::ok).map(|(key, _)| *key.value());
                let Some(other) = { other }.find(|other| *other != laptop.0) else { break };
                table.remove(&other)?;
            }
            log.is_changed = true;
            Ok(())
        })
    }
}
