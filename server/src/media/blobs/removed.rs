//! Files that were removed, and are not gone yet: they stand in `removed` for their time, and come
//! back when somebody asks for them or a record names them.

use std::{fs, io, time::SystemTime};

use chasqui_shared::ContentHash;

use super::blob_files::Blobs;
use crate::{
    limits,
    media::directory::{make_directory, sync_directory},
};

impl Blobs {
    /// The files that were removed and are not gone, ascending.
    pub fn removed_files(&self) -> Vec<ContentHash> {
        self.removed().iter().copied().collect()
    }

    /// Moves a file out of the way of which nobody was told for [`limits::ORPHAN_KEPT_TIME`];
    /// whether it did.
    pub fn remove(&self, hash: ContentHash, now: SystemTime) -> io::Result<bool> {
        let _alone = self.alone();
        if !self.held().get(&hash).is_some_and(|held| held.is_forgotten(now)) {
            return Ok(false);
        }
        let (path, aside) = (self.path(hash), self.removed_directory.join(hash.to_string()));
        make_directory(&self.removed_directory)?;
        // From now on its time is when it was removed.
        fs::File::options().write(true).open(&path)?.set_modified(now)?;
        fs::rename(&path, aside)?;
        self.held_mut().remove(&hash);
        self.removed_mut().insert(hash);
        self.changed(hash);
        sync_directory(&self.removed_directory)?;
        path.parent().map_or(Ok(()), sync_directory)?;
        Ok(true)
    }

    /// Puts a file that was removed where it was, if hashing it says that it is whole; whether it
    /// is here now.
    pub fn bring_back(&self, hash: ContentHash, now: SystemTime) -> bool {
        if !self.removed().contains(&hash) {
            return false;
        }
        if let Err(error) = self.put_back(hash) {
            tracing::error!(%error, %hash, "a file that was removed could not be brought back");
            return false;
        }
        matches!(self.hash_again(hash, now), Ok(Some(_)))
    }

    fn put_back(&self, hash: ContentHash) -> io::Result<()> {
        let _alone = self.alone();
        if !self.removed_mut().remove(&hash) {
            return Ok(());
        }
        let (path, aside) = (self.path(hash), self.removed_directory.join(hash.to_string()));
        let moved = path.parent().map_or(Ok(()), make_directory).and_then(|()| {
            fs::rename(&aside, &path)?;
            path.parent().map_or(Ok(()), sync_directory)?;
            sync_directory(&self.removed_directory)
        });
        if moved.is_err() && aside.exists() {
            self.removed_mut().insert(hash);
        }
        moved
    }

    /// Deletes a file that was removed [`limits::REMOVED_KEPT_TIME`] ago; whether it did.
    pub fn delete_removed(&self, hash: ContentHash, now: SystemTime) -> io::Result<bool> {
        let _alone = self.alone();
        let aside = self.removed_directory.join(hash.to_string());
        let since = fs::metadata(&aside)?.modified()?;
        let age = now.duration_since(since).unwrap_or_default();
        if age < limits::REMOVED_KEPT_TIME || !self.removed_mut().remove(&hash) {
            return Ok(false);
        }
        fs::remove_file(aside)?;
        Ok(true)
    }
}
