//! Records, vector clocks, merging and the sync conversation of Chasqui.
//!
//! This crate is pure: no clock, no randomness, no async, no files, no network. Time, ids and seeds come in as
//! values, and what is to be done comes out as values, so that the phone, the laptop and the simulation run
//! the very same rules.
//!
//! Five rooms: `record` (versions, heads, what people see), `log` (entries, chains, clocks, what may
//! enter), `sync` (the conversation of two sides), `media` (files beside the records) and `trust` (who is who). Read [`take_run`], [`View::of`] and [`Session`] to see
//! each at work.

#![forbid(unsafe_code)]

mod failure;
mod fold;
mod id;
mod label;
pub mod limits;
mod log;
mod media;
mod observed_at;
mod record;
mod sync;
mod timestamp;
mod trust;
mod wire;

pub use failure::{Code, Failure};
pub use fold::fold;
pub use id::{
    Chain, ClockDigest, ContentHash, DeviceId, Epoch, HelloNonce, ProjectId, RecordId,
    SignatureBytes, VersionId, WriterId,
};
pub use label::{is_label, label};
pub use log::*;
pub use media::*;
pub use observed_at::{DAY_REACH_MS, Day, ObservedAt};
pub use record::*;
pub use sync::*;
pub use timestamp::Timestamp;
pub use trust::*;
pub use wire::{DecodeError, from_cbor, to_cbor};
