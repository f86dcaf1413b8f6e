//! Laptops among themselves: this laptop asks another one, through the same API that phones use.
//!
//! [`meet`] drives the conversation of `chasqui_shared` over a [`PeerClient`] and stores through
//! the store's one write path, signatures checked; [`exchange`] then moves the files that one side
//! has and the other lacks. [`PeerSyncs`] are those that the running server holds. What may be said
//! and what is taken is decided in `chasqui_shared`; whom this laptop speaks to, by a person who
//! named a [`PeerUrl`].

mod conversation;
mod error;
mod files;
mod pairing;
mod peer_access;
mod peer_client;
mod peer_files;
mod peer_url;
mod register;

pub use conversation::{Met, Watcher, meet};
pub use error::PeerSyncError;
pub use files::{FilesMoved, exchange};
pub use pairing::{Entered, enter};
pub use peer_access::{PeerAccess, UnverifiedPeer};
pub use peer_client::{PeerClient, PeerHello};
pub(crate) use peer_client::{agent, hello_at};
pub use peer_url::PeerUrl;
pub use register::{PeerSync, PeerSyncNotice, PeerSyncState, PeerSyncs};
