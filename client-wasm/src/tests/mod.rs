//! The engine as a whole, over a disk and a network in memory and a clock that the test moves.

#![cfg(not(target_arch = "wasm32"))]

mod air;
mod clocks;
mod down;
mod drafts;
mod free;
mod harness;
mod harness_files;
mod laptop;
mod laptop_files;
mod listing;
mod media;
mod pairing;
mod reach;
mod readiness;
mod restart;
mod save;
mod settings;
mod silence;
mod stuck;
mod sync;
mod upload;
mod walk;
mod wifi;
