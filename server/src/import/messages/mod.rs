//! What an import says of a file and its rows.

pub mod code;
pub mod note;
pub mod position;
pub mod refusal;
pub mod report;
pub mod told;
pub mod words;
