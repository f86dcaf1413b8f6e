//! The laptop as a whole: the real router over a real store in a temporary directory.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "all of this crate is tests, their set-up included")]

mod app;
mod books;
mod changes;
mod crash;
mod days;
mod flood;
mod import;
mod import_kinds;
mod media;
mod note;
mod notices;
mod observations;
mod packed;
mod pages;
mod phone;
mod protocol;
mod refusals;
mod serving;
mod sync;
