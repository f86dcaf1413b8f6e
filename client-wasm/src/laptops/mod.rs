//! The laptops: where they are, pairing, and what goes over the wire.

pub(crate) mod address;
pub(crate) mod clocks;
pub(crate) mod invitation;
pub(crate) mod laptop;
pub(crate) mod paired;
pub(crate) mod pairing;
pub(crate) mod reach;
pub(crate) mod readiness;
pub(crate) mod transport;
