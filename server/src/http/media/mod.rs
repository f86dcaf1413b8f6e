//! Files: sent, asked for, shown.

pub mod download;
pub mod held;
pub mod previews;
pub mod tus;
