//! What the handlers share: one laptop.

use std::{path::PathBuf, sync::Arc};

use tokio::sync::{Semaphore, watch};

use super::capacity::{listeners::Listeners, places::Places};
use crate::{
    access::Access,
    audit::Versions,
    connections::{Connections, Numbers},
    limits,
    media::{Media, MediaCounter},
    network::{addresses::Addresses, https::PublicAuthority},
    peer_sync::PeerSyncs,
    project::contributions::Contributions,
    store::Store,
};

/// What the handlers share.
#[derive(Clone, Debug)]
pub struct App {
    pub(super) access: Arc<Access>,
    pub(super) store: Arc<Store>,
    /// Base addresses under which this laptop answers, best first.
    pub(super) addresses: Addresses,
    /// Where uploads are kept while they are read.
    pub(super) spool: Arc<PathBuf>,
    pub(super) media: Arc<Media>,
    /// True once the program is stopping; ends what would go on for ever.
    pub(super) stopping: watch::Receiver<bool>,
    pub(super) connections: Arc<Connections>,
    pub(super) places: Arc<Places>,
    pub(super) listeners: Arc<Listeners>,
    pub(super) imports: Arc<Semaphore>,
    pub(super) meetings: Arc<PeerSyncs>,
    /// One audit at a time.
    pub(super) audits: Arc<Semaphore>,
    pub(super) versions: Arc<Versions>,
    pub(super) media_counter: Arc<MediaCounter>,
    pub(super) contributions: Arc<Contributions>,
    /// What phones are told to trust, if it is this laptop's own.
    pub(super) authority: Option<Arc<PublicAuthority>>,
}

impl App {
    /// The laptop behind a door. `spool` is a directory for uploads on their way; `media` are the
    /// files beside the records; `addresses` are told to whoever says hello.
    pub fn new(
        access: Access,
        spool: PathBuf,
        media: Arc<Media>,
        addresses: impl Into<Addresses>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        let (store, access) = (access.store().clone(), Arc::new(access));
        Self {
            connections: Connections::new(access.clone(), Numbers::for_files(u64::MAX)),
            access,
            meetings: PeerSyncs::new(store.clone(), media.clone(), stopping.clone()),
            store,
            addresses: addresses.into(),
            spool: Arc::new(spool),
            media,
            stopping,
            places: Arc::default(),
            listeners: Arc::default(),
            imports: Arc::new(Semaphore::new(limits::IMPORTS_MAX)),
            audits: Arc::new(Semaphore::new(1)),
            versions: Arc::default(),
            media_counter: Arc::default(),
            contributions: Arc::default(),
            authority: None,
        }
    }

    /// Gives phones this authority to trust.
    pub fn with_authority(self, authority: Option<PublicAuthority>) -> Self {
        Self { authority: authority.map(Arc::new), ..self }
    }

    /// Takes as many connections as a process may have that can open so many files.
    pub fn with_open_files(self, files: u64) -> Self {
        let connections = Connections::new(self.access.clone(), Numbers::for_files(files));
        Self { connections, ..self }
    }

    /// Who comes, for those who listen.
    pub fn connections(&self) -> &Arc<Connections> {
        &self.connections
    }

    /// The meetings with other laptops, to be waited for at the end.
    pub fn meetings(&self) -> Arc<PeerSyncs> {
        self.meetings.clone()
    }
}
