//! The log inside one write transaction.

mod seen;
mod transaction;
mod written;

pub use transaction::WriteLog;
