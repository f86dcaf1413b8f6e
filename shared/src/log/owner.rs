//! Whose log it is, in a way that anyone can check.

use serde::{Deserialize, Serialize};

use super::clock::Position;
use crate::id::{Chain, DeviceId, Epoch, ProjectId, WriterId};

/// The device that a log belongs to and the random epoch that tells its logs apart.
///
/// It travels with the first entry of the log. A device whose log was restored or cloned takes a
/// new epoch, and so a new writer, before it writes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LogOwner {
    /// The key that signs the log's entries.
    pub device: DeviceId,
    /// Chosen at random when the log was begun.
    pub epoch: Epoch,
}

impl LogOwner {
    /// The first 16 bytes of BLAKE3("chasqui writer 1" ‖ device ‖ epoch).
    pub fn writer(&self) -> WriterId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"chasqui writer 1").update(&self.device.0).update(&self.epoch.0);
        let mut writer = [0; WriterId::WIDTH];
        writer.copy_from_slice(&hasher.finalize().as_bytes()[..WriterId::WIDTH]);
        WriterId(writer)
    }

    /// The chain before the first entry: BLAKE3("chasqui log 1" ‖ project ‖ device ‖ epoch).
    ///
    /// With the project in it, no entry of one project verifies in another.
    pub fn genesis(&self, project: ProjectId) -> Chain {
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(b"chasqui log 1")
            .update(&project.0)
            .update(&self.device.0)
            .update(&self.epoch.0);
        Chain(*hasher.finalize().as_bytes())
    }

    /// The chain that the entry after `last` goes on from: the genesis at the start, else that of
    /// `last`.
    pub fn chain_from(&self, project: ProjectId, last: Position) -> Chain {
        if last.seq == 0 { self.genesis(project) } else { last.chain }
    }
}
