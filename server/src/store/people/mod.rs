//! Devices and laptops: who is paired, who was met, and what a manager should know.

pub mod notices;
pub mod pairings;
pub mod peers;
