//! `GET /api/v1/hello`: whom one has reached, before anything else is said.

use serde::{Deserialize, Serialize};

use crate::{DeviceId, ProjectId, Timestamp};

/// The answer to `GET /api/v1/hello`, as JSON. Readers pass over fields that they do not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The project that the laptop holds.
    pub project: ProjectId,
    /// The laptop itself.
    pub device: DeviceId,
    /// What people call it.
    pub name: String,
    /// Its wall clock.
    pub time: Timestamp,
    /// Base addresses under which it answers, best first, such as `https://10.77.0.1:8443`.
    #[serde(default)]
    pub addresses: Vec<String>,
}
