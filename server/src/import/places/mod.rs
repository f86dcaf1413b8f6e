//! Places as people write them.

pub mod degrees;
pub mod pair;
pub mod region;
pub mod utm;
