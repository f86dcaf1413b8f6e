//! The phone's engine: it records, edits and lists in IndexedDB, and syncs with the laptop by
//! itself.
//!
//! [`Engine`] runs on any machine: over a [`Disk`], a [`Transport`] and a [`Host`], each with a
//! double for tests. It wires parts that each own their state: the working copy of what is stored
//! (`copy`), the laptops in reach (`network`), the conversations (`sync`), and files on their way
//! (`media`). Below them are `records`, `files`, `laptops` and `storage`. `browser` exists only in
//! a browser's worker: it converts and calls, and decides nothing but what is a browser's own
//! affair, by which of its connections a request goes (`connection`), and whether a body goes as a
//! stream (`body_once`). The rules of records, sync and the transfer of files are those of
//! `chasqui-shared`.

#[cfg(any(test, target_arch = "wasm32"))]
mod browser;
mod copy;
mod engine;
mod files;
mod host;
mod in_time;
mod laptops;
mod limits;
mod media;
mod network;
mod notify;
#[cfg(not(target_arch = "wasm32"))]
mod openapi;
mod records;
mod storage;
mod sync;
mod watched;

#[cfg(test)]
mod tests;

pub use engine::Engine;
pub use files::index::FileSum;
pub use host::Host;
pub use laptops::transport::Transport;
pub use media::status::{FilesStatus, SendingFile};
pub use network::peer::{NewsPlace, Outcome, Tried};
pub use network::told::Clocks;
#[cfg(not(target_arch = "wasm32"))]
pub use openapi::describe;
pub use records::draft::{Filled, PageDraft};
pub use records::listing::{Listing, PhoneView, RecordState};
pub use records::proof::Proof;
pub use storage::disk::{Disk, DiskError, Key, Save, Store, Stored, StoredFile};
pub use storage::memory::{MemoryDisk, MemoryFile};
pub use sync::status::{Phase, SyncStatus};

#[cfg(target_arch = "wasm32")]
pub use browser::indexeddb::IdbDisk;
