//! A disk in memory that keeps the promises of the real one: all or nothing, and the guard.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use crate::disk::{Disk, DiskError, Key, Save, Store, Stored};

/// Storage that several engines of a test may share. Clones are the same storage.
#[derive(Clone, Debug, Default)]
pub struct MemoryDisk {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Clone, Debug, Default)]
struct Inner {
    values: BTreeMap<(Store, Key), Vec<u8>>,
    saves: u64,
    loads: u64,
    failure: Option<DiskError>,
    load_failure: Option<DiskError>,
}

impl MemoryDisk {
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

    /// The keys of the rows of entries.
    pub fn rows(&self) -> Vec<Key> {
        let inner = self.inner.borrow();
        let keys = inner.values.keys().filter(|(store, _)| *store == Store::Entries);
        keys.map(|(_, key)| key.clone()).collect()
    }
}

impl Disk for MemoryDisk {
    async fn load(&self) -> Result<Stored, DiskError> {
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
        let inner = &mut *self.inner.borrow_mut();
        if let Some(failure) = inner.failure.take() {
            return Err(failure);
        }
        let guard = (Store::Meta, Key::name(Save::GUARD));
        if inner.values.get(&guard) != save.expected.as_ref() {
            return Err(DiskError::Moved);
        }
        inner.values.insert(guard, save.guard);
        for (store, key, bytes) in save.puts {
            inner.values.insert((store, key), bytes);
        }
        for key in save.deletes {
            inner.values.remove(&(Store::Entries, key));
        }
        inner.saves += 1;
        Ok(())
    }
}
