//! The disk in a browser: IndexedDB.
//!
//! Rexie creates the tables and reads them. It cannot ask for strict durability, and Chromium's
//! default may lose the last seconds when the battery dies, so whatever saves goes through a second
//! connection by `web-sys`, and every saving transaction asks for `strict` and counts only when it
//! is `complete`. The guard is compared inside that transaction: all requests are made at once, and
//! a guard that is not as expected aborts them all, as a file does that must be there and is not. A
//! file is a `Blob`, whose bytes the browser keeps and wasm never sees.

use std::{cell::RefCell, future::Future};

use chasqui_shared::{ContentHash, WriterId};
use js_sys::{Array, Uint8Array};
use rexie::{ObjectStore, Rexie, TransactionMode};
use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, IdbDatabase, WorkerGlobalScope};

use crate::{
    browser::{
        indexeddb_previews,
        indexeddb_save::{answer, bytes_from, failed, transact},
    },
    storage::disk::{Disk, DiskError, FILES, Key, Save, Store, Stored, StoredFile},
};

/// 2 brought the table of files, 3 that of previews.
const LAYOUT: u32 = 3;

/// An IndexedDB database by name.
#[derive(Debug)]
pub struct IdbDisk {
    name: String,
    saving: RefCell<Option<IdbDatabase>>,
}

impl IdbDisk {
    /// Nothing is opened yet.
    pub fn new(name: &str) -> Self {
        Self { name: name.into(), saving: RefCell::new(None) }
    }

    async fn read(&self) -> Result<Stored, rexie::Error> {
        let mut builder = Rexie::builder(&self.name).version(LAYOUT);
        for store in Store::ALL {
            builder = builder.add_object_store(ObjectStore::new(store.name()));
        }
        let previews = indexeddb_previews::table();
        let builder = builder.add_object_store(ObjectStore::new(FILES)).add_object_store(previews);
        let database = builder.build().await?;
        let transaction =
            database.transaction(&Store::ALL.map(Store::name), TransactionMode::ReadOnly)?;
        let mut stored = Stored::default();
        for store in Store::ALL {
            let table = transaction.store(store.name())?;
            let keys = table.get_all_keys(None, None).await?;
            let values = table.get_all(None, None).await?;
            for (key, value) in keys.iter().zip(values) {
                if let (Some(key), Some(bytes)) = (key_from(key), bytes_from(&value)) {
                    stored.values.push((store, key, bytes));
                }
            }
        }
        transaction.done().await?;
        database.close();
        Ok(stored)
    }

    /// The connection for saving; opened after the tables are there.
    async fn open(&self) -> Result<IdbDatabase, JsValue> {
        if let Some(database) = self.saving.borrow().as_ref() {
            return Ok(database.clone());
        }
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let factory = scope.indexed_db()?.ok_or_else(|| JsValue::from_str("no IndexedDB here"))?;
        let request = factory.open(&self.name)?;
        let database: IdbDatabase = answer(&request).await?.unchecked_into();
        let closing = database.clone();
        // A later version of the app changes the tables: this connection must not stand in its way.
        let close = Closure::once_into_js(move || closing.close());
        database.set_onversionchange(Some(close.unchecked_ref()));
        *self.saving.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    async fn transact(
        &self,
        save: &Save,
        file: Option<(ContentHash, &Blob)>,
    ) -> Result<(), DiskError> {
        let doubt = Doubt::of(self);
        let saved = match self.open().await {
            Ok(database) => transact(&database, save, file).await,
            Err(error) => Err(failed(&error)),
        };
        if !matches!(saved, Err(DiskError::Failed { .. })) {
            doubt.end();
        }
        saved
    }

    async fn read_file(&self, hash: ContentHash) -> Result<Option<Blob>, JsValue> {
        let transaction = self.open().await?.transaction_with_str(FILES)?;
        let key = JsValue::from_str(&hash.to_string());
        let request = transaction.object_store(FILES)?.get(&key)?;
        Ok(answer(&request).await?.dyn_into::<Blob>().ok())
    }

    /// What comes of something.
    async fn doubting<R>(
        &self,
        work: impl Future<Output = Result<R, JsValue>>,
    ) -> Result<R, DiskError> {
        let doubt = Doubt::of(self);
        let result = work.await.map_err(|error| failed(&error))?;
        doubt.end();
        Ok(result)
    }

    fn close(&self) {
        if let Some(database) = self.saving.borrow_mut().take() {
            database.close();
        }
    }
}

/// Whatever is open may be broken after a failure, or when nobody waits for an answer any more: it
/// is closed then.
struct Doubt<'a>(Option<&'a IdbDisk>);

