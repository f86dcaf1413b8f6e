//! What the operating system gives: clocks, private files, modes and limits.

pub mod file_modes;
pub mod open_files;
pub mod private_file;
pub mod progress;
pub mod wall_clock;
pub mod zone;
