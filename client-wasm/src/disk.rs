//! What the engine needs of durable storage: read everything once, then save in single transactions.
//!
//! It knows nothing of records: rows are bytes, see [`crate::row`].

use std::future::Future;

use chasqui_shared::{Failure, WriterId};

/// A table. Its name carries the version of its layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Store {
    /// Rows of entries, by [`Key::Row`].
    Entries,
    /// The device's secret, by [`Key::Name`].
    Keys,
    /// Everything else, by [`Key::Name`].
    Meta,
}

impl Store {
    /// Every table.
    pub const ALL: [Self; 3] = [Self::Entries, Self::Keys, Self::Meta];

    /// Its name on disk.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entries => "entries-1",
            Self::Keys => "keys-1",
            Self::Meta => "meta-1",
        }
    }
}

/// Where a value is kept in its table. Rows of a log come in the order of their seq.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The row of a log that begins at this seq.
    Row(WriterId, u64),
    /// A value by name.
    Name(String),
}

impl Key {
    /// A key by name.
    pub fn name(name: impl Into<String>) -> Self {
        Self::Name(name.into())
    }
}

/// One value at its place.
pub type Value = (Store, Key, Vec<u8>);

/// Everything that is stored, tables in the order of [`Store::ALL`], each by ascending key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The values.
    pub values: Vec<Value>,
}

impl Stored {
    /// The value of a name.
    pub fn named(&self, store: Store, name: &str) -> Option<&[u8]> {
        let wanted = Key::name(name);
        let found = self.values.iter().find(|(s, key, _)| *s == store && *key == wanted);
        found.map(|(_, _, bytes)| bytes.as_slice())
    }
}

/// One transaction: all of it becomes durable, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Save {
    /// What the guard must hold, `None` for no guard; else nothing is saved and [`DiskError::Moved`] comes back.
    pub expected: Option<Vec<u8>>,
    /// What the guard holds afterwards.
    pub guard: Vec<u8>,
    /// Values to put, before `deletes`.
    pub puts: Vec<Value>,
    /// Rows of [`Store::Entries`] to delete.
    pub deletes: Vec<Key>,
}

impl Save {
    /// The name in [`Store::Meta`] of the value that every transaction compares and sets.
    pub const GUARD: &'static str = "position";
}

/// Durable storage of one phone. Two engines may have it open at once; the guard tells them apart.
pub trait Disk {
    /// Everything that is stored; opens the storage if it is not.
    fn load(&self) -> impl Future<Output = Result<Stored, DiskError>>;
    /// Carries out one transaction; resolves when it is durable.
    fn save(&self, save: Save) -> impl Future<Output = Result<(), DiskError>>;
}

/// Why nothing was read or saved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiskError {
    /// There is no room left.
    #[error("this phone has no room left: free some space, then save again")]
    Full,
    /// Another engine saved since this one loaded.
    #[error("another window saved meanwhile: save again")]
    Moved,
    /// Anything else.
    #[error("this phone's storage failed: {reason}")]
    Failed {
        /// What the storage said.
        reason: String,
    },
    /// The bytes in a row cannot be read.
    #[error("something stored on this phone cannot be read: {reason}")]
    Damaged {
        /// What the decoder met.
        reason: String,
    },
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        let code = match error {
            DiskError::Full => "storage_full",
            DiskError::Moved => "log_moved",
            DiskError::Failed { .. } => "storage_failed",
            DiskError::Damaged { .. } => "storage_damaged",
        };
        match error {
            DiskError::Damaged { .. } => Failure::lasting(code, error.to_string()),
            _ => Failure::passing(code, error.to_string()),
        }
    }
}
