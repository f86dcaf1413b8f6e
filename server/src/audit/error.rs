//! Why two stores could not be compared.

use chasqui_shared::Failure;

use crate::{peer_sync::PeerSyncError, store::StoreError};

/// Why two stores could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// This side's store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The other side could not be asked, or refused.
    #[error(transparent)]
    Failed(Failure),
}

impl From<PeerSyncError> for CompareError {
    fn from(error: PeerSyncError) -> Self {
        match error {
            PeerSyncError::Store(error) => error.into(),
            error => Self::Failed(error.into()),
        }
    }
}
