//! When to sync, carrying the conversation out, and what is said of it.

pub(crate) mod conversation;
pub(crate) mod schedule;
pub(crate) mod status;
