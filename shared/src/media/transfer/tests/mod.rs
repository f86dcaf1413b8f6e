//! Transfers over a network that cuts, reorders and repeats, to a peer that refuses and restarts,
//! in virtual time.

mod ends;
mod faults;
mod properties;
mod rules;
mod world;
