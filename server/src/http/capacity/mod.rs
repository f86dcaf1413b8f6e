//! How much of this laptop one caller has at once.

pub mod bodies;
pub mod listeners;
pub mod places;
