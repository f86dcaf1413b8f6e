//! Why a sync with another laptop ended before both sides held the same.

use chasqui_shared::Failure;

use crate::store::StoreError;

/// Why it ended before both sides held the same.
#[derive(Debug, thiserror::Error)]
pub enum PeerSyncError {
    /// This laptop's store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The other side could not be reached, refused, or broke the protocol.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// This program is stopping.
    #[error("the program is stopping")]
    Stopped,
}
