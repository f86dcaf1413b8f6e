//! A laptop as it ships, its store over a disk that loses power; started again each time.

use chasqui_server::store::{Sender, Store, StoreError};
use chasqui_shared::{Charter, Code, Failure, Reply, Request, RespondError, Role};
use tokio::runtime::Runtime;

use super::disk::{Disk, DiskKind};
use crate::{Violation, judge::Testimony, testimony::testimony};

/// Who asks: a phone.
const PHONE: Sender = Sender { device: None, role: Role::Monitor };

/// A laptop.
pub(super) struct Laptop {
    runtime: Runtime,
    disk: Disk,
    store: Store,
}

impl Laptop {
    /// A laptop that nobody has used.
    pub(super) fn new(kind: DiskKind) -> Result<Self, Violation> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(said)?;
        let disk = Disk::new(kind, Vec::new());
        let store = Store::open_with(disk.clone()).map_err(said)?;
        Ok(Self { runtime, disk, store })
    }

    /// What its project is founded on.
    pub(super) fn charter(&self) -> Charter {
        self.store.charter()
    }

    /// The disk that it runs on now.
    pub(super) fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Answers a request; fails if the power goes.
    pub(super) fn answer(&self, request: &Request) -> Result<Reply, Failure> {
        let reply: Result<Reply, RespondError<StoreError>> = self.runtime.block_on(async {
            Ok(match request.clone() {
                Request::Offer(offer) => Reply::Offer(self.store.offer(offer, PHONE).await?),
                Request::Push(batch) => Reply::Push(self.store.push(batch, PHONE).await?),
                Request::Pull(question) => Reply::Pull(self.store.changes(question).await?),
            })
        });
        reply.map_err(|error| Failure::new(Code::Unreachable, error.to_string()))
    }

    /// Stops, and starts again from what is found on its disk. `keep` says for each write that was
    /// not synced whether it is there, and `cut_after` lets the power go again while it starts.
    pub(super) fn start_again(
        &mut self,
        mut keep: impl FnMut() -> bool,
        mut cut_after: impl FnMut() -> Option<u64>,
    ) -> Result<(), Violation> {
        loop {
            self.disk = Disk::new(self.disk.kind(), self.disk.found_after_cut(&mut keep));
            let cut = cut_after();
            self.disk.cut_after(cut.unwrap_or(u64::MAX));
            match Store::open_with(self.disk.clone()) {
                Ok(store) => {
                    self.store = store;
                    return Ok(());
                }
                Err(_) if self.disk.is_out() => {}
                Err(error) => return Err(said(error)),
            }
        }
    }

    /// What it says that it holds.
    pub(super) fn testify(&self) -> Result<Testimony, Violation> {
        self.runtime.block_on(self.store.read(testimony)).map_err(|e: StoreError| said(e))
    }
}

fn said(error: impl std::error::Error) -> Violation {
    Violation(format!("the laptop says: {error}"))
}
