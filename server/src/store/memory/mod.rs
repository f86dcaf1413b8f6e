//! What is kept in memory beside the tables.

pub mod committed;
pub mod inner;
pub mod moves;
pub mod recent;
