//! What a laptop says of itself to those who look for it.

use chasqui_shared::{DeviceId, ProjectId};

/// What a laptop says of itself. All of it is public on the wifi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laptop {
    /// What it holds.
    pub project: ProjectId,
    /// Its key.
    pub device: DeviceId,
    /// What people call it.
    pub name: String,
    /// The TCP port of its https.
    pub port: u16,
}