impl<'a> Doubt<'a> {
    fn of(disk: &'a IdbDisk) -> Self {
        Self(Some(disk))
    }

    fn end(mut self) {
        self.0 = None;
    }
}

impl Drop for Doubt<'_> {
    fn drop(&mut self) {
        if let Some(disk) = self.0 {
            disk.close();
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// An `ArrayBuffer` with a method that not every browser has.
    type Freed;

    #[wasm_bindgen(method, catch)]
    fn transfer(this: &Freed, length: u32) -> Result<JsValue, JsValue>;
}

impl StoredFile for Blob {
    fn bytes(&self) -> u64 {
        // A size is below 2^53.
        self.size() as u64
    }

    fn slice(&self, from: u64, until: u64) -> Result<Self, DiskError> {
        self.slice_with_f64_and_f64(from as f64, until as f64).map_err(|error| failed(&error))
    }

    async fn read(&self) -> Result<Vec<u8>, DiskError> {
        let buffer = JsFuture::from(self.array_buffer()).await.map_err(|error| failed(&error))?;
        let bytes = Uint8Array::new(&buffer).to_vec();
        // Freed now: with that left to the collector, a film of 2 GB makes 300 MB of garbage.
        // Browsers before 2023 cannot.
        let _ = buffer.unchecked_ref::<Freed>().transfer(0);
        Ok(bytes)
    }

    fn join(parts: &[Self], media_type: &str) -> Result<Self, DiskError> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let parts: Array = parts.iter().collect();
        Self::new_with_blob_sequence_and_options(&parts, &options).map_err(|error| failed(&error))
    }
}

impl Disk for IdbDisk {
    type File = Blob;

    async fn load(&self) -> Result<Stored, DiskError> {
        self.read().await.map_err(|error| DiskError::Failed { reason: format!("{error:?}") })
    }

    async fn save(&self, save: Save) -> Result<(), DiskError> {
        self.transact(&save, None).await
    }

    async fn keep(&self, save: Save, hash: ContentHash, file: &Blob) -> Result<(), DiskError> {
        self.transact(&save, Some((hash, file))).await
    }

    async fn file(&self, hash: ContentHash) -> Result<Option<Blob>, DiskError> {
        self.doubting(self.read_file(hash)).await
    }

    async fn preview(&self, hash: ContentHash) -> Result<Option<Blob>, DiskError> {
        let read = async { indexeddb_previews::read(&self.open().await?, hash).await };
        self.doubting(read).await
    }

    async fn keep_preview(
        &self,
        hash: ContentHash,
        preview: &Blob,
        count_max: usize,
    ) -> Result<(), DiskError> {
        let keep =
            async { indexeddb_previews::keep(&self.open().await?, hash, preview, count_max).await };
        self.doubting(keep).await
    }
}

impl Drop for IdbDisk {
    fn drop(&mut self) {
        self.close();
    }
}

fn key_from(key: &JsValue) -> Option<Key> {
    if let Some(name) = key.as_string() {
        return Some(Key::Name(name));
    }
    let pair: &Array = key.dyn_ref()?;
    let writer = WriterId::from_hex(&pair.get(0).as_string()?)?;
    Some(Key::Row(writer, pair.get(1).as_f64()? as u64))
}
