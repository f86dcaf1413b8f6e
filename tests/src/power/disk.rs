//! A disk under redb that loses power after so many operations.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use redb::StorageBackend;

/// A disk for the laptop's file. Clones are the same disk.
#[derive(Clone, Debug)]
pub struct Disk(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// What a read gives.
    now: Vec<u8>,
    /// What is surely there after a power cut: all up to the last sync.
    synced: Vec<u8>,
    /// Writes since the last sync. Any of them may be there after a power cut.
    unsynced: Vec<(usize, Vec<u8>)>,
    operations_left: u64,
    kind: DiskKind,
}

/// Whether a disk keeps its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskKind {
    /// What was synced is there after a power cut.
    Honest,
    /// All since it was switched on is gone, synced or not: shows that the judge can fail.
    Lying,
}

impl Disk {
    /// A disk that holds this.
    pub fn new(kind: DiskKind, image: Vec<u8>) -> Self {
        Self(Arc::new(Mutex::new(State {
            now: image.clone(),
            synced: image,
            unsynced: Vec::new(),
            operations_left: u64::MAX,
            kind,
        })))
    }

    /// Lets the power go after so many operations.
    pub fn cut_after(&self, operations: u64) {
        self.state().operations_left = operations;
    }

    /// Whether the power is out.
    pub(super) fn is_out(&self) -> bool {
        self.state().operations_left == 0
    }

    /// Whether it keeps its word.
    pub(super) fn kind(&self) -> DiskKind {
        self.state().kind
    }

    /// What is found after the cut; `keep` says for each write that was not synced whether it is
    /// there.
    pub fn found_after_cut(&self, mut keep: impl FnMut() -> bool) -> Vec<u8> {
        let state = self.state();
        let mut image = state.synced.clone();
        if state.kind == DiskKind::Lying {
            return image;
        }
        image.resize(image.len().max(state.now.len()), 0);
        for (at, bytes) in state.unsynced.iter().filter(|_| keep()) {
            image[*at..at + bytes.len()].copy_from_slice(bytes);
        }
        image
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spend(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        let left = state.operations_left.checked_sub(1);
        state.operations_left = left.ok_or_else(|| io::Error::other("the power is out"))?;
        Ok(state)
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state().now.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let at = offset as usize;
        out.copy_from_slice(&self.state().now[at..at + out.len()]);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.spend()?.now.resize(len as usize, 0);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.spend()?;
        if state.kind == DiskKind::Honest {
            state.synced = state.now.clone();
        }
        state.unsynced.clear();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.spend()?;
        let at = offset as usize;
        state.now[at..at + data.len()].copy_from_slice(data);
        state.unsynced.push((at, data.to_vec()));
        Ok(())
    }
}
