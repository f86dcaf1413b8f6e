//! Files that are whole, each named by the hash of what is in it: `blobs/ab/abcd…`. One that was found damaged stands
//! aside in `damaged/abcd…` until it comes again.
//!
//! The time of a file on the disk is when it came, or when a device was last told that it is here; see `orphans`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::{Duration, SystemTime},
};

use chasqui_shared::ContentHash;
use tokio::sync::watch;

use super::{is_missing, make_directory, sync_directory};
use crate::limits;

/// The files, and which there are.
#[derive(Debug)]
pub struct Blobs {
    directory: PathBuf,
    damaged_directory: PathBuf,
    held: RwLock<BTreeMap<ContentHash, Held>>,
    damaged: RwLock<BTreeSet<ContentHash>>,
    /// Held by whoever moves or removes a file, from before it looks until what it did is known to all.
    moving: Mutex<()>,
    /// Counts what came, was set aside or was removed.
    changes: watch::Sender<u64>,
}

/// What is known of a file that is here.
#[derive(Clone, Copy, Debug)]
struct Held {
    bytes: u64,
    /// When it came, or when somebody was last told that it is here; to within [`limits::ACKNOWLEDGED_TIME`].
    acknowledged_at: SystemTime,
}

impl Blobs {
    /// Reads which files there are, by their names, sizes and times alone, in `blobs` and `damaged` below `directory`.
    pub fn open(directory: &Path) -> io::Result<Self> {
        let (damaged_directory, directory) = (directory.join("damaged"), directory.join("blobs"));
        let mut held = BTreeMap::new();
        let mut damaged = BTreeSet::new();
        for shelf in entries(&directory)? {
            let shelf = shelf?.path();
            if !shelf.is_dir() {
                continue;
            }
            for file in fs::read_dir(shelf)? {
                let file = file?;
                let Some(hash) = hash_of(&file) else { continue };
                let about = file.metadata()?;
                let acknowledged_at = about.modified()?;
                held.insert(hash, Held { bytes: about.len(), acknowledged_at });
            }
        }
        for file in entries(&damaged_directory)? {
            let file = file?;
            match hash_of(&file) {
                // It came again, and then the power went.
                Some(hash) if held.contains_key(&hash) => fs::remove_file(file.path())?,
                Some(hash) => drop(damaged.insert(hash)),
                None => {}
            }
        }
        let (held, damaged) = (RwLock::new(held), RwLock::new(damaged));
        let (moving, changes) = (Mutex::new(()), watch::Sender::new(0));
        Ok(Self { directory, damaged_directory, held, damaged, moving, changes })
    }

    /// Whether the file is here.
    pub fn holds(&self, hash: ContentHash) -> bool {
        self.held().contains_key(&hash)
    }

    /// Bytes of the file, if it is here.
    pub fn bytes_of(&self, hash: ContentHash) -> Option<u64> {
        self.held().get(&hash).map(|held| held.bytes)
    }

    /// The files that are here, ascending.
    pub fn here(&self) -> impl Iterator<Item = ContentHash> + use<> {
        self.held().keys().copied().collect::<Vec<_>>().into_iter()
    }

    /// The files that stand aside and did not come again, ascending.
    pub fn damaged(&self) -> Vec<ContentHash> {
        self.aside().iter().copied().collect()
    }

    /// Counts what came, was set aside or was removed; told at once.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// How often something came, was set aside or was removed since the start.
    pub fn changes(&self) -> u64 {
        *self.changes.borrow()
    }

    /// Where the file is, or would be.
    pub fn path(&self, hash: ContentHash) -> PathBuf {
        let name = hash.to_string();
        self.directory.join(&name[..2]).join(name)
    }

    /// Whether the file is here, for one who may rely on it from now on: it stays for its time of grace at least.
    pub fn acknowledge(&self, hash: ContentHash, now: SystemTime) -> bool {
        match self.held().get(&hash) {
            None => return false,
            Some(held) if held.is_fresh(now) => return true,
            Some(_) => {}
        }
        match self.held_mut().get_mut(&hash) {
            Some(held) => held.acknowledged_at = now,
            None => return false,
        }
        let path = self.path(hash);
        let marked =
            File::options().write(true).open(&path).and_then(|file| file.set_modified(now));
        if let Err(error) = marked {
            tracing::warn!(%error, ?path, "when a file was asked for cannot be written down");
        }
        true
    }

