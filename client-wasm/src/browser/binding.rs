//! What the worker sees of the engine: conversions, and one call each.

use std::rc::Rc;

use chasqui_shared::{Code, ContentHash, Failure, MediaRef, Readiness, RecordId};
use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use crate::{
    browser::{fetch::FetchTransport, host_worker::WorkerHost, indexeddb::IdbDisk},
    engine::Engine,
    records::{
        draft::{Filled, PageDraft},
        listing::Listing,
    },
};

/// Runs once when the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// The engine of this phone. Every promise rejects with `{code, message, retryable}`.
#[wasm_bindgen(js_name = "PhoneEngine")]
pub struct PhoneEngine {
    inner: Rc<Engine<IdbDisk, FetchTransport, WorkerHost>>,
}

#[wasm_bindgen(js_class = "PhoneEngine")]
impl PhoneEngine {
    /// Opens an IndexedDB database by name, and begins to look for laptops, at the base addresses among others.
    pub async fn open(
        database: String,
        own_origins: Vec<String>,
        on_change: Function,
        on_notice: Function,
    ) -> Result<PhoneEngine, JsValue> {
        let host = WorkerHost::new(on_change, on_notice);
        let engine = Engine::new(IdbDisk::new(&database), FetchTransport, host, own_origins);
        engine.open().await.map_err(|failure| rejection(&failure))?;
        let inner = Rc::new(engine);
        let running = inner.clone();
        wasm_bindgen_futures::spawn_local(async move { running.run().await });
        Ok(Self { inner })
    }

    /// Stores a new record under this id, 32 digits of lower-case hex; the same order twice makes one record.
    pub async fn record(&self, record: String, draft: JsValue) -> Result<(), JsValue> {
        let (record, draft) = read(&record, draft).map_err(|failure| rejection(&failure))?;
        self.inner.record(record, draft).await.map_err(|failure| rejection(&failure))
    }

    /// Stores an edit of a record.
    pub async fn edit(&self, record: String, draft: JsValue) -> Result<(), JsValue> {
        let (record, draft) = read(&record, draft).map_err(|failure| rejection(&failure))?;
        self.inner.edit(record, draft).await.map_err(|failure| rejection(&failure))
    }

    /// Those of these keys of drafts under which something was saved.
    pub async fn saved(&self, draft_keys: Vec<String>) -> Result<Vec<String>, JsValue> {
        self.inner.saved(draft_keys).await.map_err(|failure| rejection(&failure))
    }

    /// The records that changed since the listing with this token, and as many of those that follow in it (all, if not
    /// told how many), as the JSON of a `Listing`: a tenth of the time that as many objects would take to cross.
    pub async fn observations(
        &self,
        token: String,
        count_max: Option<u32>,
    ) -> Result<String, JsValue> {
        let count_max = count_max.map_or(usize::MAX, |count| count as usize);
        let json = |listing: &Listing<'_>| serde_json::to_string(listing);
        let listed = self.inner.observations(&token, count_max, json).await;
        listed
            .map_err(|failure| rejection(&failure))?
            .map_err(|error| rejection(&Failure::new(Code::ListUnwritable, error.to_string())))
    }

    /// Who wrote a record, and whether it is unaltered: a `Proof`.
    pub async fn prove(&self, record: String) -> Result<JsValue, JsValue> {
        let record = RecordId::from_hex(&record)
            .ok_or_else(|| rejection(&malformed("the record's id is no id".into())))?;
        to_js(&self.inner.prove(record).await.map_err(|failure| rejection(&failure))?)
    }

    /// Keeps a file for a draft. Resolves, when it is durable, with the `MediaRef` that the draft is to name.
    pub async fn take(&self, draft: String, file: Blob, name: String) -> Result<JsValue, JsValue> {
        let hash = self.inner.hash_of(&file).await.map_err(|error| rejection(&error.into()))?;
        // A size is below 2^53.
        let media = MediaRef { hash, bytes: file.size() as u64, media_type: file.type_(), name };
        let kept = self.inner.take(&draft, &file, media).await;
        to_js(&kept.map_err(|failure| rejection(&failure))?)
    }

    /// The `MediaRef`s of what was taken for a draft.
    pub async fn taken(&self, draft: String) -> Result<JsValue, JsValue> {
        to_js(&self.inner.taken(&draft).await.map_err(|failure| rejection(&failure))?)
    }

