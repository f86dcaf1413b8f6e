//! Why a file was not taken.

use std::io;

use chasqui_shared::{Code, Failure};

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
        let code = match error {
            MediaError::Disk(error) if is_full(&error) => return laptop_full(),
            MediaError::Disk(error) => {
                tracing::error!(%error, "a media file failed");
                Code::FileUnreadable
            }
            MediaError::Busy => Code::UploadBusy,
            MediaError::ChecksumWrong => Code::ChecksumWrong,
            MediaError::DiskReserve => Code::DiskReserve,
            MediaError::TooLarge { .. } => Code::BodyTooLarge,
            MediaError::HashWrong => Code::HashWrong,
            MediaError::TooMany => Code::TooManyUploads,
            MediaError::LengthDiffers => Code::LengthDiffers,
            MediaError::OffsetWrong { .. } => Code::OffsetWrong,
            MediaError::Unknown => Code::UploadUnknown,
            MediaError::Expired => Code::UploadExpired,
        };
        Self::new(code, message)
    }
}
