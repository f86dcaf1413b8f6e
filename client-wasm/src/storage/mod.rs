//! What is durable on the phone: rows, their keys, and the disk below them.

pub(crate) mod disk;
pub(crate) mod fold;
pub(crate) mod memory;
pub(crate) mod row;
