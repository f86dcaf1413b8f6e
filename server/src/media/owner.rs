//! Whose an upload is.

use chasqui_shared::DeviceId;

/// Whose an upload is: a device's, or, if absent, the manager's at this machine.
pub type Owner = Option<DeviceId>;
