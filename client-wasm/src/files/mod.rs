//! What is said of photos, audio and video: which are here, for which draft, and which laptops have
//! them.

pub(crate) mod held;
pub(crate) mod index;
