//! The disk in a browser: IndexedDB.
//!
//! Rexie creates the tables and reads them. It cannot ask for strict durability, and Chromium's default may lose the last
//! seconds when the battery dies, so whatever saves goes through a second connection by `web-sys`, and every
//! saving transaction asks for `strict` and counts only when it is `complete`. The guard is compared inside that
//! transaction: all requests are made at once, and a guard that is not as expected aborts them all.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use chasqui_shared::WriterId;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use rexie::{ObjectStore, Rexie, TransactionMode};
use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbRequest, IdbTransaction, WorkerGlobalScope};

use crate::disk::{Disk, DiskError, Key, Save, Store, Stored};

const LAYOUT: u32 = 1;

#[wasm_bindgen]
extern "C" {
    /// An `IDBDatabase` seen with the one method that `web-sys` has only behind a compiler flag for unstable APIs, though
    /// every browser of ours has it.
    type SavingDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &SavingDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

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
        let opened = Promise::new(&mut |resolve, reject| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&reject));
        });
        JsFuture::from(opened).await.map_err(|_| JsValue::from(request.error().ok().flatten()))?;
        let database: IdbDatabase = request.result()?.unchecked_into();
        let closing = database.clone();
        // A later version of the app changes the tables: this connection must not stand in its way.
        let close = Closure::once_into_js(move || closing.close());
        database.set_onversionchange(Some(close.unchecked_ref()));
        *self.saving.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    /// Whatever is open may be broken.
    fn close(&self) {
        if let Some(database) = self.saving.borrow_mut().take() {
            database.close();
        }
    }
}

impl Disk for IdbDisk {
    async fn load(&self) -> Result<Stored, DiskError> {
        self.read().await.map_err(|error| DiskError::Failed { reason: format!("{error:?}") })
    }

    async fn save(&self, save: Save) -> Result<(), DiskError> {
        let saved = match self.open().await {
            Ok(database) => transact(&database, save).await,
            Err(error) => Err(failed(&error)),
        };
        if matches!(saved, Err(DiskError::Failed { .. })) {
            self.close();
        }
        saved
    }
}

impl Drop for IdbDisk {
    fn drop(&mut self) {
        self.close();
    }
}

async fn transact(database: &IdbDatabase, save: Save) -> Result<(), DiskError> {
    let transaction = begin(database).map_err(|error| failed(&error))?;
    let moved = Rc::new(Cell::new(false));
    let done = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let guarded = guard(&transaction, save.expected.clone(), moved.clone());
    if let Err(error) = guarded.and_then(|()| put_all(&transaction, &save)) {
        // An abort that fails means that it is aborted already.
        let _ = transaction.abort();
        let _ = JsFuture::from(done).await;
        return Err(failed(&error));
    }
    match JsFuture::from(done).await {
        Ok(_) => Ok(()),
        Err(_) if moved.get() => Err(DiskError::Moved),
        Err(_) => Err(failed(&transaction.error().into())),
    }
}

fn begin(database: &IdbDatabase) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let names: Array = Store::ALL.iter().map(|store| JsValue::from_str(store.name())).collect();
    database.unchecked_ref::<SavingDatabase>().transaction(&names, "readwrite", &options)
}

/// Aborts the transaction if the guard is not as expected when its turn comes.
fn guard(
    transaction: &IdbTransaction,
    expected: Option<Vec<u8>>,
    moved: Rc<Cell<bool>>,
) -> Result<(), JsValue> {
    let key = JsValue::from_str(Save::GUARD);
    let request: IdbRequest = transaction.object_store(Store::Meta.name())?.get(&key)?;
    let (asked, aborting) = (request.clone(), transaction.clone());
    let compare = Closure::once_into_js(move || {
        let held = asked.result().ok().and_then(|value| bytes_from(&value));
        if held != expected {
            moved.set(true);
            let _ = aborting.abort();
        }
    });
    request.set_onsuccess(Some(compare.unchecked_ref::<Function>()));
    Ok(())
}

fn put_all(transaction: &IdbTransaction, save: &Save) -> Result<(), JsValue> {
    let entries = transaction.object_store(Store::Entries.name())?;
    let meta = transaction.object_store(Store::Meta.name())?;
    let keys = transaction.object_store(Store::Keys.name())?;
    meta.put_with_key(&bytes_to(&save.guard), &JsValue::from_str(Save::GUARD))?;
    for (store, key, bytes) in &save.puts {
        let table = match store {
            Store::Entries => &entries,
            Store::Keys => &keys,
            Store::Meta => &meta,
        };
        table.put_with_key(&bytes_to(bytes), &key_to(key))?;
    }
    for key in &save.deletes {
        entries.delete(&key_to(key))?;
    }
    Ok(())
}

fn key_to(key: &Key) -> JsValue {
    match key {
        Key::Name(name) => JsValue::from_str(name),
        // A seq is below 2^53.
        Key::Row(writer, first) => {
            Array::of2(&writer.to_string().into(), &JsValue::from_f64(*first as f64)).into()
        }
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

fn bytes_to(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn bytes_from(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

fn failed(error: &JsValue) -> DiskError {
    let Some(error) = error.dyn_ref::<DomException>() else {
        return DiskError::Failed { reason: format!("{error:?}") };
    };
    if error.name() == "QuotaExceededError" {
        return DiskError::Full;
    }
    DiskError::Failed { reason: format!("{}: {}", error.name(), error.message()) }
}
