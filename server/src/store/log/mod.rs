//! The log in the tables: one view that reads, one that writes, and the rows under both.

pub mod quarantine_usage;
pub mod read_log;
pub mod rows;
pub mod stored_entry;
pub mod write_log;
