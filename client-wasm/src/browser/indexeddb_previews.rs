//! The table of previews in IndexedDB. They can be had again, so nothing waits until they are
//! durable.

use chasqui_shared::ContentHash;
use js_sys::{Array, Object, Reflect};
use rexie::{Index, ObjectStore};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, IdbDatabase, IdbTransactionMode};

use crate::{browser::indexeddb_save::answer, storage::disk::PREVIEWS};

/// Property of a row: the hex of the hash of the picture. Also the name of the index by it.
const HASH: &str = "hash";
/// Property of a row: the `Blob`.
const PREVIEW: &str = "preview";

/// How the table is made: keys count upwards, so that the oldest come first.
pub fn table() -> ObjectStore {
    ObjectStore::new(PREVIEWS).auto_increment(true).add_index(Index::new(HASH, HASH).unique(true))
}

/// The preview of a file, if it was kept.
pub async fn read(database: &IdbDatabase, hash: ContentHash) -> Result<Option<Blob>, JsValue> {
    let table = database.transaction_with_str(PREVIEWS)?.object_store(PREVIEWS)?;
    let row = answer(&table.index(HASH)?.get(&key(hash))?).await?;
    if row.is_undefined() {
        return Ok(None);
    }
    Ok(Reflect::get(&row, &PREVIEW.into())?.dyn_into().ok())
}

/// Keeps a preview, and as many others as there may be.
pub async fn keep(
    database: &IdbDatabase,
    hash: ContentHash,
    preview: &Blob,
    count_max: usize,
) -> Result<(), JsValue> {
    let mode = IdbTransactionMode::Readwrite;
    let table = database.transaction_with_str_and_mode(PREVIEWS, mode)?.object_store(PREVIEWS)?;
    let before = answer(&table.index(HASH)?.get_key(&key(hash))?).await?;
    if !before.is_undefined() {
        answer(&table.delete(&before)?).await?;
    }
    let row = Object::new();
    Reflect::set(&row, &HASH.into(), &key(hash))?;
    Reflect::set(&row, &PREVIEW.into(), preview)?;
    answer(&table.add(&row)?).await?;
    let count = answer(&table.count()?).await?.as_f64().unwrap_or_default();
    let leave = (count as u32).saturating_sub(count_max as u32);
    if leave > 0 {
        let oldest = table.get_all_keys_with_key_and_limit(&JsValue::UNDEFINED, leave)?;
        for old in answer(&oldest).await?.unchecked_into::<Array>().iter() {
            answer(&table.delete(&old)?).await?;
        }
    }
    Ok(())
}

fn key(hash: ContentHash) -> JsValue {
    JsValue::from_str(&hash.to_string())
}
