//! The phone's engine: it records, edits and lists in IndexedDB, and syncs with the laptop by itself.
//!
//! [`Engine`] holds every decision and runs on any machine: over a [`Disk`], a [`Transport`] and a [`Host`], each with
//! a double for tests. `browser` exists only in a browser's worker: it converts and calls, and decides nothing but what is a
//! browser's own affair, by which of its connections a request goes (`connection`), and whether a body goes as a stream
//! (`body_once`). Modules: `records`, `storage`, `laptops`, `sync`, `media`, `browser`. The rules of records and sync are those of `chasqui-shared`.

#[cfg(any(test, target_arch = "wasm32"))]
mod browser;
mod engine;
mod host;
mod in_time;
mod laptops;
mod limits;
mod media;
mod notify;
mod records;
mod settings;
mod storage;
mod sync;

#[cfg(test)]
mod tests;

pub use engine::Engine;
pub use host::Host;
pub use laptops::clocks::Clocks;
pub use laptops::reach::{NewsPlace, Outcome, Tried};
pub use laptops::transport::{Placed, Transport};
pub use media::files::FileSum;
pub use records::draft::{Filled, PageDraft};
pub use records::listing::{Listing, PhoneView, RecordState};
pub use records::proof::Proof;
pub use storage::disk::{Disk, DiskError, Key, Save, Store, Stored, StoredFile};
pub use storage::memory::{MemoryDisk, MemoryFile};
pub use sync::status::{FilesStatus, Phase, SendingFile, SyncStatus};

#[cfg(target_arch = "wasm32")]
pub use browser::indexeddb::IdbDisk;
