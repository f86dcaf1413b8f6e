//! Who gets in at a laptop, how, and what they may do there: the real server over real sockets.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "all of this crate is tests, their set-up included")]

mod clock;
mod custody;
mod device;
mod devices;
mod elsewhere;
mod laptop;
mod laptops;
mod line;
mod members;
mod origins;
mod pairing;
mod put_out;
mod readiness;
mod routes;
mod sessions;
mod strangers;
