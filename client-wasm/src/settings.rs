//! What a project's managers decided for its phones.

use chasqui_shared::{Failure, Settings};

use crate::{engine::Engine, host::Host, laptops::transport::Transport, storage::disk::Disk};

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// As the record of settings says that came from a laptop; the usual ones as long as none did.
    pub async fn settings(&self) -> Result<Settings, Failure> {
        let mut slot = self.state.lock().await;
        let Ok(ledger) = self.loaded(&mut slot).await?.ledger() else {
            return Ok(Settings::default());
        };
        let Ok(settings) = Settings::load(ledger.log());
        Ok(settings)
    }
}
