//! How much of this laptop one caller has at once.

pub mod listeners;
pub mod places;