    /// Moves a durable file with this hash to where it belongs, durably.
    pub fn adopt(&self, file: &Path, hash: ContentHash, now: SystemTime) -> io::Result<()> {
        let _alone = self.alone();
        if self.acknowledge(hash, now) {
            return fs::remove_file(file);
        }
        let (path, bytes) = (self.path(hash), fs::metadata(file)?.len());
        if let Some(shelf) = path.parent() {
            if !shelf.is_dir() {
                make_directory(shelf)?;
                sync_directory(&self.directory)?;
                self.directory.parent().map_or(Ok(()), sync_directory)?;
            }
            fs::rename(file, &path)?;
            sync_directory(shelf)?;
        }
        self.held_mut().insert(hash, Held { bytes, acknowledged_at: now });
        let was_damaged = self.aside_mut().remove(&hash);
        self.changed();
        let damaged = self.damaged_directory.join(hash.to_string());
        // The file is here all the same; what is left aside goes with the next start.
        if was_damaged && let Err(error) = fs::remove_file(&damaged) {
            tracing::warn!(%error, ?damaged, "a damaged file stays, although it came again");
        }
        Ok(())
    }

    /// Moves a file that is not what its name says out of the way; it is not here from now on.
    pub fn set_aside(&self, hash: ContentHash) -> io::Result<()> {
        let _alone = self.alone();
        if self.held_mut().remove(&hash).is_none() {
            return Ok(());
        }
        self.aside_mut().insert(hash);
        self.changed();
        let path = self.path(hash);
        make_directory(&self.damaged_directory)?;
        fs::rename(&path, self.damaged_directory.join(hash.to_string()))?;
        sync_directory(&self.damaged_directory)?;
        path.parent().map_or(Ok(()), sync_directory)
    }

    /// Counts a file as not here, because it is gone from the disk.
    pub fn forget(&self, hash: ContentHash) {
        let _alone = self.alone();
        if !self.path(hash).exists() && self.held_mut().remove(&hash).is_some() {
            self.changed();
        }
    }

    /// The files of which nobody was told for [`limits::ORPHAN_KEPT_TIME`], ascending.
    pub fn forgotten(&self, now: SystemTime) -> Vec<ContentHash> {
        let held = self.held();
        held.iter().filter(|(_, held)| held.is_forgotten(now)).map(|(&hash, _)| hash).collect()
    }

    /// Removes a file of which nobody was told for that time; whether it did.
    pub fn remove_forgotten(&self, hash: ContentHash, now: SystemTime) -> io::Result<bool> {
        let _alone = self.alone();
        {
            let mut held = self.held_mut();
            if !held.get(&hash).is_some_and(|held| held.is_forgotten(now)) {
                return Ok(false);
            }
            held.remove(&hash);
        }
        self.changed();
        fs::remove_file(self.path(hash))?;
        Ok(true)
    }

    fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    fn alone(&self) -> MutexGuard<'_, ()> {
        self.moving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> RwLockReadGuard<'_, BTreeMap<ContentHash, Held>> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn held_mut(&self) -> RwLockWriteGuard<'_, BTreeMap<ContentHash, Held>> {
        self.held.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn aside(&self) -> RwLockReadGuard<'_, BTreeSet<ContentHash>> {
        self.damaged.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn aside_mut(&self) -> RwLockWriteGuard<'_, BTreeSet<ContentHash>> {
        self.damaged.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Whether nothing is gained by writing down a later time.
    fn is_fresh(&self, now: SystemTime) -> bool {
        self.age(now) < limits::ACKNOWLEDGED_TIME
    }

    fn is_forgotten(&self, now: SystemTime) -> bool {
        self.age(now) >= limits::ORPHAN_KEPT_TIME
    }

    /// A clock that went back makes nothing old.
    fn age(&self, now: SystemTime) -> Duration {
        now.duration_since(self.acknowledged_at).unwrap_or_default()
    }
}

fn entries(directory: &Path) -> io::Result<impl Iterator<Item = io::Result<fs::DirEntry>>> {
    let read = fs::read_dir(directory);
    let found = if is_missing(&read) { None } else { Some(read?) };
    Ok(found.into_iter().flatten())
}

fn hash_of(file: &fs::DirEntry) -> Option<ContentHash> {
    file.file_name().to_str().and_then(ContentHash::from_hex)
}

#[cfg(test)]
mod tests;
