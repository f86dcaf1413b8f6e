//! The engine: what a page may ask, over any disk, network and host. The sync that runs beside it is in [`crate::sync::conversation`].
//!
//! One lock guards the working copy. It is held while a transaction is under way, so that nobody sees, sends or
//! confirms what is not durable yet; it is never held while the network is awaited.

use std::cell::{Cell, RefCell};

use chasqui_shared::{Draft, Epoch, Failure, RecordId, VersionId};
use futures_util::lock::Mutex;

use crate::{
    host::Host,
    laptops::transport::Transport,
    limits::{LOAD_TIMEOUT_MS, STORAGE_TIMEOUT_MS},
    media::{download::Downloads, preview::Previews},
    notify::Notify,
    records::{
        draft::Filled,
        ledger::{Ledger, record_unknown},
        listing::Listing,
        proof::{Proof, prove},
    },
    storage::{disk::Disk, state::State},
    sync::{
        schedule::Link,
        status::{Phase, SyncStatus},
    },
};

/// The engine of one phone.
pub struct Engine<D: Disk, T, H> {
    pub(crate) disk: D,
    pub(crate) transport: T,
    pub(crate) host: H,
    pub(crate) state: Mutex<Option<State>>,
    pub(crate) link: RefCell<Link>,
    pub(crate) sync_wanted: Notify,
    /// Rung when files are due.
    pub(crate) uploads: Notify,
    /// Rung when a laptop fell silent, or the network changed: what it was asked is not waited for any more.
    pub(crate) lost: Notify,
    pub(crate) downloads: Mutex<Downloads<D::File>>,
    pub(crate) previews: Previews,
    editions: Cell<u64>,
}

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// An engine that looks for laptops at these base addresses, and wherever paired ones were.
    pub fn new(disk: D, transport: T, host: H, own_origins: Vec<String>) -> Self {
        // Unlike that of any engine before it, so that no page mistakes one listing for another's.
        let mut edition = [0; 8];
        edition.copy_from_slice(&host.random()[..8]);
        let edition = u64::from_le_bytes(edition);
        Self {
            disk,
            transport,
            host,
            state: Mutex::new(None),
            link: RefCell::new(Link::new(own_origins, edition)),
            sync_wanted: Notify::default(),
            uploads: Notify::default(),
            lost: Notify::default(),
            downloads: Mutex::default(),
            previews: Previews::default(),
            editions: Cell::new(edition),
        }
    }

    /// Reads what is stored. On a phone that was never paired every other call but [`Engine::pair`] and
    /// [`Engine::status`] fails with `no_project`.
    pub async fn open(&self) -> Result<(), Failure> {
        let mut slot = self.state.lock().await;
        self.loaded(&mut slot).await.map(|_| ())
    }

    /// Logs a new record under an id that the caller chose at random. The same order twice makes one record; a second one
    /// that says something else is an edit of it.
    ///
    /// Resolves when it is durable. Fails with `storage_full`, `storage_failed`, `log_moved`, `no_project`,
    /// `media_missing` for a file that was not taken here, or what is wrong with the draft; nothing is stored then.
    pub async fn record(&self, record: RecordId, filled: impl Into<Filled>) -> Result<(), Failure> {
        let now = self.host.wall_clock();
        self.write(record, filled.into(), |ledger, draft, _, _| ledger.record(record, draft, now))
            .await
    }

    /// Logs a version that follows the `base` of the draft, or else the best head of a record; one that changes nothing is
    /// not logged. A draft that was saved before, by its key, follows the best head: what it says again is no second version.
    ///
    /// Fails as [`Engine::record`], and with `record_unknown`.
    pub async fn edit(&self, record: RecordId, filled: impl Into<Filled>) -> Result<(), Failure> {
        let now = self.host.wall_clock();
        self.write(record, filled.into(), |ledger, draft, base, keeps_media| {
            ledger.edit(record, draft, base, keeps_media, now)
        })
        .await
    }

    /// Hands the records that changed since `token` to `read`, and up to `count_max` of those that follow in its listing.
    pub async fn observations<R>(
        &self,
        token: &str,
        count_max: usize,
        read: impl FnOnce(&Listing<'_>) -> R,
    ) -> Result<R, Failure> {
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        Ok(read(&state.list(token, count_max, self.host.wall_clock())?))
    }

    /// Who wrote a record, and whether every version of it is what its author's device signed. Fails with `record_unknown`.
    pub async fn prove(&self, record: RecordId) -> Result<Proof, Failure> {
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let mut proof = prove(state.ledger()?.log(), record).ok_or_else(record_unknown)?;
        // No manager names the laptop itself; it told its name when it let this phone in.
        proof.name_laptops(state.laptop_names());
        Ok(proof)
    }

    /// How the sync stands.
    pub async fn status(&self) -> SyncStatus {
        let mut status = self.link.borrow().status();
        let mut slot = self.state.lock().await;
        match self.loaded(&mut slot).await {
            Ok(state) => {
                if let Ok(ledger) = state.ledger() {
                    status.waiting = ledger.waiting();
                    status.device = Some(ledger.log_writer().owner().device);
                }
                let (waiting, photos) = state.files.waiting();
                status.files.waiting = waiting.count;
                status.files.waiting_bytes = waiting.bytes;
                status.files.photos = photos;
                status.files.others = waiting.count - photos;
                status.files.problem = status.files.problem.take().or_else(|| state.files.damage());
                let peer = self.link.borrow().peer.as_ref().map(|peer| peer.hello.device);
                let met = state.last_met();
                let device = peer.or(met.map(|(device, _)| device));
                let paired = device.and_then(|device| state.paired().get(&device));
                let paired = paired.or_else(|| state.paired().values().next());
                status.holder = paired.map(|paired| paired.holder.clone());
                status.role = paired.map(|paired| paired.role);
                status.met_at = met.map(|(_, laptop)| laptop.met_at);
                status.clocks = self.clocks(met.map(|(_, laptop)| laptop));
                let name = met.map(|(_, laptop)| &laptop.name);
                let name = name.or(paired.map(|paired| &paired.laptop_name));
                status.laptop = status.laptop.take().or_else(|| name.cloned());
            }
            Err(failure) => {
                status.phase = Phase::Failed;
                status.problem = Some(failure);
            }
        }
        if status.phase == Phase::Synced && status.waiting > 0 {
            // Something was saved since; the sync that it asked for is about to begin.
            status.phase = Phase::Looking;
        }
        status
    }

    /// Those of these drafts that became records, by their keys.
    pub async fn saved(&self, draft_keys: Vec<String>) -> Result<Vec<String>, Failure> {
        let mut slot = self.state.lock().await;
        let saved = &self.loaded(&mut slot).await?.saved;
        Ok(draft_keys.into_iter().filter(|key| saved.contains(key)).collect())
    }

    async fn write(
        &self,
        record: RecordId,
        Filled { draft, keeps_media, draft_key, base }: Filled,
        log: impl FnOnce(&mut Ledger, Draft, Option<VersionId>, bool) -> Result<bool, Failure>,
    ) -> Result<(), Failure> {
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let again = draft_key.as_deref().is_some_and(|key| state.saved.contains(key));
        let base = base.filter(|_| !again);
        let ledger = state.ledger()?;
        let known = ledger.media_of(record, base);
        let added = draft.media.iter().filter(|media| !known.contains(&media.hash));
        let added: Vec<_> = added.cloned().collect();
        let logged = log(ledger, draft, base, keeps_media)?;
        if logged {
            added.iter().for_each(|media| state.files.name(media));
            draft_key.iter().for_each(|key| state.saved.add(key));
        }
        if draft_key.is_some_and(|key| state.files.release(&key)) || logged {
            self.commit(&mut slot).await?;
        }
        if logged {
            self.wake_after_save();
            self.host.changed();
        }
        Ok(())
    }

    /// The working copy, read from disk if there is none.
    pub(crate) async fn loaded<'a>(
        &self,
        slot: &'a mut Option<State>,
    ) -> Result<&'a mut State, Failure> {
        match slot {
            Some(state) => Ok(state),
            None => {
                self.editions.set(self.editions.get().wrapping_add(1));
                let loading = State::load(&self.disk, || self.host.random(), self.editions.get());
                let (state, notices) = self.stored_in(LOAD_TIMEOUT_MS, loading).await?;
                notices.iter().for_each(|notice| self.host.notice(notice));
                self.link.borrow_mut().paired = !state.paired().is_empty();
                Ok(slot.insert(state))
            }
        }
    }

    /// Makes all changes durable, or throws the working copy away.
    pub(crate) async fn commit(&self, slot: &mut Option<State>) -> Result<(), Failure> {
        let Some(state) = slot else { return Ok(()) };
        if let Err(error) = self.stored_in(STORAGE_TIMEOUT_MS, state.commit(&self.disk)).await {
            *slot = None;
            self.host.changed();
            return Err(error.into());
        }
        Ok(())
    }

    /// Folds small rows in the background. A failure costs nothing: the rows stay as they are.
    pub(crate) async fn fold(&self) {
        let mut slot = self.state.lock().await;
        let Some(state) = slot.as_mut() else { return };
        if self.stored_in(STORAGE_TIMEOUT_MS, state.fold(&self.disk)).await.is_err() {
            *slot = None;
        }
    }

    /// Taken once, for a log that may have to begin.
    pub(crate) fn fresh_epoch(&self) -> Epoch {
        let mut epoch = [0; Epoch::WIDTH];
        epoch.copy_from_slice(&self.host.random()[..Epoch::WIDTH]);
        Epoch(epoch)
    }
}
