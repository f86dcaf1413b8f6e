//! What the columns of a file hold.

pub mod evidence;
pub mod identity;
pub mod meant;
pub mod names;
pub mod plan;
pub mod raw;
