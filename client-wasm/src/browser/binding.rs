//! What the worker sees of the engine: conversions, and one call each.
//!
//! These methods are the one list of what a page can ask: `www` has their types from the
//! declarations that wasm-bindgen writes, and the types of values from `www/src/api/types.ts`,
//! which `make contracts` writes.

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

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type {
  Draft, FileSum, MediaRef, NewsPlace, Proof, Readiness, Settings, SyncStatus,
} from '../../api/types';";

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
    /// Opens an IndexedDB database by name, and begins to look for laptops, at the base addresses
    /// among others.
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

    /// Stores a new record under this id, 32 digits of lower-case hex. Resolves when the strict
    /// transaction is complete. The same id twice makes one record; what is said otherwise the
    /// second time is an edit.
    pub async fn record(
        &self,
        record: String,
        #[wasm_bindgen(unchecked_param_type = "Draft")] draft: JsValue,
    ) -> Result<(), JsValue> {
        let (record, draft) = read(&record, draft).map_err(|failure| rejection(&failure))?;
        self.inner.record(record, draft).await.map_err(|failure| rejection(&failure))
    }

    /// Adds a version that follows the draft's `base`, or the one shown (`winner`); other heads
    /// stay for a manager to settle. One that changes nothing is not stored.
    pub async fn edit(
        &self,
        record: String,
        #[wasm_bindgen(unchecked_param_type = "Draft")] draft: JsValue,
    ) -> Result<(), JsValue> {
        let (record, draft) = read(&record, draft).map_err(|failure| rejection(&failure))?;
        self.inner.edit(record, draft).await.map_err(|failure| rejection(&failure))
    }

    /// Those of these keys of drafts that were saved, by the transaction of the record itself. The
    /// last 256 are known.
    pub async fn saved(&self, draft_keys: Vec<String>) -> Result<Vec<String>, JsValue> {
        self.inner.saved(draft_keys).await.map_err(|failure| rejection(&failure))
    }

    /// The records that changed since the listing with this token, and as many of those that follow
    /// in it (all, if not told how many), as the JSON of a `Listing`: a tenth of the time that as
    /// many objects would take to cross.
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

    /// Checks, on this phone, every version of a record against the signature of whoever wrote it.
    #[wasm_bindgen(unchecked_return_type = "Proof")]
    pub async fn prove(&self, record: String) -> Result<JsValue, JsValue> {
        let record = RecordId::from_hex(&record)
            .ok_or_else(|| rejection(&malformed("the record's id is no id".into())))?;
        to_js(&self.inner.prove(record).await.map_err(|failure| rejection(&failure))?)
    }

    /// Keeps a file for a draft that is not saved yet. Resolves when it is durable, with what the
    /// draft is to name in its `media`. The draft's key is any text of the page's choosing, up to
    /// 128 bytes.
    #[wasm_bindgen(unchecked_return_type = "MediaRef")]
    pub async fn take(&self, draft: String, file: Blob, name: String) -> Result<JsValue, JsValue> {
        let hash = self.inner.hash_of(&file).await.map_err(|error| rejection(&error.into()))?;
        // A size is below 2^53.
        let media = MediaRef { hash, bytes: file.size() as u64, media_type: file.type_(), name };
        let kept = self.inner.take(&draft, &file, media).await;
        to_js(&kept.map_err(|failure| rejection(&failure))?)
    }

    /// What was taken for a draft and not yet saved with it.
    #[wasm_bindgen(unchecked_return_type = "MediaRef[]")]
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

    /// A small JPEG of a picture, 320 pixels at most: as it was fetched before, or else from the
    /// laptop. Null if there is none to be had: no laptop is there, it does not have the file, or
    /// the file is no picture.
    #[wasm_bindgen(unchecked_return_type = "Blob | null")]
    pub async fn preview(&self, hash: String) -> Result<JsValue, JsValue> {
        let preview = self.inner.preview(content(&hash)?).await;
        let preview = preview.map_err(|failure| rejection(&failure))?;
        Ok(preview.map_or(JsValue::NULL, JsValue::from))
    }

    /// Brings a file that a record names from the laptop to this phone; `file` has it then.
    /// Resolves at once if it is here already. Rejects with `laptop_away`, with `media_unknown` if
    /// the laptop does not have it either, with `hash_wrong` if something else came, and as
    /// `record` if the phone has no room. What came before a cut is kept for the next call.
    #[wasm_bindgen(js_name = "fetchFile")]
    pub async fn fetch_file(&self, hash: String) -> Result<(), JsValue> {
        self.inner.fetch_file(content(&hash)?).await.map_err(|failure| rejection(&failure))
    }

    /// What `freeSpace` may remove, if the laptop still has it: files of records, and at least one
    /// laptop has them.
    #[wasm_bindgen(unchecked_return_type = "FileSum")]
    pub async fn freeable(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.freeable().await.map_err(|failure| rejection(&failure))?)
    }

    /// Asks the laptop that is there now which of these files it has, and removes from this phone
    /// those that it names and nothing else. The records stay, and name them as before. Resolves
    /// with what was removed; rejects with `laptop_away`, and then nothing was.
    #[wasm_bindgen(js_name = "freeSpace", unchecked_return_type = "FileSum")]
    pub async fn free_space(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.free_space().await.map_err(|failure| rejection(&failure))?)
    }

    /// How the project wants its photos; what is usual, as long as nobody has said.
    #[wasm_bindgen(unchecked_return_type = "Settings")]
    pub async fn settings(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.settings().await.map_err(|failure| rejection(&failure))?)
    }

    /// What the page found out about this phone: told to each laptop, once and whenever it changes.
    #[wasm_bindgen(js_name = "setReadiness")]
    pub fn set_readiness(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Readiness")] readiness: JsValue,
    ) -> Result<(), JsValue> {
        let readiness: Readiness = serde_wasm_bindgen::from_value(readiness)
            .map_err(|error| rejection(&malformed(error.to_string())))?;
        self.inner.set_readiness(readiness);
        Ok(())
    }

    /// Asks a laptop to let this phone in, under the name of whoever holds it. The invitation is
    /// the link that was scanned or opened, or a code as it was typed. Resolves when that is
    /// stored.
    pub async fn pair(&self, invitation: String, holder: String) -> Result<(), JsValue> {
        self.inner.pair(&invitation, &holder).await.map_err(|failure| rejection(&failure))
    }

    /// Where the laptop in reach tells its news, and the token to show there.
    #[wasm_bindgen(unchecked_return_type = "NewsPlace")]
    pub async fn news(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.news().await.map_err(|failure| rejection(&failure))?)
    }

    /// How sync and files stand.
    #[wasm_bindgen(unchecked_return_type = "SyncStatus")]
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
