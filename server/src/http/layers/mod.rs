//! What every request passes before its handler.

pub mod admission;
pub mod asked;
pub mod cors;
pub mod guard;
pub mod plain;
pub mod under_way;
