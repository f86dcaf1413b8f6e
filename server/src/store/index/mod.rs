//! Tables that are computed from the entries: the list, the names of files, the sums.

pub mod counts;
pub mod derived;
pub mod named_media;
pub mod search;
pub mod shown;
