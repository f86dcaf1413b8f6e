//! How the files stand, as people are told.

use chasqui_shared::{ContentHash, Failure};
use serde::Serialize;

/// How the files stand: photos, sounds and films.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct FilesStatus {
    /// Files of this phone that no laptop holds.
    pub waiting: u64,
    /// Their bytes.
    pub waiting_bytes: u64,
    /// How many of them are pictures.
    pub photos: u64,
    /// How many are not.
    pub others: u64,
    /// Files on their way now, at most [`crate::limits::UPLOADS_MAX`].
    pub sending: Vec<SendingFile>,
    /// Files that a laptop was given in this round.
    pub done: u64,
    /// Files to be given in this round; 0 while none is on its way.
    pub total: u64,
    /// Bytes that the laptop has of them.
    pub done_bytes: u64,
    /// All their bytes.
    pub total_bytes: u64,
    /// Why files do not go, though a laptop answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Failure>,
}

/// A file on its way to the laptop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct SendingFile {
    /// The file.
    pub hash: ContentHash,
    /// The name it had on the phone.
    pub name: String,
    /// Bytes that the laptop has of it.
    pub done_bytes: u64,
    /// All its bytes.
    pub bytes: u64,
}
