//! The two pages, carried inside the program: what is in them, what a server must send with them, and a copy for any
//! other web server.

mod copy;
mod headers;

pub use copy::{CopyError, copy_to};
pub use headers::{ENGINE_SCRIPT, HEADERS, caching, media_type, security_policy};

use rust_embed::RustEmbed;

/// The files of the pages by their paths; empty in a program that was built without them.
#[derive(RustEmbed)]
#[folder = "../www/dist"]
#[allow_missing = true]
pub struct Dist;
