//! A row as an observation.

pub mod categories;
pub mod content_hash;
pub mod feature;
pub mod intake;
pub mod placing;
pub mod reading;
pub mod row;
pub mod rows_seen;
