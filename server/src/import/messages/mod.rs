//! What an import says of a file and its rows.

pub mod code;
pub mod position;
pub mod report;
pub mod told;
pub mod words;
