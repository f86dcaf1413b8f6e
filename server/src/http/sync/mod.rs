//! What a device asks that syncs.

pub mod conversation;
pub mod events;
pub mod hello;
pub mod readiness;
