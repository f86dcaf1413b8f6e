//! Who somebody is, and what that allows.

use chasqui_shared::{DeviceId, Role};

use super::error::AccessError;

/// Who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Whoever can reach this laptop.
    Anybody,
    /// Every device that was let in, and managers.
    Paired,
    /// Managers.
    Manager,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Somebody who did not say.
    Nobody,
    /// The manager at this very machine.
    LocalManager,
    /// A device that was let in.
    Device(Paired),
}

/// A device that was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// Its key.
    pub device: DeviceId,
    /// Who holds it.
    pub name: String,
    /// What it may do.
    pub role: Role,
}

/// What somebody shows to be let in.
#[derive(Clone, Copy)]
pub enum Credential<'a> {
    /// Nothing.
    None,
    /// A device's token, or the manager's key.
    Token(&'a str),
    /// The value of a session's cookie.
    Session(&'a str),
}

impl Caller {
    /// What the caller may do; `None` for nobody.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Nobody => None,
            Self::LocalManager => Some(Role::Manager),
            Self::Device(paired) => Some(paired.role),
        }
    }

    /// Whether the caller is among those who may.
    pub fn check(&self, who: Permission) -> Result<(), AccessError> {
        match (who, self.role()) {
            (Permission::Anybody, _)
            | (Permission::Paired, Some(_))
            | (Permission::Manager, Some(Role::Manager)) => Ok(()),
            (_, None) => Err(AccessError::NotPaired),
            (Permission::Manager, Some(Role::Monitor)) => Err(AccessError::ManagerOnly),
        }
    }
}
