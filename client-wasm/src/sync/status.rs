//! How the sync stands, as people are told.

use chasqui_shared::{DeviceId, Failure, Role, Timestamp};
use serde::Serialize;

use crate::{
    media::status::FilesStatus,
    network::{peer::Tried, told::Clocks},
};

/// What the sync is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// No laptop has let this phone in.
    Unpaired,
    /// Asking the known addresses.
    #[default]
    Looking,
    /// Entries are on their way.
    Syncing,
    /// Nothing is waiting.
    Synced,
    /// No laptop answered.
    Away,
    /// A laptop answered, and something went wrong.
    Failed,
}

/// What people are told of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncSeen {
    /// What it is doing.
    pub phase: Phase,
    /// Entries moved in it.
    pub done: u64,
    /// Entries to be moved.
    pub total: u64,
    /// Why, in [`Phase::Failed`].
    pub problem: Option<Failure>,
}

/// How the sync and the files stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct SyncStatus {
    /// What the sync is doing.
    pub phase: Phase,
    /// Entries moved in this conversation.
    pub done: u64,
    /// Entries to be moved in this conversation, as far as is known.
    pub total: u64,
    /// Versions recorded here that no laptop has confirmed.
    pub waiting: u64,
    /// Whether a laptop has let this phone in.
    pub paired: bool,
    /// Who holds this phone, as was said at the pairing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// What this phone may do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// This phone, as author of versions; absent until it has a project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// When a laptop last held the same as this phone, by the phone's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met_at: Option<Timestamp>,
    /// What people call that laptop, or before the first meeting the one that let this phone in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub laptop: Option<String>,
    /// What went wrong, in [`Phase::Failed`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Failure>,
    /// What the clocks of this phone and its laptop say, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clocks: Option<Clocks>,
    /// Where a laptop was looked for in vain the last time, and what came of it; empty while one
    /// answers.
    pub tried: Vec<Tried>,
    /// How the files stand.
    pub files: FilesStatus,
}
