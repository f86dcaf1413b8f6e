//! Files beside the records: those that are here, each under the hash of what is in it, and those
//! that are on their way.
//!
//! It knows no HTTP. Everything here blocks on the disk, but for what only asks memory.

mod blobs;
mod directory;
mod error;
mod files;
mod media_counts;
mod owner;
mod previews;
mod room;
#[cfg(test)]
mod tests;
mod unnamed;
mod upload_writer;
mod uploads;

pub use files::{Begun, DIRECTORY, Media};
pub use owner::Owner;
pub use {
    blobs::Blobs,
    error::MediaError,
    media_counts::{MediaCounter, MediaCounts},
    previews::PreviewError,
    unnamed::{Note, Unnamed},
    upload_writer::{Taken, Writer},
    uploads::{
        checksum::{ALGORITHMS, Checksum},
        finished::Finished,
        turns::Turn,
        upload::{Announced, Upload},
    },
};
