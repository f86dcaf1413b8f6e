//! The engine: what a page may ask, over any disk, network and host. It owns the parts of the
//! engine and wires them: each part keeps its own state, and none knows of the engine.

mod status;

use std::rc::Rc;

use chasqui_shared::{ContentHash, Failure, MediaRef, Readiness, RecordId, Settings};
use futures_util::future::join;

use crate::{
    copy::working_copy::WorkingCopy,
    files::index::FileSum,
    host::Host,
    in_time::hash_of,
    laptops::transport::Transport,
    media::{downloads::Downloads, previews::Previews, space::Space, uploads::Uploads},
    network::{Network, peer::NewsPlace},
    records::{draft::Filled, listing::Listing, proof::Proof},
    storage::disk::{Disk, DiskError},
    sync::Sync,
};

/// The engine of one phone.
pub struct Engine<D: Disk, T, H> {
    host: Rc<H>,
    copy: Rc<WorkingCopy<D, H>>,
    network: Rc<Network<D, T, H>>,
    sync: Sync<D, T, H>,
    uploads: Uploads<D, T, H>,
    downloads: Downloads<D, T, H>,
    previews: Previews<D, T, H>,
    space: Space<D, T, H>,
}

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// An engine that looks for laptops at these base addresses, and wherever paired ones were.
    pub fn new(disk: D, transport: T, host: H, own_origins: Vec<String>) -> Self {
        let mut seed = [0; 8];
        seed.copy_from_slice(&host.random()[..8]);
        let seed = u64::from_le_bytes(seed);
        let host = Rc::new(host);
        let copy = Rc::new(WorkingCopy::new(disk, host.clone(), seed));
        let network = Network::new(copy.clone(), transport, host.clone(), own_origins);
        let network = Rc::new(network);
        Self {
            sync: Sync::new(&copy, &network, &host),
            uploads: Uploads::new(&copy, &network, &host, seed),
            downloads: Downloads::new(&copy, &network, &host, seed),
            previews: Previews::new(&copy, &network, &host),
            space: Space::new(&copy, &network, &host),
            host,
            copy,
            network,
        }
    }

    /// Everything that is stored, for tests.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn copy(&self) -> &WorkingCopy<D, H> {
        &self.copy
    }

    /// The files on their way, for tests: without waiting, as when the pages are told of a change.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn sending(&self) -> Vec<crate::media::status::SendingFile> {
        self.uploads.seen().sending
    }

    /// Reads what is stored. On a phone that was never paired every other call but [`Engine::pair`]
    /// and [`Engine::status`] fails with `no_project`.
    pub async fn open(&self) -> Result<(), Failure> {
        self.copy.with(|_| Ok(())).await
    }

    /// Runs for as long as the engine lives: the conversations, and beside them the uploads.
    pub async fn run(&self) {
        join(self.run_conversations(), self.run_uploads()).await;
    }

    async fn run_conversations(&self) {
        loop {
            let input = self.sync.due().await;
            match self.uploads.note_offered().await {
                Ok(()) => {
                    if let Some(laptop) = self.sync.converse(input).await {
                        self.uploads.follow(laptop).await;
                    }
                }
                Err(failure) => self.sync.broke(failure),
            }
            self.network.tell_readiness().await;
            self.copy.fold().await;
        }
    }

    async fn run_uploads(&self) {
        loop {
            if let Some(again_ms) = self.uploads.round().await.again_ms {
                self.sync.want(again_ms);
            }
        }
    }

    /// Logs a new record under an id that the caller chose at random. The same order twice makes
    /// one record; a second one that says something else is an edit of it.
    ///
    /// Resolves when it is durable. Fails with `storage_full`, `storage_failed`, `log_moved`,
    /// `no_project`, `media_missing` for a file that was not taken here, or what is wrong with the
    /// draft; nothing is stored then.
    pub async fn record(&self, record: RecordId, filled: impl Into<Filled>) -> Result<(), Failure> {
        let logged = self.copy.record(record, filled.into(), self.host.wall_clock()).await?;
        self.saved_one(logged);
        Ok(())
    }

    /// Logs a version that follows the `base` of the draft, or else the best head of a record; one
    /// that changes nothing is not logged. A draft that was saved before, by its key, follows the
    /// best head: what it says again is no second version.
    ///
    /// Fails as [`Engine::record`], and with `record_unknown`.
    pub async fn edit(&self, record: RecordId, filled: impl Into<Filled>) -> Result<(), Failure> {
        let logged = self.copy.edit(record, filled.into(), self.host.wall_clock()).await?;
        self.saved_one(logged);
        Ok(())
    }

    fn saved_one(&self, is_logged: bool) {
        if is_logged {
            self.sync.wake_after_save();
        }
    }

    /// Hands the records that changed since `token` to `read`, and up to `count_max` of those that
    /// follow in its listing.
    pub async fn observations<R>(
        &self,
        token: &str,
        count_max: usize,
        read: impl FnOnce(&Listing<'_>) -> R,
    ) -> Result<R, Failure> {
        self.copy.observations(token, count_max, self.host.wall_clock(), read).await
    }

    /// Who wrote a record, and whether every version of it is what its author's device signed.
    /// Fails with `record_unknown`.
    pub async fn prove(&self, record: RecordId) -> Result<Proof, Failure> {
        self.copy.prove(record).await
    }

    /// Those of these drafts that became records, by their keys.
    pub async fn saved(&self, draft_keys: Vec<String>) -> Result<Vec<String>, Failure> {
        self.copy.saved(draft_keys).await
    }

    /// What the project's managers decided for its phones; the usual as long as they decided
    /// nothing.
    pub async fn settings(&self) -> Result<Settings, Failure> {
        self.copy.settings().await
    }

    /// The content hash of a file. Fails with `storage_slow` and `storage_failed`.
    pub async fn hash_of(&self, file: &D::File) -> Result<ContentHash, DiskError> {
        hash_of(&*self.host, file).await
    }

    /// Keeps a file for a draft that is not saved yet, so that neither a crash nor a dead battery
    /// loses it. Resolves when it is durable, with how a draft names it. `media.hash` is that of
    /// the bytes.
    ///
    /// Fails with `media_size_wrong`, `media_empty`, `media_large`, `media_many`, `draft_malformed`
    /// and as [`Engine::record`]; nothing is stored then.
    pub async fn take(
        &self,
        draft: &str,
        file: &D::File,
        media: MediaRef,
    ) -> Result<MediaRef, Failure> {
        self.copy.take(draft, file, media).await
    }

    /// What was taken for a draft and not yet saved with it.
    pub async fn taken(&self, draft: &str) -> Result<Vec<MediaRef>, Failure> {
        self.copy.taken(draft).await
    }

    /// Lets go of one file of a draft, or of all. Its bytes are removed, unless a record or another
    /// draft has them.
    pub async fn discard(&self, draft: &str, hash: Option<ContentHash>) -> Result<(), Failure> {
        self.copy.discard(draft, hash).await
    }

    /// A file that is on this phone.
    pub async fn file(&self, hash: ContentHash) -> Result<Option<D::File>, Failure> {
        self.copy.file(hash).await
    }

    /// A small JPEG of a picture: as it was kept, or from the laptop if one is known to be in
    /// reach. `None` if there is none to be had; nobody looks for a laptop for a preview.
    pub async fn preview(&self, hash: ContentHash) -> Result<Option<D::File>, Failure> {
        Ok(self.previews.preview(hash).await)
    }

    /// Brings a file that a shown record names to this phone; one file at a time, in the order of
    /// asking.
    ///
    /// Fails with `laptop_away`, `media_unknown` if neither a record nor the laptop knows it,
    /// `hash_wrong` if something else came, and as [`Engine::record`].
    pub async fn fetch_file(&self, hash: ContentHash) -> Result<(), Failure> {
        self.downloads.fetch_file(hash).await
    }

    /// What [`Engine::free_space`] may remove, if the laptop still has it.
    pub async fn freeable(&self) -> Result<FileSum, Failure> {
        self.space.freeable().await
    }

    /// Removes the files that the laptop in reach has at this moment; what it was thought to have
    /// and has not is sent again.
    ///
    /// Fails with `laptop_away`, and as [`Engine::record`]; nothing is removed then.
    pub async fn free_space(&self) -> Result<FileSum, Failure> {
        let (freed, is_lacking) = self.space.free().await?;
        if is_lacking {
            self.sync.wake();
        }
        Ok(freed)
    }

    /// Asks a laptop to let this phone in. `invitation` is what was scanned or opened, or a code as
    /// it was typed; `holder` is the name of whoever holds the phone.
    ///
    /// Resolves when the pairing is durable, and the first sync begins. Fails with
    /// `link_malformed`, `code_malformed`, `name_unusable`, `other_project`, `other_laptop`,
    /// `hello_unproven`, `too_many_laptops`, `unreachable`, `timeout`, `bad_answer`, what the
    /// laptop says (`code_refused`, `too_many_attempts` and others), or as [`Engine::record`];
    /// nothing is stored then.
    pub async fn pair(&self, invitation: &str, holder: &str) -> Result<(), Failure> {
        self.network.pair(invitation, holder).await?;
        self.uploads.hurry();
        self.sync.begin_anew();
        self.host.changed();
        Ok(())
    }

    /// Where the laptop in reach tells its news. Looks around if none is known to be; fails as
    /// [`Engine::pair`] does when none is.
    pub async fn news(&self) -> Result<NewsPlace, Failure> {
        self.network.news().await
    }

    /// The page checked this phone. The laptop is told after the next conversation, which begins
    /// now if there is news.
    pub fn set_readiness(&self, readiness: Readiness) {
        if self.network.set_readiness(readiness) {
            self.sync.wake();
        }
    }

    /// Something changed that makes it worth trying now: a network came, a page is looked at, the
    /// laptop has news.
    pub fn wake(&self) {
        self.sync.wake();
    }

    /// A person asks for it: what failed is tried again at once too.
    pub fn sync_now(&self) {
        self.uploads.hurry();
        self.sync.wake();
    }

    /// A network came or went: whoever was reached last may be gone.
    pub fn network_changed(&self) {
        self.network.forget_peer();
        self.network.lose();
        self.sync_now();
    }

    /// Whether anybody looks. While nobody does, only saves and [`Engine::wake`] begin a
    /// conversation.
    pub fn set_visible(&self, visible: bool) {
        self.sync.set_visible(visible);
    }
}
