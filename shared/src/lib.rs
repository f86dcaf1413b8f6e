//! Records, vector clocks, merging and the sync conversation of Chasqui.
//!
//! This crate is pure: no clock, no randomness, no async, no files, no network. Time, ids and seeds
//! come in as values, and what is to be done comes out as values, so that the phone, the laptop and
//! the simulation run the very same rules.
//!
//! Five folders, each of which knows only those before it: `record` (versions, heads, what people
//! see), `log` (entries, chains, clocks, what may enter), `trust` (who is who), `media` (files
//! beside the records) and `sync` (the conversation of two sides). Read [`View::of`], [`take_run`]
//! and [`Session`] to see them at work.

#![forbid(unsafe_code)]

mod failure;
mod fold;
mod id;
mod label;
pub mod limits;
mod log;
mod media;
mod observed_at;
#[cfg(feature = "openapi")]
pub mod openapi;
mod record;
mod retry;
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
pub use log::{
    Admission, Clock, ClockOrder, Entry, Flaw, Lineage, LogChange, LogOwner, LogStore, LogView,
    LogWriter, LoggedEntry, MemoryLog, Moves, Origin, Place, Position, Quarantine, QuarantineUsage,
    Quarantined, Range, Refusal, Refused, Run, RunEntry, RunResult, best_head, chain_after,
    examine, examine_hashes, judge, judge_role, prove_run, restore, restore_run, take_run,
    verify_chain, verify_message, write,
};
pub use media::{
    Begun, Photos, Settings, StoredRequest, StoredResponse, is_safe_to_show, transfer, tus,
};
pub use observed_at::{DAY_REACH_MS, Day, ObservedAt};
pub use record::{
    Answer, Author, Change, Charter, Draft, FieldChoice, FieldConflict, FieldValue, History, Kin,
    Kind, Latitude, Location, LocationSource, Longitude, MediaRef, Member, Role, VERSION_FORMAT,
    Version, VersionBytes, VersionError, View,
};
pub use retry::Retry;
pub use sync::{
    Batch, BatchResponse, Comparison, Difference, HashMessage, HashRequest, HashResponse, Input,
    Located, Locator, Notice, Offer, OfferResponse, Output, PlacesRequest, PlacesResponse,
    Progress, Reply, Request, RespondError, Session, Since, VersionSet, WantedRequest, collect,
    common_position, locate, offer, respond_to_batch, respond_to_offer, respond_to_wanted,
};
pub use timestamp::Timestamp;
pub use trust::{
    Check, Hello, PairingCode, PairingLink, PairingRequest, PairingResponse, Readiness,
};
pub use wire::{DecodeError, from_cbor, to_cbor};
