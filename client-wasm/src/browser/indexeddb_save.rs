//! One saving transaction of [`crate::browser::indexeddb`]: strict, guarded, all of it or nothing.

use std::{cell::RefCell, rc::Rc};

use chasqui_shared::ContentHash;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DomException, IdbDatabase, IdbRequest, IdbTransaction};

use crate::storage::disk::{DiskError, FILES, Key, Save, Store};

#[wasm_bindgen]
extern "C" {
    /// An `IDBDatabase` seen with the one method that `web-sys` has only behind a compiler flag for
    /// unstable APIs, though every browser of ours has it.
    type SavingDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &SavingDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Carries out one transaction, and keeps a file in it; resolves when it is durable.
pub async fn transact(
    database: &IdbDatabase,
    save: &Save,
    file: Option<(ContentHash, &Blob)>,
) -> Result<(), DiskError> {
    let transaction = begin(database).map_err(|error| failed(&error))?;
    let _abandoned = Abandoned(&transaction);
    let refusal = Rc::new(RefCell::new(None));
    let done = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let guarded = guard(&transaction, save, &refusal);
    if let Err(error) = guarded.and_then(|()| put_all(&transaction, save, file)) {
        // An abort that fails means that it is aborted already.
        let _ = transaction.abort();
        let _ = JsFuture::from(done).await;
        return Err(failed(&error));
    }
    match JsFuture::from(done).await {
        Ok(_) => Ok(()),
        Err(_) => Err(refusal.take().unwrap_or_else(|| failed(&transaction.error().into()))),
    }
}

/// Aborts a transaction that nobody waits for any more, so that it does not come through after
/// somebody was told that it failed. One that has ended is left as it is.
struct Abandoned<'a>(&'a IdbTransaction);

impl Drop for Abandoned<'_> {
    fn drop(&mut self) {
        self.0.set_oncomplete(None);
        self.0.set_onabort(None);
        // One that fails means that it has ended.
        let _ = self.0.abort();
    }
}

fn begin(database: &IdbDatabase) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let names: Array =
        Store::ALL.iter().map(|store| store.name()).chain([FILES]).map(JsValue::from_str).collect();
    database.unchecked_ref::<SavingDatabase>().transaction(&names, "readwrite", &options)
}

/// Why a transaction was aborted on purpose.
type WhyAborted = Rc<RefCell<Option<DiskError>>>;

/// Aborts the transaction if the guard is not as expected when its turn comes, or a file is missing
/// that must be there.
fn guard(transaction: &IdbTransaction, save: &Save, why: &WhyAborted) -> Result<(), JsValue> {
    let key = JsValue::from_str(Save::GUARD);
    let request = transaction.object_store(Store::Meta.name())?.get(&key)?;
    let expected = save.expected.clone();
    abort_unless(transaction, &request, why, DiskError::Moved, move |held| {
        bytes_from(held) == expected
    });
    for hash in &save.files_needed {
        let key = JsValue::from_str(&hash.to_string());
        let request = transaction.object_store(FILES)?.count_with_key(&key)?;
        abort_unless(transaction, &request, why, DiskError::FileMissing, |count| {
            count.as_f64() == Some(1.0)
        });
    }
    Ok(())
}

fn abort_unless(
    transaction: &IdbTransaction,
    request: &IdbRequest,
    why: &WhyAborted,
    error: DiskError,
    holds: impl FnOnce(&JsValue) -> bool + 'static,
) {
    let (asked, aborting, why) = (request.clone(), transaction.clone(), why.clone());
    let compare = Closure::once_into_js(move || {
        if !asked.result().is_ok_and(|value| holds(&value)) {
            why.borrow_mut().get_or_insert(error);
            // One that fails means that it is aborted already.
            let _ = aborting.abort();
        }
    });
    request.set_onsuccess(Some(compare.unchecked_ref::<Function>()));
}

fn put_all(
    transaction: &IdbTransaction,
    save: &Save,
    file: Option<(ContentHash, &Blob)>,
) -> Result<(), JsValue> {
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
        let table = if key.deleted_from() == Store::Meta { &meta } else { &entries };
        table.delete(&key_to(key))?;
    }
    let files = transaction.object_store(FILES)?;
    for hash in &save.files_dropped {
        files.delete(&JsValue::from_str(&hash.to_string()))?;
    }
    if let Some((hash, blob)) = file {
        files.put_with_key(blob, &JsValue::from_str(&hash.to_string()))?;
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

fn bytes_to(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// The bytes of a value.
pub fn bytes_from(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// What comes of a request.
pub async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let answered = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(answered).await.map_err(|_| JsValue::from(request.error().ok().flatten()))?;
    request.result()
}

/// What IndexedDB said, in our words.
pub fn failed(error: &JsValue) -> DiskError {
    let Some(error) = error.dyn_ref::<DomException>() else {
        return DiskError::Failed { reason: format!("{error:?}") };
    };
    if error.name() == "QuotaExceededError" {
        return DiskError::Full;
    }
    DiskError::Failed { reason: format!("{}: {}", error.name(), error.message()) }
}
