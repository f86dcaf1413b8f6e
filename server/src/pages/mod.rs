//! The two pages, carried inside the program: what is in them, what a server must send with them,
//! and a copy for any other web server.

mod copy;
mod dist;
mod headers;

pub use copy::{CopyError, copy_to};
pub use dist::Dist;
pub use headers::{ENGINE_SCRIPT, HEADERS, caching, media_type, security_policy};
