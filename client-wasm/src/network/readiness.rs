//! What the page found out about this phone, told to each laptop after a conversation.

use chasqui_shared::Readiness;

use super::Network;
use crate::{
    host::Host,
    laptops::transport::{Transport, is_absence},
    storage::disk::Disk,
};

impl<D: Disk, T: Transport<D::File>, H: Host> Network<D, T, H> {
    /// The page checked this phone. Says whether that is news, which the laptop is told after the
    /// next conversation.
    pub fn set_readiness(&self, readiness: Readiness) -> bool {
        self.report.borrow_mut().set(readiness)
    }

    /// Tells the laptop in reach what it does not know yet. A report that does not arrive is told
    /// after the next conversation; one that the laptop refuses is not told again.
    pub async fn tell_readiness(&self) {
        let Some(peer) = self.peer() else { return };
        let due = self.report.borrow().due(peer.hello.device);
        let Some(due) = due else { return };
        let told = self.transport.report(&peer.base, &peer.token, &due).await;
        if told.as_ref().err().is_none_or(|failure| !is_absence(failure) && !failure.retryable) {
            self.report.borrow_mut().note(peer.hello.device, due);
        }
    }
}