    /// Lets go of one file of a draft, or of all.
    pub async fn discard(&self, draft: String, hash: Option<String>) -> Result<(), JsValue> {
        let hash = hash.map(|hash| content(&hash)).transpose()?;
        self.inner.discard(&draft, hash).await.map_err(|failure| rejection(&failure))
    }

    /// A file that is on this phone; undefined if it is not.
    pub async fn file(&self, hash: String) -> Result<Option<Blob>, JsValue> {
        self.inner.file(content(&hash)?).await.map_err(|failure| rejection(&failure))
    }

    /// A small JPEG of a picture; null if there is none to be had now.
    pub async fn preview(&self, hash: String) -> Result<JsValue, JsValue> {
        let preview = self.inner.preview(content(&hash)?).await;
        let preview = preview.map_err(|failure| rejection(&failure))?;
        Ok(preview.map_or(JsValue::NULL, JsValue::from))
    }

    /// Brings a file from the laptop to this phone.
    #[wasm_bindgen(js_name = "fetchFile")]
    pub async fn fetch_file(&self, hash: String) -> Result<(), JsValue> {
        self.inner.fetch_file(content(&hash)?).await.map_err(|failure| rejection(&failure))
    }

    /// The `FileSum` of what could leave this phone.
    pub async fn freeable(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.freeable().await.map_err(|failure| rejection(&failure))?)
    }

    /// Removes from this phone what the laptop holds at this moment; the `FileSum` of it.
    #[wasm_bindgen(js_name = "freeSpace")]
    pub async fn free_space(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.free_space().await.map_err(|failure| rejection(&failure))?)
    }

    /// The project's `Settings`.
    pub async fn settings(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.settings().await.map_err(|failure| rejection(&failure))?)
    }

    /// What the page found out about this phone, a `Readiness`; the laptop is told.
    #[wasm_bindgen(js_name = "setReadiness")]
    pub fn set_readiness(&self, readiness: JsValue) -> Result<(), JsValue> {
        let readiness: Readiness = serde_wasm_bindgen::from_value(readiness)
            .map_err(|error| rejection(&malformed(error.to_string())))?;
        self.inner.set_readiness(readiness);
        Ok(())
    }

    /// Lets the laptop that this invitation is from know the phone, under the name of whoever holds it. The invitation
    /// is what was scanned or opened, or a code as it was typed.
    pub async fn pair(&self, invitation: String, holder: String) -> Result<(), JsValue> {
        self.inner.pair(&invitation, &holder).await.map_err(|failure| rejection(&failure))
    }

    /// Where the laptop in reach tells its news, and the token to show there: `{base, token}`.
    pub async fn news(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.news().await.map_err(|failure| rejection(&failure))?)
    }

    /// A `SyncStatus`.
    pub async fn status(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.status().await)
    }

    /// There may be news: tries to sync now.
    pub fn wake(&self) {
        self.inner.wake();
    }

    /// A person wants it: tries to sync now, and again what failed.
    #[wasm_bindgen(js_name = "syncNow")]
    pub fn sync_now(&self) {
        self.inner.sync_now();
    }

    /// A network came or went.
    #[wasm_bindgen(js_name = "networkChanged")]
    pub fn network_changed(&self) {
        self.inner.network_changed();
    }

    /// Whether any page is visible.
    #[wasm_bindgen(js_name = "setVisible")]
    pub fn set_visible(&self, visible: bool) {
        self.inner.set_visible(visible);
    }
}

fn read(record: &str, draft: JsValue) -> Result<(RecordId, Filled), Failure> {
    let record =
        RecordId::from_hex(record).ok_or_else(|| malformed("the record's id is no id".into()))?;
    let draft: PageDraft =
        serde_wasm_bindgen::from_value(draft).map_err(|error| malformed(error.to_string()))?;
    Ok((record, draft.read()?))
}

fn content(hash: &str) -> Result<ContentHash, JsValue> {
    ContentHash::from_hex(hash)
        .ok_or_else(|| rejection(&malformed("the file's hash is no hash".into())))
}

fn malformed(reason: String) -> Failure {
    Failure::new(Code::DraftMalformed, reason)
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(JsValue::from)
}

fn rejection(failure: &Failure) -> JsValue {
    to_js(failure).unwrap_or_else(|error| error)
}
