//! Why a file was not taken.

use std::io;

use chasqui_shared::Failure;

use crate::store::{is_full, laptop_full};

/// Why an upload is refused or ends.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The file is over the limit, or more was sent of it than was announced.
    #[error("the file may have {bytes_max} bytes")]
    TooLarge {
        /// What the whole file may have.
        bytes_max: u64,
    },
    /// As many uploads go on as may.
    #[error("too many uploads go on; end some of them, or wait until they expire")]
    TooMany,
    /// The disk would be too full for everything else.
    #[error("the laptop's disk has no room for this file; make space on it, and try again")]
    DiskReserve,
    /// The same file goes on with another length.
    #[error("an upload of this file goes on with another length")]
    LengthDiffers,
    /// There is no such upload of the one who asks.
    #[error("there is no such upload; begin it anew")]
    Unknown,
    /// Nobody went on with it in time.
    #[error("the upload has expired; begin it anew")]
    Expired,
    /// Somebody writes to it at this moment.
    #[error("the upload is being written to; try again in a moment")]
    Busy,
    /// Something else comes next than what is sent.
    #[error("the upload goes on at byte {offset}")]
    OffsetWrong {
        /// Where it goes on.
        offset: u64,
    },
    /// What came is not what was sent; it was thrown away.
    #[error("what came does not have the checksum that was sent with it; send it again")]
    ChecksumWrong,
    /// The whole file is another than the one that was named; it was thrown away.
    #[error("the whole file does not have the hash that was named for it; begin it anew")]
    HashWrong,
    /// The disk failed.
    #[error("a file could not be read or written")]
    Disk(#[from] io::Error),
}

impl From<MediaError> for Failure {
    fn from(error: MediaError) -> Self {
        let message = error.to_string();
        match error {
            MediaError::Disk(error) if is_full(&error) => laptop_full(),
            MediaError::Disk(error) => {
                tracing::error!(%error, "a media file failed");
                Self::passing("file_unreadable", message)
            }
            MediaError::Busy => Self::passing("upload_busy", message),
            MediaError::ChecksumWrong => Self::passing("checksum_wrong", message),
            MediaError::DiskReserve => Self::passing("disk_reserve", message),
            MediaError::TooLarge { .. } => Self::lasting("body_too_large", message),
            MediaError::HashWrong => Self::lasting("hash_wrong", message),
            MediaError::TooMany => Self::lasting("too_many_uploads", message),
            MediaError::LengthDiffers => Self::lasting("length_differs", message),
            MediaError::OffsetWrong { .. } => Self::lasting("offset_wrong", message),
            MediaError::Unknown => Self::lasting("upload_unknown", message),
            MediaError::Expired => Self::lasting("upload_expired", message),
        }
    }
}
