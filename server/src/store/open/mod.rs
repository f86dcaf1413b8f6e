//! What a file says when it is opened, and a file begun, joined or packed.

pub mod beginning;
pub mod identity;
pub mod packing;
pub mod state;
