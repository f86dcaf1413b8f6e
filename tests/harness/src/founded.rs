//! Where a phone learns its project from.

use chasqui_shared::Charter;

/// Something that belongs to a project.
pub trait Founded {
    /// What the project is founded on.
    fn charter(&self) -> Charter;
}

impl Founded for Charter {
    fn charter(&self) -> Charter {
        *self
    }
}
