//! The files that are whole, and what is known of each.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::{Duration, SystemTime},
};

use chasqui_shared::ContentHash;
use tokio::sync::watch;

use crate::{
    limits,
    media::directory::{is_missing, make_directory, sync_directory},
    store::Recent,
};

/// The files, and which there are.
#[derive(Debug)]
pub struct Blobs {
    pub(in crate::media::blobs) directory: PathBuf,
    pub(in crate::media::blobs) damaged_directory: PathBuf,
    pub(in crate::media::blobs) removed_directory: PathBuf,
    /// Names files that are not to be told of before they were hashed.
    pub(in crate::media::blobs) doubted_directory: PathBuf,
    pub(in crate::media::blobs) held: RwLock<BTreeMap<ContentHash, Held>>,
    pub(in crate::media::blobs) damaged: RwLock<BTreeSet<ContentHash>>,
    pub(in crate::media::blobs) removed: RwLock<BTreeSet<ContentHash>>,
    /// Those that came since they were last taken; see [`Self::take_newcomers`].
    pub(in crate::media::blobs) newcomers: Mutex<BTreeSet<ContentHash>>,
    /// Held by whoever moves or removes a file, from before it looks until what it did is known to
    /// all.
    pub(in crate::media::blobs) moving: Mutex<()>,
    /// Counts what came, was set aside or was removed.
    pub(in crate::media::blobs) changes: watch::Sender<u64>,
    /// What came, was set aside or was removed.
    pub(in crate::media::blobs) recent: Recent<ContentHash>,
}

/// What is known of a file that is here.
#[derive(Clone, Copy, Debug)]
pub(in crate::media::blobs) struct Held {
    pub(in crate::media::blobs) bytes: u64,
    /// When it came, or when somebody was last told that it is here; to within
    /// [`limits::ACKNOWLEDGED_TIME`]. As the disk says it.
    pub(in crate::media::blobs) acknowledged_at: SystemTime,
    /// When all of it was last hashed by this program, if it was.
    pub(in crate::media::blobs) hashed_at: Option<SystemTime>,
    /// Whether reading it failed since, or hashing it gave something else.
    pub(in crate::media::blobs) is_doubted: bool,
}

impl Blobs {
    /// Reads which files there are, by their names, sizes and times alone, in `blobs`, `damaged`
    /// and `removed` below `directory`. Removes nothing.
    pub fn open(directory: &Path) -> io::Result<Self> {
        let [damaged_directory, removed_directory, doubted_directory, directory] =
            ["damaged", "removed", "doubted", "blobs"].map(|name| directory.join(name));
        let mut held = BTreeMap::new();
        for shelf in entries(&directory)? {
            let shelf = shelf?.path();
            if !shelf.is_dir() {
                continue;
            }
            for file in fs::read_dir(shelf)? {
                let file = file?;
                let Some(hash) = hash_of(&file) else { continue };
                held.insert(hash, Held::read(&file.metadata()?, None)?);
            }
        }
        for file in entries(&doubted_directory)? {
            if let Some(held) = hash_of(&file?).and_then(|hash| held.get_mut(&hash)) {
                held.is_doubted = true;
            }
        }
        // One that stands aside as well came again, or was brought back, and then the power went.
        let aside = |directory: &Path| {
            let mut aside = BTreeSet::new();
            for file in entries(directory)? {
                aside.extend(hash_of(&file?).filter(|hash| !held.contains_key(hash)));
            }
            io::Result::Ok(aside)
        };
        let damaged = RwLock::new(aside(&damaged_directory)?);
        let removed = RwLock::new(aside(&removed_directory)?);
        Ok(Self {
            directory,
            damaged_directory,
            removed_directory,
            doubted_directory,
            held: RwLock::new(held),
            damaged,
            removed,
            newcomers: Mutex::default(),
            moving: Mutex::new(()),
            changes: watch::Sender::new(0),
            recent: Recent::new(),
        })
    }

    /// Whether the file was here when it was last looked at; see [`Self::look`].
    pub fn holds(&self, hash: ContentHash) -> bool {
        self.bytes_of(hash).is_some()
    }

    /// Bytes of the file, if it was here when it was last looked at.
    pub fn bytes_of(&self, hash: ContentHash) -> Option<u64> {
        self.held().get(&hash).filter(|held| !held.is_doubted).map(|held| held.bytes)
    }

    /// The files that were here when they were last looked at, those too of which reading failed;
    /// ascending.
    pub fn here(&self) -> impl Iterator<Item = ContentHash> + use<> {
        self.held().keys().copied().collect::<Vec<_>>().into_iter()
    }

