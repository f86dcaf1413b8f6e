//! The one thread that writes, and what ends each of its transactions.

pub mod finalize;
pub mod sweep;
pub mod writer;
