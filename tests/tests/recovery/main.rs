//! What goes wrong in the field, on real laptops: the server with its sockets, redb on a disk, and phones with the shared
//! log. One test for each row of the table of failures, then meetings of laptops and damaged stores.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "all of this crate is tests, their set-up included")]

mod beginning;
mod damage;
mod derived;
mod files;
mod flips;
mod laptop;
mod meetings;
mod phone;
mod table;
