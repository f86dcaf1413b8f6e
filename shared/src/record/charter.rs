//! What a project is founded on.

use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, Epoch, ProjectId};

/// The laptop that began a project, and the salt that tells its projects apart.
///
/// The project's id is the hash of both, so that everybody who knows the id can check who its first
/// manager is. All other managers are named, directly or not, by that one; see [`crate::Member`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Charter {
    /// The first manager's device.
    pub founder: DeviceId,
    /// Chosen at random when the project was begun.
    pub salt: Epoch,
}

impl Charter {
    /// The first 16 bytes of BLAKE3("chasqui project 1" ‖ founder ‖ salt).
    pub fn project(&self) -> ProjectId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"chasqui project 1").update(&self.founder.0).update(&self.salt.0);
        let mut project = [0; ProjectId::WIDTH];
        project.copy_from_slice(&hasher.finalize().as_bytes()[..ProjectId::WIDTH]);
        ProjectId(project)
    }
}
