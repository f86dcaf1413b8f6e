//! The database file: its tables, how it is opened, and rows in less space.

pub mod aside;
pub mod compression;
pub mod disk;
pub mod tables;
