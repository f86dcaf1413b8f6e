//! Whether a data directory belongs to a laptop whose database is lost: a new project must not
//! begin in it unasked.

use std::{fs, io, path::Path};

use crate::store::file::disk::FILE_NAME;

/// What a laptop leaves in its directory beside the database once it served: its keys, and the
/// files of its records.
const LEFT: [&str; 3] = ["manager.key", "authority-key.pem", "media/blobs"];

/// Whether keys or files of a laptop are there.
pub(in crate::store) fn is_of_laptop(directory: &Path) -> io::Result<bool> {
    for name in LEFT {
        let path = directory.join(name);
        let about = match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            about => about?,
        };
        if !about.is_dir() || fs::read_dir(&path)?.next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the database is not there, or has no byte.
pub(in crate::store) fn is_without_database(directory: &Path) -> bool {
    fs::metadata(directory.join(FILE_NAME)).map_or(true, |about| about.len() == 0)
}
