//! A row as an observation.

pub mod categories;
pub mod feature;
pub mod intake;
pub mod reading;
pub mod row;
pub mod rows_seen;
