//! Pairings and sessions.

pub mod pairings;
pub mod put_out;
pub mod session;
