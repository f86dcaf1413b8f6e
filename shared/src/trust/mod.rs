//! Who belongs to a project, and how a device and a laptop come to trust each other.
//!
//! Nothing here draws random numbers or reads a clock; codes, nonces and tokens come in as values.

mod code;
mod hello;
mod pairing;
mod readiness;
#[cfg(test)]
mod tests;

pub use code::PairingCode;
pub use hello::Hello;
pub use pairing::{PairingLink, PairingRequest, PairingResponse};
pub use readiness::{Check, Readiness};
