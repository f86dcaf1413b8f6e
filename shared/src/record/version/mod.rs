//! One immutable state of a record; [`VersionBytes`] are its identity.

mod bytes;
mod error;
mod fields;
mod state;
#[cfg(test)]
mod tests;

pub use bytes::{Kin, VersionBytes};
pub use error::VersionError;
pub use fields::{Answer, Change, Kind, MediaRef, Role, VERSION_FORMAT};
pub use state::Version;
