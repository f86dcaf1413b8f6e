//! The one owner of the working copy: it loads it, lets others read and change it, and makes each
//! change durable or throws the copy away.
//!
//! One lock guards it. It is held while a transaction is under way, so that nobody sees, sends or
//! confirms what is not durable yet; it is never held while the network is awaited.

use std::{cell::Cell, rc::Rc};

use chasqui_shared::{ContentHash, Epoch, Failure};
use futures_util::{
    future::LocalBoxFuture,
    lock::{Mutex, MutexGuard},
};

use crate::{
    copy::state::State,
    host::Host,
    in_time::{keeping_ms, stored_in},
    limits::{LOAD_TIMEOUT_MS, STORAGE_TIMEOUT_MS},
    storage::disk::{Disk, DiskError, StoredFile},
};

/// The lock of the copy, which is thrown away when a transaction fails.
type Slot<'a> = MutexGuard<'a, Option<State>>;

/// Everything that this phone has stored.
pub struct WorkingCopy<D, H> {
    disk: D,
    host: Rc<H>,
    state: Mutex<Option<State>>,
    editions: Cell<u64>,
    is_paired: Cell<bool>,
}

impl<D: Disk, H: Host> WorkingCopy<D, H> {
    /// Nothing is read yet. `edition` is unlike that of any engine before it, so that no page
    /// mistakes one listing for another's.
    pub fn new(disk: D, host: Rc<H>, edition: u64) -> Self {
        let (state, is_paired) = (Mutex::new(None), Cell::new(false));
        Self { disk, host, state, editions: Cell::new(edition), is_paired }
    }

    /// Whether any laptop had let this phone in when the copy was used last.
    pub fn is_paired(&self) -> bool {
        self.is_paired.get()
    }

    /// Uses the copy, which is read from disk if there is none. What is changed here is not saved.
    pub async fn with<R>(
        &self,
        with: impl FnOnce(&mut State) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let mut slot = self.loaded().await?;
        with(state_of(&mut slot)?)
    }

    /// Changes the copy, and makes that durable if `change` says that there is anything to save.
    pub async fn change<R>(
        &self,
        change: impl FnOnce(&mut State) -> Result<(bool, R), Failure>,
    ) -> Result<R, Failure> {
        let mut slot = self.loaded().await?;
        let (is_unsaved, result) = change(state_of(&mut slot)?)?;
        if is_unsaved {
            self.save(&mut slot, None).await?;
        }
        Ok(result)
    }

    /// Changes the copy, and keeps a file with the same transaction.
    pub async fn keep<R>(
        &self,
        hash: ContentHash,
        file: &D::File,
        change: impl FnOnce(&mut State) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let mut slot = self.loaded().await?;
        let result = change(state_of(&mut slot)?)?;
        self.save(&mut slot, Some((hash, file))).await?;
        Ok(result)
    }

    /// Folds small rows in the background. A failure costs nothing: the rows stay as they are.
    pub async fn fold(&self) {
        let mut slot = self.state.lock().await;
        let Some(state) = slot.as_mut() else { return };
        if stored_in(&*self.host, STORAGE_TIMEOUT_MS, state.fold(&self.disk)).await.is_err() {
            *slot = None;
        }
    }

    /// A file that is on this phone.
    pub async fn file(&self, hash: ContentHash) -> Result<Option<D::File>, Failure> {
        Ok(stored_in(&*self.host, STORAGE_TIMEOUT_MS, self.disk.file(hash)).await?)
    }

    /// The preview of a file, if it was kept and can be read.
    pub async fn preview(&self, hash: ContentHash) -> Option<D::File> {
        // A disk that fails costs the preview another way, and no more.
        stored_in(&*self.host, STORAGE_TIMEOUT_MS, self.disk.preview(hash)).await.ok()?
    }

    /// Keeps a preview if the disk lets it: so many at most, the oldest leave.
    pub async fn keep_preview(&self, hash: ContentHash, preview: &D::File, count_max: usize) {
        let keeping = self.disk.keep_preview(hash, preview, count_max);
        let _ = stored_in(&*self.host, STORAGE_TIMEOUT_MS, keeping).await;
    }

    /// Taken once, for a log that may have to begin.
    pub fn fresh_epoch(&self) -> Epoch {
        let mut epoch = [0; Epoch::WIDTH];
        epoch.copy_from_slice(&self.host.random()[..Epoch::WIDTH]);
        Epoch(epoch)
    }

    /// The copy, read from disk if there is none. Behind a pointer, as [`Self::save`] is, so that
    /// wasm has it once and not for each use.
    fn loaded(&self) -> LocalBoxFuture<'_, Result<Slot<'_>, Failure>> {
        Box::pin(async {
            let mut slot = self.state.lock().await;
            if slot.is_none() {
                self.editions.set(self.editions.get().wrapping_add(1));
                let loading = State::load(&self.disk, || self.host.random(), self.editions.get());
                let (state, notices) = stored_in(&*self.host, LOAD_TIMEOUT_MS, loading).await?;
                notices.iter().for_each(|notice| self.host.notice(notice));
                self.is_paired.set(!state.paired().is_empty());
                *slot = Some(state);
            }
            Ok(slot)
        })
    }

    /// Makes all changes durable, with a file if there is one. A copy whose transaction failed is
    /// worthless.
    fn save<'a>(
        &'a self,
        slot: &'a mut Option<State>,
        file: Option<(ContentHash, &'a D::File)>,
    ) -> LocalBoxFuture<'a, Result<(), Failure>> {
        Box::pin(async move {
            let state = state_of(slot)?;
            self.is_paired.set(!state.paired().is_empty());
            let saved = match file {
                None => stored_in(&*self.host, STORAGE_TIMEOUT_MS, state.commit(&self.disk)).await,
                Some((hash, file)) => {
                    let keeping = state.keep(&self.disk, hash, file);
                    stored_in(&*self.host, keeping_ms(file.bytes()), keeping).await
                }
            };
            if saved.is_err() {
                *slot = None;
            }
            self.host.changed();
            Ok(saved?)
        })
    }
}

/// The copy in a slot that was just loaded.
fn state_of(slot: &mut Option<State>) -> Result<&mut State, Failure> {
    slot.as_mut().ok_or_else(|| DiskError::Failed { reason: "nothing was read".into() }.into())
}
