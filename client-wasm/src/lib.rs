//! The phone's engine: it records, edits and lists in IndexedDB, and syncs with the laptop by itself.
//!
//! [`Engine`] holds every decision and runs on any machine: over a [`Disk`], a [`Transport`] and a [`Host`], each with
//! a double for tests. `disk_idb`, `transport_fetch`, `host_worker` and `binding` exist only in a browser's worker;
//! they convert and call, and decide nothing but what is a browser's own affair: by which of its connections a request goes
//! (`lane`), and whether a body goes as a stream (`body_once`). The rules of records and sync are those of `chasqui-shared`.

mod address;
mod bell;
mod clocks;
mod cursor;
mod disk;
mod disk_memory;
mod download;
mod draft;
mod engine;
mod files;
mod fold;
mod free;
mod held;
mod host;
mod in_time;
mod invitation;
mod laptop;
mod ledger;
mod limits;
mod link;
mod listing;
mod media;
mod paired;
mod pairing;
mod preview;
mod proof;
mod reach;
mod readiness;
mod row;
mod saved;
mod settings;
mod slice_size;
mod state;
mod status;
#[cfg(any(test, target_arch = "wasm32"))]
mod streak;
mod sync;
mod transport;
mod upload;
mod upload_state;

#[cfg(test)]
mod tests;

#[cfg(target_arch = "wasm32")]
mod binding;
#[cfg(target_arch = "wasm32")]
mod body_once;
#[cfg(target_arch = "wasm32")]
mod disk_idb;
#[cfg(target_arch = "wasm32")]
mod disk_idb_previews;
#[cfg(target_arch = "wasm32")]
mod disk_idb_save;
#[cfg(target_arch = "wasm32")]
mod host_worker;
#[cfg(target_arch = "wasm32")]
mod lane;
#[cfg(target_arch = "wasm32")]
mod transport_download;
#[cfg(target_arch = "wasm32")]
mod transport_fetch;
#[cfg(target_arch = "wasm32")]
mod transport_request;
#[cfg(target_arch = "wasm32")]
mod transport_upload;

pub use clocks::Clocks;
pub use disk::{Disk, DiskError, Key, Save, Store, Stored, StoredFile};
pub use disk_memory::{MemoryDisk, MemoryFile};
pub use draft::{Filled, PageDraft};
pub use engine::Engine;
pub use files::FileSum;
pub use host::Host;
pub use listing::{Listing, PhoneView, RecordState};
pub use proof::Proof;
pub use reach::{NewsPlace, Outcome, Tried};
pub use status::{FilesStatus, Phase, SendingFile, SyncStatus};
pub use transport::{Placed, Transport};

#[cfg(target_arch = "wasm32")]
pub use disk_idb::IdbDisk;
