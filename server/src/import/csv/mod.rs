//! CSV files.

pub mod csv_rows;
pub mod dialect;
pub mod record;
