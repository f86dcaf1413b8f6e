//! What lets this laptop in at others: it keeps those tokens as they are, because it has to send
//! them.

use chasqui_shared::{Charter, DeviceId, from_cbor, to_cbor};
use redb::{ReadableDatabase, ReadableTable, ReadableTableMetadata};
use serde::{Deserialize, Serialize};

use crate::{
    limits,
    store::{error::StoreError, file::tables::KEYRING, handle::Store},
};

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
    /// Its authority as PEM, where it was met over https; nobody else is believed to be it from
    /// then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
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

    /// Keeps what lets this laptop in at another. Beyond [`limits::KEYS_MAX`] laptops a new one
    /// takes the place of any other.
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

#[cfg(test)]
mod tests {
    use chasqui_shared::Epoch;
    use redb::backends::InMemoryBackend;

    use super::*;

    #[test]
    fn the_keys_of_so_many_laptops_are_kept_and_the_newest_is_always_there() {
        let store = Store::open_with(InMemoryBackend::new()).unwrap();
        let charter = Charter { founder: DeviceId([1; 32]), salt: Epoch([2; 16]) };
        let laptop = |number: u64| {
            let mut device = [9; 32];
            // The newest come first in the table.
            device[..8].copy_from_slice(&(u64::MAX - number).to_be_bytes());
            DeviceId(device)
        };
        let key = |number: u64| Key {
            charter,
            token: number.to_string(),
            url: String::new(),
            authority: None,
        };
        let held =
            || (0..=limits::KEYS_MAX).filter(|&n| store.key_of(laptop(n)).unwrap().is_some());
        for number in 0..limits::KEYS_MAX {
            store.keep_key(laptop(number), &key(number)).unwrap();
        }
        assert_eq!(held().count() as u64, limits::KEYS_MAX);
        store.keep_key(laptop(limits::KEYS_MAX), &key(limits::KEYS_MAX)).unwrap();
        assert_eq!(held().count() as u64, limits::KEYS_MAX);
        let newest = store.key_of(laptop(limits::KEYS_MAX)).unwrap().unwrap();
        assert_eq!(newest, key(limits::KEYS_MAX));
        assert!(!format!("{newest:?}").contains("256"), "a token is never shown");
    }
}
