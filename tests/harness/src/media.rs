//! Files, and the data of stopped laptops.

use std::{fs, path::Path};

use chasqui_server::store::FILE_NAME;
use tempfile::TempDir;

/// The hash that names a file, in hex.
pub fn hash(file: &[u8]) -> String {
    blake3::hash(file).to_string()
}

/// Copies the data of a stopped laptop, as a backup or for another machine.
pub fn copy(directory: &Path) -> TempDir {
    let copied = tempfile::tempdir().unwrap();
    fs::copy(directory.join(FILE_NAME), copied.path().join(FILE_NAME)).unwrap();
    copied
}
