//! All tests that need more than one crate, in one program: linked once, it takes a tenth of the
//! disk.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "all of this crate is tests, their set-up included")]

mod access;
mod contracts;
mod corpora;
mod dependencies;
mod discovery;
mod faults;
mod laptop;
mod recovery;
mod simulation;
mod tidy;
