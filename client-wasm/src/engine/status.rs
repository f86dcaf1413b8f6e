//! How the sync stands: what each part knows of it, put together.

use super::Engine;
use crate::{
    host::Host,
    laptops::transport::Transport,
    storage::disk::Disk,
    sync::status::{Phase, SyncStatus},
};

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// How the sync stands.
    pub async fn status(&self) -> SyncStatus {
        let (seen, (laptop, tried)) = (self.sync.seen(), self.network.seen());
        let mut status = SyncStatus {
            phase: seen.phase,
            done: seen.done,
            total: seen.total,
            problem: seen.problem,
            laptop,
            tried,
            files: self.uploads.seen(),
            ..SyncStatus::default()
        };
        let peer = self.network.peer_device();
        let told = self.copy.with(|state| {
            if let Ok(ledger) = state.ledger() {
                status.waiting = ledger.waiting();
                status.device = Some(ledger.log_writer().owner().device);
            }
            status.paired = !state.paired().is_empty();
            let (waiting, photos) = state.files.waiting();
            status.files.waiting = waiting.count;
            status.files.waiting_bytes = waiting.bytes;
            status.files.photos = photos;
            status.files.others = waiting.count - photos;
            status.files.problem = status.files.problem.take().or_else(|| state.files.damage());
            let met = state.last_met();
            let device = peer.or(met.map(|(device, _)| device));
            let paired = device.and_then(|device| state.paired().get(&device));
            let paired = paired.or_else(|| state.paired().values().next());
            status.holder = paired.map(|paired| paired.holder.clone());
            status.role = paired.map(|paired| paired.role);
            status.met_at = met.map(|(_, laptop)| laptop.met_at);
            status.clocks = self.network.clocks(met.map(|(_, laptop)| laptop));
            let name = met.map(|(_, laptop)| &laptop.name);
            let name = name.or(paired.map(|paired| &paired.laptop_name));
            status.laptop = status.laptop.take().or_else(|| name.cloned());
            Ok(())
        });
        if let Err(failure) = told.await {
            status.phase = Phase::Failed;
            status.paired = self.copy.is_paired();
            status.problem = Some(failure);
        } else if !status.paired {
            status.phase = Phase::Unpaired;
        }
        if status.phase == Phase::Synced && status.waiting > 0 {
            // Something was saved since; the sync that it asked for is about to begin.
            status.phase = Phase::Looking;
        }
        status
    }
}
