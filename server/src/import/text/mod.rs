//! The text of a file: its encoding and its lines.

pub mod lines;
pub mod survey;
pub mod utf16;
