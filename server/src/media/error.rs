//! Why a file was not taken.

use std::io;

/// Why an upload is refused or ends.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The file, or what was sent of it, is over its limit.
    #[error("the file may have {bytes_max} bytes")]
    TooLarge {
        /// What would fit.
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
