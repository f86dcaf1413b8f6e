//! What the page found out about this phone, told to each laptop after a conversation.

use std::collections::BTreeMap;

use chasqui_shared::{DeviceId, Readiness};

use super::Network;
use crate::{
    host::Host,
    laptops::transport::{Transport, is_absence},
    storage::disk::Disk,
};

/// The last report, and what each laptop was told since the app started.
#[derive(Default)]
pub struct Report {
    latest: Option<Readiness>,
    told: BTreeMap<DeviceId, Readiness>,
}

impl Report {
    /// What this laptop is to be told, if it was not told the same.
    fn due(&self, laptop: DeviceId) -> Option<Readiness> {
        let told = self.told.get(&laptop);
        self.latest.filter(|latest| told.is_none_or(|told| !told.says_the_same(latest)))
    }

    /// A laptop let this phone in anew: it may know nothing of it.
    pub fn forget(&mut self, laptop: DeviceId) {
        self.told.remove(&laptop);
    }
}

impl<D: Disk, T: Transport<D::File>, H: Host> Network<D, T, H> {
    /// The page checked this phone. Says whether that is news, which the laptop is told after the next conversation.
    pub fn set_readiness(&self, readiness: Readiness) -> bool {
        let before = self.report.borrow_mut().latest.replace(readiness);
        before.is_none_or(|before| !before.says_the_same(&readiness))
    }

    /// Tells the laptop in reach what it does not know yet. A report that does not arrive is told after the next
    /// conversation; one that the laptop refuses is not told again.
    pub async fn tell_readiness(&self) {
        let Some(peer) = self.peer() else { return };
        let due = self.report.borrow().due(peer.hello.device);
        let Some(due) = due else { return };
        let told = self.transport.report(&peer.base, &peer.token, &due).await;
        if told.as_ref().err().is_none_or(|failure| !is_absence(failure) && !failure.retryable) {
            self.report.borrow_mut().told.insert(peer.hello.device, due);
        }
    }
}
