//! A disk in memory that keeps the promises of the real one: all or nothing, and the guard.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    future::pending,
    rc::Rc,
    sync::Arc,
};

use chasqui_shared::ContentHash;

use crate::storage::disk::{Disk, DiskError, Key, Save, Store, Stored, StoredFile};

thread_local! {
    static SILENT_READS: Cell<u32> = const { Cell::new(0) };
}

/// A file in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryFile(pub Arc<[u8]>);

impl MemoryFile {
    /// The next so many reads of files on this thread are never answered.
    pub fn silence_reads(count: u32) {
        SILENT_READS.set(count);
    }
}

impl StoredFile for MemoryFile {
    fn bytes(&self) -> u64 {
        self.0.len() as u64
    }

    fn slice(&self, from: u64, until: u64) -> Result<Self, DiskError> {
        let clamp = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(self.0.len());
        Ok(Self(self.0.get(clamp(from)..clamp(until)).unwrap_or_default().into()))
    }

    async fn read(&self) -> Result<Vec<u8>, DiskError> {
        if let Some(fewer) = SILENT_READS.get().checked_sub(1) {
            SILENT_READS.set(fewer);
            pending::<()>().await;
        }
        Ok(self.0.to_vec())
    }

    fn join(parts: &[Self], _: &str) -> Result<Self, DiskError> {
        let bytes: Vec<_> = parts.iter().flat_map(|part| part.0.iter().copied()).collect();
        Ok(Self(bytes.into()))
    }
}

/// Storage that several engines of a test may share. Clones are the same storage.
#[derive(Clone, Debug, Default)]
pub struct MemoryDisk {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Clone, Debug, Default)]
struct Inner {
    values: BTreeMap<(Store, Key), Vec<u8>>,
    files: BTreeMap<ContentHash, MemoryFile>,
    previews: Vec<(ContentHash, MemoryFile)>,
    saves: u64,
    loads: u64,
    failure: Option<DiskError>,
    load_failure: Option<DiskError>,
    silent: bool,
}

impl MemoryDisk {
    /// Whether nothing is answered from now on, neither with a value nor with a failure.
    pub fn set_silent(&self, silent: bool) {
        self.inner.borrow_mut().silent = silent;
    }

    async fn answers(&self) {
        let silent = self.inner.borrow().silent;
        if silent {
            pending::<()>().await;
        }
    }

    /// Lets the next save fail, and save nothing.
    pub fn fail_next(&self, failure: DiskError) {
        self.inner.borrow_mut().failure = Some(failure);
    }

    /// Lets every load fail from now on, or none.
    pub fn fail_loads(&self, failure: Option<DiskError>) {
        self.inner.borrow_mut().load_failure = failure;
    }

    /// Number of times that everything was read.
    pub fn loads(&self) -> u64 {
        self.inner.borrow().loads
    }

    /// Number of transactions that were carried out.
    pub fn saves(&self) -> u64 {
        self.inner.borrow().saves
    }

    /// The same storage as it is now, going its own way from here on.
    pub fn copied(&self) -> Self {
        Self { inner: Rc::new(RefCell::new(self.inner.borrow().clone())) }
    }

    /// Puts a value past every rule, as damage or a leftover would.
    pub fn plant(&self, store: Store, key: Key, bytes: Vec<u8>) {
        self.inner.borrow_mut().values.insert((store, key), bytes);
    }

    /// Takes a value away past every rule.
    pub fn remove(&self, store: Store, key: &Key) {
        self.inner.borrow_mut().values.remove(&(store, key.clone()));
    }

    /// The files that are here.
    pub fn files(&self) -> Vec<ContentHash> {
        self.inner.borrow().files.keys().copied().collect()
    }

    /// Takes a file away past every rule.
    pub fn remove_file(&self, hash: ContentHash) {
        self.inner.borrow_mut().files.remove(&hash);
    }

    /// Puts other bytes in the place of a file, as a failing flash would.
    pub fn damage_file(&self, hash: ContentHash, bytes: &[u8]) {
        self.inner.borrow_mut().files.insert(hash, MemoryFile(bytes.into()));
    }

    /// The files of which a preview is here, oldest first.
    pub fn previews(&self) -> Vec<ContentHash> {
        self.inner.borrow().previews.iter().map(|(hash, _)| *hash).collect()
    }

    /// The keys of the rows of entries.
    pub fn rows(&self) -> Vec<Key> {
        let inner = self.inner.borrow();
        let keys = inner.values.keys().filter(|(store, _)| *store == Store::Entries);
        keys.map(|(_, key)| key.clone()).collect()
    }
}

impl Disk for MemoryDisk {
    type File = MemoryFile;

    async fn load(&self) -> Result<Stored, DiskError> {
        self.answers().await;
        let mut inner = self.inner.borrow_mut();
        inner.loads += 1;
        if let Some(failure) = inner.load_failure.clone() {
            return Err(failure);
        }
        let values = inner.values.iter();
        Ok(Stored {
            values: values.map(|((s, k), bytes)| (*s, k.clone(), bytes.clone())).collect(),
        })
    }

    async fn save(&self, save: Save) -> Result<(), DiskError> {
        self.answers().await;
        self.inner.borrow_mut().transact(save, None)
    }

    async fn keep(
        &self,
        save: Save,
        hash: ContentHash,
        file: &MemoryFile,
    ) -> Result<(), DiskError> {
        self.answers().await;
        self.inner.borrow_mut().transact(save, Some((hash, file.clone())))
    }

    async fn file(&self, hash: ContentHash) -> Result<Option<MemoryFile>, DiskError> {
        self.answers().await;
        Ok(self.inner.borrow().files.get(&hash).cloned())
    }

    async fn preview(&self, hash: ContentHash) -> Result<Option<MemoryFile>, DiskError> {
        self.answers().await;
        let inner = self.inner.borrow();
        let kept = inner.previews.iter().find(|(kept, _)| *kept == hash);
        Ok(kept.map(|(_, preview)| preview.clone()))
    }

    async fn keep_preview(
        &self,
        hash: ContentHash,
        preview: &MemoryFile,
        count_max: usize,
    ) -> Result<(), DiskError> {
        self.answers().await;
        let previews = &mut self.inner.borrow_mut().previews;
        previews.retain(|(kept, _)| *kept != hash);
        previews.push((hash, preview.clone()));
        let leave = previews.len().saturating_sub(count_max);
        previews.drain(..leave);
        Ok(())
    }
}

impl Inner {
    fn transact(
        &mut self,
        save: Save,
        file: Option<(ContentHash, MemoryFile)>,
    ) -> Result<(), DiskError> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let guard = (Store::Meta, Key::name(Save::GUARD));
        if self.values.get(&guard) != save.expected.as_ref() {
            return Err(DiskError::Moved);
        }
        if !save.files_needed.iter().all(|hash| self.files.contains_key(hash)) {
            return Err(DiskError::FileMissing);
        }
        self.values.insert(guard, save.guard);
        for (store, key, bytes) in save.puts {
            self.values.insert((store, key), bytes);
        }
        for key in save.deletes {
            self.values.remove(&(key.deleted_from(), key));
        }
        for hash in save.files_dropped {
            self.files.remove(&hash);
        }
        self.files.extend(file);
        self.saves += 1;
        Ok(())
    }
}
