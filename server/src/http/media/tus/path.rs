//! Which paths are of uploads.

use chasqui_shared::tus::{PATH, UPLOADS};

/// Whether requests to this path carry files, which go to the disk as they come.
pub fn is_of_uploads(path: &str) -> bool {
    path == PATH || path.starts_with(UPLOADS)
}
