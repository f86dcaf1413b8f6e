//! The database on its disk: opened, and opened again after the disk failed it.
//!
//! redb takes no more orders after one failed write, be it to a disk that was full for a moment.
//! All that was committed is in the file, so the file is closed and opened again, and only the
//! transaction that failed is gone.

use std::{
    fs::{File, OpenOptions},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use redb::{Builder, Database, StorageBackend, backends::FileBackend};

use crate::{limits, store::error::StoreError};

/// The name of the database in the data directory.
pub const FILE_NAME: &str = "chasqui-1.redb";

/// While it is held, the database is not closed for the sake of less space.
#[derive(Debug, Default)]
pub(in crate::store) struct Reading;

/// The database, if the disk lets it be open.
#[derive(Debug)]
pub(in crate::store) struct Disk {
    database: RwLock<Option<Database>>,
    /// Held by everybody who reads: a database that is closed ends what they read.
    readers: Arc<Reading>,
    /// The file; absent for storage that a test plays, which is opened once.
    path: Option<PathBuf>,
}

impl Disk {
    /// Opens or makes the file at `path`, for this program's user alone.
    pub fn open(path: PathBuf) -> Result<Self, StoreError> {
        let database = open(&path, true)?;
        Ok(Self {
            database: RwLock::new(Some(database)),
            readers: Arc::default(),
            path: Some(path),
        })
    }

    /// Opens a database over any storage.
    pub fn over(backend: impl StorageBackend) -> Result<Self, StoreError> {
        let database = builder().create_with_backend(backend)?;
        Ok(Self { database: RwLock::new(Some(database)), readers: Arc::default(), path: None })
    }

    /// The file, if it is one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// To be held by whoever reads for longer than [`Self::with`].
    pub fn reading(&self) -> Arc<Reading> {
        self.readers.clone()
    }

    /// Puts another file in the place of this one, which is closed, if `accept` finds in it what
    /// was there before; else goes on with this one. `None`, and nothing is done, while somebody
    /// reads.
    pub fn replace<T>(
        &self,
        other: &Path,
        accept: impl FnOnce(&Database) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut held = self.write();
        let path = self.path.as_ref().ok_or(StoreError::Away)?;
        if Arc::strong_count(&self.readers) > 1 {
            return Ok(None);
        }
        *held = None;
        let moved = std::fs::rename(other, path).and_then(|()| {
            // Durable before anything is answered from the new file.
            let directory = path.parent().unwrap_or(path);
            if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
        });
        let database = open(path, false)?;
        let accepted = moved.map_err(StoreError::Directory).and_then(|()| accept(&database));
        *held = Some(database);
        accepted.map(Some)
    }

    /// Does something with the database, which stays open until it is done.
    pub fn with<T>(
        &self,
        act: impl FnOnce(&Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        act(self.read().as_ref().ok_or(StoreError::Away)?)
    }

    /// Whether there is a database to ask.
    pub fn is_open(&self) -> bool {
        self.read().is_some()
    }

    /// Closes the file, and opens it again if `accept` finds in it what was there before.
    ///
    /// A file that is not there is not made: its drive may have been pulled out. Reads that are
    /// under way fail.
    pub fn open_again<T>(
        &self,
        accept: impl FnOnce(&Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut held = self.write();
        let path = self.path.as_ref().ok_or(StoreError::Away)?;
        *held = None;
        let database = open(path, false)?;
        let accepted = accept(&database)?;
        *held = Some(database);
        Ok(accepted)
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Database>> {
        self.database.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Database>> {
        self.database.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the file at `path`, or makes it, for this program's user alone.
pub(in crate::store) fn open(path: &Path, is_made: bool) -> Result<Database, StoreError> {
    let file = open_file(path, is_made).map_err(StoreError::Directory)?;
    Ok(builder().create_with_backend(FileBackend::new(file)?)?)
}

/// The same with little memory, for a file that is read or written once.
pub(in crate::store) fn open_briefly(path: &Path, is_made: bool) -> Result<Database, StoreError> {
    let file = open_file(path, is_made).map_err(StoreError::Directory)?;
    let mut builder = Builder::new();
    builder.set_cache_size(limits::BRIEF_CACHE_BYTES);
    Ok(builder.create_with_backend(FileBackend::new(file)?)?)
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(limits::CACHE_BYTES);
    builder
}

/// Nobody else on the machine has business with what people recorded.
fn open_file(path: &Path, is_made: bool) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(is_made).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
