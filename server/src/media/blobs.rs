//! Files that are whole, each named by the hash of what is in it: `blobs/ab/abcd…`.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use chasqui_shared::ContentHash;

use super::{is_missing, make_directory, sync_directory};

/// The files, and which there are.
#[derive(Debug)]
pub struct Blobs {
    directory: PathBuf,
    held: RwLock<HashSet<ContentHash>>,
}

impl Blobs {
    /// Reads which files there are, by their names alone.
    pub fn open(directory: PathBuf) -> io::Result<Self> {
        let mut held = HashSet::new();
        let shelves = fs::read_dir(&directory);
        if !is_missing(&shelves) {
            for shelf in shelves? {
                let shelf = shelf?.path();
                if !shelf.is_dir() {
                    continue;
                }
                for file in fs::read_dir(shelf)? {
                    let name = file?.file_name();
                    held.extend(name.to_str().and_then(ContentHash::from_hex));
                }
            }
        }
        Ok(Self { directory, held: RwLock::new(held) })
    }

    /// Whether the file is here.
    pub fn holds(&self, hash: ContentHash) -> bool {
        self.held.read().unwrap_or_else(PoisonError::into_inner).contains(&hash)
    }

    /// Where the file is, or would be.
    pub fn path(&self, hash: ContentHash) -> PathBuf {
        let name = hash.to_string();
        self.directory.join(&name[..2]).join(name)
    }

    /// Moves a durable file with this hash to where it belongs, durably.
    pub fn adopt(&self, file: &Path, hash: ContentHash) -> io::Result<()> {
        let path = self.path(hash);
        if self.holds(hash) {
            return fs::remove_file(file);
        }
        if let Some(shelf) = path.parent() {
            if !shelf.is_dir() {
                make_directory(shelf)?;
                sync_directory(&self.directory)?;
                self.directory.parent().map_or(Ok(()), sync_directory)?;
            }
            fs::rename(file, &path)?;
            sync_directory(shelf)?;
        }
        self.held.write().unwrap_or_else(PoisonError::into_inner).insert(hash);
        Ok(())
    }
}
