//! Photos, sounds and films: what two sides say of the files, and how a project wants its photos.
//!
//! A file is named by its hash alone; which records name it is in their
//! [`MediaRef`](crate::MediaRef)s.

mod settings;
mod shown;
mod stored;
#[cfg(test)]
mod tests;
pub mod transfer;
pub mod tus;

pub use settings::{Photos, Settings};
pub use shown::is_safe_to_show;
pub use stored::{Begun, StoredRequest, StoredResponse};
