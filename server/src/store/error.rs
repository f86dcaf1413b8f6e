//! What can go wrong below the API.

/// The store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has the file open.
    #[error("the data is in use by another process")]
    InUse,
    /// The database failed: a full or broken disk, or a damaged file.
    #[error("the database failed")]
    Database(#[source] redb::Error),
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
    /// The operating system gave no random bytes.
    #[error("no random bytes: {reason}")]
    Random {
        /// What the system said.
        reason: String,
    },
    /// The data directory or the file in it cannot be made or opened.
    #[error("the data directory cannot be used")]
    Directory(#[source] std::io::Error),
    /// The store is closing, and takes no more work.
    #[error("the store is closed")]
    Closed,
}

impl<E: Into<redb::Error>> From<E> for StoreError {
    fn from(error: E) -> Self {
        match error.into() {
            redb::Error::DatabaseAlreadyOpen => Self::InUse,
            error => Self::Database(error),
        }
    }
}
