//! What every request passes before its handler.

pub mod admission;
pub mod bodies;
pub mod cors;
pub mod guard;
pub mod plain;
pub mod request_origin;
pub mod under_way;
