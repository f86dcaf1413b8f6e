//! The database file: its tables, how it is opened, and rows in less space.

pub mod compression;
pub mod disk;
pub mod overlay;
pub mod tables;
