//! Which files are to be sent, to the laptop that a conversation was just finished with, so that
//! records always go first.
//!
//! What goes when is decided by [`Transfer`] alone; [`super::upload_round`] carries it out.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use chasqui_shared::{
    ContentHash, DeviceId, Failure, MediaRef,
    transfer::{Direction, Input, Transfer, Wanted},
};

use crate::{
    copy::working_copy::WorkingCopy,
    host::Host,
    laptops::transport::is_absence,
    limits,
    media::status::{FilesStatus, SendingFile},
    network::Network,
    notify::Notify,
    storage::disk::Disk,
    watched::{Seen, Watched},
};

/// The files of this phone on their way to laptops.
pub struct Uploads<D, T, H> {
    pub(super) copy: Rc<WorkingCopy<D, H>>,
    pub(super) network: Rc<Network<D, T, H>>,
    pub(super) host: Rc<H>,
    pub(super) state: Watched<UploadState, H>,
    /// Notified when files are wanted.
    pub(super) due: Notify,
}

/// What a round came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ended {
    /// When to talk with the laptop again, because files did not go.
    pub again_ms: Option<u64>,
}

/// How the uploads stand.
pub(super) struct UploadState {
    pub transfer: Transfer,
    /// To whom.
    pub laptop: Option<DeviceId>,
    /// Files whose records were there when the last conversation began, and so went ahead of them.
    offered: BTreeSet<ContentHash>,
    /// Laptops that were asked, since this engine began, whether they still have what they once
    /// had.
    asked: BTreeSet<DeviceId>,
    /// Files that a laptop refused, and that are what was taken all the same.
    pub checked: BTreeSet<ContentHash>,
    /// Whether files are sent although the transfer rests.
    is_urgent: bool,
    /// Whether files of another laptop than that of the round under way are wanted.
    is_other_wanted: bool,
    /// Why the last round failed, if a laptop answered.
    problem: Option<Failure>,
}

impl Seen for UploadState {
    type Seen = FilesStatus;

    fn seen(&self) -> FilesStatus {
        let moved = self.transfer.moved();
        let sending = self.transfer.moving().map(|moving| SendingFile {
            hash: moving.file.hash,
            name: moving.file.name.clone(),
            done_bytes: moving.offset,
            bytes: moving.file.bytes,
        });
        FilesStatus {
            sending: sending.collect(),
            done: moved.done,
            total: moved.total,
            done_bytes: moved.done_bytes,
            total_bytes: moved.total_bytes,
            problem: self.problem.clone(),
            ..FilesStatus::default()
        }
    }
}

impl<D: Disk, T, H: Host> Uploads<D, T, H> {
    /// Nothing is wanted. `seed` spreads the pauses.
    pub fn new(
        copy: &Rc<WorkingCopy<D, H>>,
        network: &Rc<Network<D, T, H>>,
        host: &Rc<H>,
        seed: u64,
    ) -> Self {
        let (copy, network, host) = (copy.clone(), network.clone(), host.clone());
        let state = UploadState {
            transfer: Transfer::new(limits::uploads(), seed),
            laptop: None,
            offered: BTreeSet::new(),
            asked: BTreeSet::new(),
            checked: BTreeSet::new(),
            is_urgent: false,
            is_other_wanted: false,
            problem: None,
        };
        let state = Watched::new(state, host.clone());
        Self { copy, network, host, state, due: Notify::default() }
    }

    /// What people are told of the round under way.
    pub fn seen(&self) -> FilesStatus {
        self.state.seen()
    }

    /// What failed is tried again after the next conversation, however short ago it failed.
    pub fn hurry(&self) {
        self.state.change(|state| state.is_urgent = true);
    }

    /// A conversation begins, about the records that are here now: their files may follow it.
    pub async fn note_offered(&self) -> Result<(), Failure> {
        let here = self.copy.with(|state| Ok(state.files.here())).await?;
        self.state.change(|state| state.offered = here);
        Ok(())
    }

    /// A conversation with this laptop was finished: the files of the records that it was about may
    /// follow. The first time, it is also asked about the files that it once said to have: it may
    /// have lost some.
    pub async fn follow(&self, laptop: DeviceId) {
        let files = self
            .copy
            .with(|state| Ok((state.files.missing_at(laptop), state.files.shared_with(laptop))));
        let Ok((missing, shared)) = files.await else { return };
        let (now_ms, seed) = (self.host.now_ms(), self.host.random()[0]);
        let is_due = self.state.change(|state| state.want(laptop, now_ms, seed, missing, shared));
        if is_due {
            self.due.notify();
        }
    }
}

impl UploadState {
    /// Says whether there is anything to do.
    fn want(
        &mut self,
        laptop: DeviceId,
        now_ms: u64,
        seed: u8,
        missing: Vec<MediaRef>,
        shared: Vec<MediaRef>,
    ) -> bool {
        if self.laptop != Some(laptop) {
            if self.transfer.is_busy() {
                self.is_other_wanted = true;
                return false;
            }
            self.laptop = Some(laptop);
            self.transfer = Transfer::new(limits::uploads(), u64::from(seed));
        }
        let rests = self.transfer.rests_until().is_some_and(|until_ms| until_ms > now_ms);
        if rests && !self.is_urgent {
            return false;
        }
        let shared = if self.asked.contains(&laptop) { Vec::new() } else { shared };
        let due: BTreeMap<_, _> =
            missing.into_iter().chain(shared).map(|file| (file.hash, file)).collect();
        let due = due.into_values().filter(|file| self.offered.contains(&file.hash));
        let wanted = |file| Wanted { file, direction: Direction::Send };
        let wanted: Vec<_> = due.map(wanted).collect();
        let is_due = !wanted.is_empty();
        self.transfer.handle_input(now_ms, Input::Want(wanted));
        is_due
    }

    /// The laptop of this round said of all files whether it has them.
    pub fn note_asked(&mut self) {
        if let Some(laptop) = self.laptop.filter(|_| self.transfer.is_planned()) {
            self.asked.insert(laptop);
        }
    }

    /// A round begins.
    pub fn began(&mut self, now_ms: u64) {
        (self.is_urgent, self.is_other_wanted) = (false, false);
        self.transfer.handle_input(now_ms, Input::Wake);
    }

    /// A round is over; `put_back` is why files were put back, `broken` why it broke off.
    pub fn ended(
        &mut self,
        now_ms: u64,
        put_back: Option<Failure>,
        broken: Option<Failure>,
    ) -> Ended {
        let is_over = put_back.is_none() && broken.is_none();
        self.problem = broken.filter(|failure| !is_absence(failure)).or(put_back);
        let again_ms = self.transfer.rests_until().filter(|_| !is_over);
        Ended { again_ms: again_ms.or(Some(now_ms).filter(|_| self.is_other_wanted)) }
    }
}
