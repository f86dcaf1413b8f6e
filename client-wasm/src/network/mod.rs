//! Who is in reach, pairing, and what each side tells the other of itself.

mod clocks;
mod pairing;
pub(crate) mod peer;
mod reach;
mod readiness;
mod report;
pub(crate) mod told;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use chasqui_shared::DeviceId;

use self::{
    peer::{Peer, Tried},
    report::Report,
    told::Told,
};
use crate::{
    copy::working_copy::WorkingCopy,
    host::Host,
    laptops::address,
    notify::Notify,
    storage::disk::Disk,
    watched::{Seen, Watched},
};

/// The laptops around this phone.
pub struct Network<D, T, H> {
    copy: Rc<WorkingCopy<D, H>>,
    transport: T,
    host: Rc<H>,
    /// Base addresses that are always tried: the page's own origin.
    own_origins: Vec<String>,
    found: Watched<Found, H>,
    /// What the clock of a laptop that let this phone in said last, since the start.
    told: Cell<Option<Told>>,
    /// What the laptops are to be told of this phone.
    report: RefCell<Report>,
    /// Notified when a laptop fell silent, or the network changed.
    lost: Notify,
}

/// What the last look around came to.
#[derive(Default)]
struct Found {
    /// Who was reached, and where, until it cannot be reached.
    peer: Option<Peer>,
    /// Where a laptop was looked for, if nobody answered.
    tried: Vec<Tried>,
}

impl Seen for Found {
    type Seen = (Option<String>, Vec<Tried>);

    fn seen(&self) -> Self::Seen {
        (self.peer.as_ref().map(|peer| peer.hello.name.clone()), self.tried.clone())
    }
}

impl<D: Disk, T, H: Host> Network<D, T, H> {
    /// Nobody is known to be in reach yet.
    pub fn new(
        copy: Rc<WorkingCopy<D, H>>,
        transport: T,
        host: Rc<H>,
        own_origins: Vec<String>,
    ) -> Self {
        Self {
            copy,
            transport,
            found: Watched::new(Found::default(), host.clone()),
            host,
            own_origins,
            told: Cell::new(None),
            report: RefCell::default(),
            lost: Notify::default(),
        }
    }

    /// The way to laptops.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// The laptop that was reached last, unless it could not be reached since.
    pub fn peer(&self) -> Option<Peer> {
        self.found.read(|found| found.peer.clone())
    }

    /// Which laptop that is.
    pub fn peer_device(&self) -> Option<DeviceId> {
        self.found.read(|found| found.peer.as_ref().map(|peer| peer.hello.device))
    }

    /// What people are told: the name of the laptop in reach, and where one was looked for in vain.
    pub fn seen(&self) -> (Option<String>, Vec<Tried>) {
        self.found.seen()
    }

    /// Whoever answered there may be gone: who is there is asked anew before anything else is.
    pub fn forget(&self, peer: &Peer) {
        self.found.change(|found| {
            found.peer.take_if(|known| known.base == peer.base);
        });
    }

    /// Whoever was reached may be gone.
    pub fn forget_peer(&self) {
        self.found.change(|found| found.peer = None);
    }

    /// Over https the certificate vouches for whoever was reached last. Over plain http anybody may
    /// have the address by now, and proves anew who it is before the token is shown.
    pub fn forget_unvouched(&self) {
        self.found.change(|found| {
            found.peer.take_if(|peer| !address::is_usable(&peer.base));
        });
    }

    /// A laptop fell silent, or the network changed: what was asked is not waited for any more.
    pub fn lose(&self) {
        self.lost.notify();
    }

    /// Resolves once a laptop is no longer the one in reach, and whoever found out thinks that it
    /// will not answer.
    pub async fn is_lost(&self, peer: &Peer) {
        let is_known = || {
            self.found
                .read(|found| found.peer.as_ref().is_some_and(|known| known.base == peer.base))
        };
        while is_known() {
            self.lost.wait().await;
        }
    }
}
