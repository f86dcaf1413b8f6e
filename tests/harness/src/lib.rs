//! Laptops, phones and devices for tests, each written once.
//!
//! | what | where it runs | take it when |
//! | --- | --- | --- |
//! | [`in_process::Laptop`] | the real routes in this process, without sockets | a test is about answers |
//! | [`on_ports::Laptop`] | the whole server in this process, on free ports | it is about connections, certificates or other laptops |
//! | [`process::Laptop`] | the `chasqui` program | it is killed, or its memory is measured |
//! | [`Phone`] | the shared log in memory and the shared conversation | something is recorded and synced |
//! | [`Device`] | a key and a name | only pairing and permissions matter |
//!
//! The simulation has no laptop of this crate: it opens no store and no socket. The phone's own
//! engine is tested in `client-wasm`, against a laptop in memory that also loses answers and forges
//! them; that one depends on nothing but `chasqui-shared`.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "only tests use this crate")]

mod answer;
mod client;
mod device;
mod founded;
pub mod in_process;
mod media;
pub mod on_ports;
mod phone;
pub mod process;

pub use answer::Answer;
pub use client::{Agent, Base, Trouble};
pub use device::Device;
pub use founded::Founded;
pub use media::{copy, hash};
pub use phone::{Phone, Terms, draft};

/// The media type of JSON.
pub const JSON: &str = "application/json";
/// The media type of the messages of sync.
pub const CBOR: &str = "application/cbor";

/// The value of an `Authorization` header.
pub fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}
