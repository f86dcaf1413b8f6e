//! Days and times as people write them.

pub mod clock;
pub mod date;
pub mod day;
pub mod order;