    /// The files that came since this was last asked, ascending; those that were here at the start
    /// are not among them.
    pub fn take_newcomers(&self) -> BTreeSet<ContentHash> {
        std::mem::take(&mut self.newcomers.lock().unwrap_or_else(PoisonError::into_inner))
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

    /// What came, was set aside or was removed since the start. Whoever looks later sees it.
    pub(crate) fn recent(&self) -> &Recent<ContentHash> {
        &self.recent
    }

    /// Where the file is, or would be.
    pub fn path(&self, hash: ContentHash) -> PathBuf {
        let name = hash.to_string();
        self.directory.join(&name[..2]).join(name)
    }

    /// Moves a durable file with this hash, which was hashed just now, to where it belongs,
    /// durably.
    pub fn adopt(&self, file: &Path, hash: ContentHash, now: SystemTime) -> io::Result<()> {
        if self.acknowledge(hash, now) {
            return fs::remove_file(file);
        }
        let _alone = self.alone();
        fs::File::options().write(true).open(file)?.set_modified(now)?;
        let path = self.path(hash);
        if let Some(shelf) = path.parent() {
            if !shelf.is_dir() {
                make_directory(shelf)?;
                sync_directory(&self.directory)?;
                self.directory.parent().map_or(Ok(()), sync_directory)?;
            }
            fs::rename(file, &path)?;
            sync_directory(shelf)?;
        }
        self.held_mut().insert(hash, Held::read(&fs::metadata(&path)?, Some(now))?);
        self.newcomers.lock().unwrap_or_else(PoisonError::into_inner).insert(hash);
        self.aside_mut().remove(&hash);
        self.removed_mut().remove(&hash);
        self.changed(hash);
        self.clear_aside(hash);
        Ok(())
    }

    /// Removes what stands aside of a file that is here, and was hashed here, and what is said
    /// against it. What cannot be removed does no harm.
    pub(in crate::media::blobs) fn clear_aside(&self, hash: ContentHash) {
        let aside = [&self.damaged_directory, &self.removed_directory, &self.doubted_directory];
        for directory in aside {
            let path = directory.join(hash.to_string());
            let removed = fs::remove_file(&path);
            if let Err(error) = &removed
                && !is_missing(&removed)
            {
                tracing::warn!(%error, ?path, "a file stays aside, although it is here");
            }
        }
    }

    /// Moves a file that is not what its name says out of the way; it is not here from now on.
    pub fn set_aside(&self, hash: ContentHash) -> io::Result<()> {
        let _alone = self.alone();
        if self.held_mut().remove(&hash).is_none() {
            return Ok(());
        }
        self.aside_mut().insert(hash);
        self.changed(hash);
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
            self.changed(hash);
        }
    }

    /// The files of which nobody was told for [`limits::ORPHAN_KEPT_TIME`], ascending.
    pub fn forgotten(&self, now: SystemTime) -> Vec<ContentHash> {
        let held = self.held();
        held.iter().filter(|(_, held)| held.is_forgotten(now)).map(|(&hash, _)| hash).collect()
    }

    pub(in crate::media::blobs) fn changed(&self, hash: ContentHash) {
        self.recent.extend([hash]);
        self.changes.send_modify(|count| *count += 1);
    }

    pub(in crate::media::blobs) fn alone(&self) -> MutexGuard<'_, ()> {
        self.moving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::media::blobs) fn held(&self) -> RwLockReadGuard<'_, BTreeMap<ContentHash, Held>> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::media::blobs) fn held_mut(
        &self,
    ) -> RwLockWriteGuard<'_, BTreeMap<ContentHash, Held>> {
        self.held.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn aside(&self) -> RwLockReadGuard<'_, BTreeSet<ContentHash>> {
        self.damaged.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::media::blobs) fn removed(&self) -> RwLockReadGuard<'_, BTreeSet<ContentHash>> {
        self.removed.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::media::blobs) fn removed_mut(
        &self,
    ) -> RwLockWriteGuard<'_, BTreeSet<ContentHash>> {
        self.removed.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn aside_mut(&self) -> RwLockWriteGuard<'_, BTreeSet<ContentHash>> {
        self.damaged.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// What the disk says of a file.
    pub(in crate::media::blobs) fn read(
        about: &fs::Metadata,
        hashed_at: Option<SystemTime>,
    ) -> io::Result<Self> {
        let acknowledged_at = about.modified()?;
        Ok(Self { bytes: about.len(), acknowledged_at, hashed_at, is_doubted: false })
    }

    /// Whether nothing is gained by writing down a later time.
    pub(in crate::media::blobs) fn is_fresh(&self, now: SystemTime) -> bool {
        self.age(now) < limits::ACKNOWLEDGED_TIME
    }

    pub(in crate::media::blobs) fn is_forgotten(&self, now: SystemTime) -> bool {
        self.age(now) >= limits::ORPHAN_KEPT_TIME
    }

    /// Whether all of it was hashed within [`limits::HASHED_TIME`]; a clock that moved is no proof.
    pub(in crate::media::blobs) fn is_hashed(&self, now: SystemTime) -> bool {
        let age = self.hashed_at.and_then(|at| now.duration_since(at).ok());
        age.is_some_and(|age| age < limits::HASHED_TIME)
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
