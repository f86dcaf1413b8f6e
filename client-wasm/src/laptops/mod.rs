//! Laptops: addresses, invitations, what is remembered of them, and what goes over the wire.

pub(crate) mod address;
pub(crate) mod invitation;
pub(crate) mod laptop;
pub(crate) mod paired;
pub(crate) mod transport;
