//! A laptop in reach, and what came of looking for one.

use chasqui_shared::{Code, Failure, Hello};
use serde::Serialize;

use crate::laptops::transport::is_absence;

/// A laptop that let this phone in, and has just proven to be that one.
#[derive(Clone)]
pub struct Peer {
    /// The base address where it answers.
    pub base: String,
    /// What it said about itself.
    pub hello: Hello,
    /// What it gave this phone, to be told to nobody else.
    pub token: String,
}

/// An address where a laptop was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Tried {
    /// The base address.
    pub address: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of looking for a laptop at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nobody answered in time, or the browser did not allow it: it trusts no certificate there, or
    /// may not use the local network. It does not tell which.
    Silent,
    /// A laptop of this project that has not let this phone in.
    OtherLaptop,
    /// A laptop of another project.
    OtherProject,
    /// Somebody who could not prove to be the laptop it named.
    Unproven,
    /// Something else: no laptop, or one that would not say who it is.
    Refused,
}

impl Outcome {
    pub(super) fn of(failure: &Failure) -> Self {
        match failure.code {
            _ if is_absence(failure) => Self::Silent,
            Code::OtherLaptop => Self::OtherLaptop,
            Code::OtherProject => Self::OtherProject,
            Code::HelloUnproven => Self::Unproven,
            _ => Self::Refused,
        }
    }
}

/// Where a laptop tells its news.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct NewsPlace {
    /// The base address of the laptop.
    pub base: String,
    /// To be shown there.
    pub token: String,
}
