//! What exists only in a browser's worker: IndexedDB, fetch, and what JavaScript calls.

#[cfg(target_arch = "wasm32")]
pub(crate) mod binding;
#[cfg(target_arch = "wasm32")]
pub(crate) mod body_once;
#[cfg(target_arch = "wasm32")]
pub(crate) mod connection;
#[cfg(target_arch = "wasm32")]
pub(crate) mod download;
pub(crate) mod failure_streak;
#[cfg(target_arch = "wasm32")]
pub(crate) mod fetch;
#[cfg(target_arch = "wasm32")]
pub(crate) mod host_worker;
#[cfg(target_arch = "wasm32")]
pub(crate) mod indexeddb;
#[cfg(target_arch = "wasm32")]
pub(crate) mod indexeddb_previews;
#[cfg(target_arch = "wasm32")]
pub(crate) mod indexeddb_save;
#[cfg(target_arch = "wasm32")]
pub(crate) mod request;
#[cfg(target_arch = "wasm32")]
pub(crate) mod upload;
