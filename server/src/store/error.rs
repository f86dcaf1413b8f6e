//! What can go wrong below the API, and what is said when the disk is full.

use std::io::ErrorKind;

use chasqui_shared::{Code, Failure};

/// The store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has the file open.
    #[error("the data is in use by another process")]
    InUse,
    /// The disk, or what this program may use of it, is full. What was committed is there, and the
    /// same may succeed later.
    #[error("the disk is full")]
    Full,
    /// The file could not be opened again after its disk failed. It is tried again with the next
    /// request.
    #[error("the data is out of reach: its disk failed, or was taken away")]
    Away,
    /// The database failed: a broken disk, or a damaged file.
    #[error("the database failed")]
    Database(#[source] redb::Error),
    /// The file is damaged so that the database cannot even open it.
    #[error(
        "the database file is damaged and cannot be opened: put a backup of the data directory in its place, or move it \
         away and get everything back from another laptop with `chasqui sync --join`, and from the phones"
    )]
    Unreadable,
    /// There is no database, or an empty one, beside the keys or files of a laptop.
    #[error(
        "this data directory has keys or photos, and its database chasqui-1.redb is missing or empty: put it back from a \
         backup; or get everything back from another laptop with `chasqui sync URL --join`; or begin a new project here, \
         beside all that is there, with `chasqui serve --begin-anew` (database_missing)"
    )]
    DatabaseMissing,
    /// A row does not say what its table promises.
    #[error("a row of {table} is damaged")]
    Damaged {
        /// The table.
        table: &'static str,
    },
    /// The file was written by another version of this software.
    #[error("the data has schema {found}; this software reads {read}")]
    Schema {
        /// What the file says.
        found: u32,
        /// What this software reads.
        read: u32,
    },
    /// A row could not be compressed, for lack of memory.
    #[error("a row cannot be compressed")]
    Compression(#[source] std::io::Error),
    /// The operating system gave no random bytes.
    #[error("no random bytes: {reason}")]
    Random {
        /// What the system said.
        reason: String,
    },
    /// The data directory or the file in it cannot be made or opened.
    #[error("the data directory cannot be used")]
    Directory(#[source] std::io::Error),
    /// Something is held already, of another project.
    #[error("this laptop holds a project of its own already")]
    NotEmpty,
    /// The store is closing, and takes no more work.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    /// Whether the database takes no more orders before its file is opened again.
    pub(super) fn is_of_disk(&self) -> bool {
        match self {
            Self::Full => true,
            Self::Database(error) => {
                matches!(error, redb::Error::Io(_) | redb::Error::PreviousIo)
            }
            _ => false,
        }
    }
}

/// Whether an operation failed because there is no more space, or no more that this program may
/// use.
pub(crate) fn is_full(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    )
}

/// What whoever asked is told when an operation [`is_full`].
pub(crate) fn laptop_full() -> Failure {
    let message =
        "the laptop's disk is full; nothing that it has is lost: make space on it, and try again";
    Failure::new(Code::LaptopFull, message)
}

impl<E: Into<redb::Error>> From<E> for StoreError {
    fn from(error: E) -> Self {
        match error.into() {
            redb::Error::DatabaseAlreadyOpen => Self::InUse,
            redb::Error::Io(error) if is_full(&error) => Self::Full,
            // Zeros, as after a crash, or something else altogether.
            redb::Error::Io(error) if error.kind() == ErrorKind::InvalidData => {
                tracing::error!(%error, "the file is no database");
                Self::Unreadable
            }
            redb::Error::Corrupted(reason) => {
                tracing::error!(reason, "the database finds its file damaged");
                Self::Unreadable
            }
            error => Self::Database(error),
        }
    }
}
