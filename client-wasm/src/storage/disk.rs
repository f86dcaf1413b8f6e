//! What the engine needs of durable storage: read everything once, then save in single
//! transactions.
//!
//! It knows nothing of records: rows are bytes, see [`crate::storage::row`].

use std::future::Future;

use chasqui_shared::{Code, ContentHash, Failure, WriterId};

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
    /// Every table of rows.
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

/// The table of files, by the hex of their hash. It is never read as a whole.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "only a browser's disk has tables")
)]
pub(crate) const FILES: &str = "media-1";

/// The table of previews, in the order of their coming, with an index by the hex of their file's
/// hash.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "only a browser's disk has tables")
)]
pub(crate) const PREVIEWS: &str = "previews-1";

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

    /// The table that [`Save::deletes`] means.
    pub(crate) fn deleted_from(&self) -> Store {
        match self {
            Self::Row(..) => Store::Entries,
            Self::Name(_) => Store::Meta,
        }
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
    /// What the guard must hold, `None` for no guard; else nothing is saved and
    /// [`DiskError::Moved`] comes back.
    pub expected: Option<Vec<u8>>,
    /// What the guard holds afterwards.
    pub guard: Vec<u8>,
    /// Values to put, before `deletes`.
    pub puts: Vec<Value>,
    /// What to delete: rows of [`Store::Entries`], and names of [`Store::Meta`].
    pub deletes: Vec<Key>,
    /// Files that must be here; else nothing is saved and [`DiskError::FileMissing`] comes back.
    pub files_needed: Vec<ContentHash>,
    /// Files to remove.
    pub files_dropped: Vec<ContentHash>,
}

impl Save {
    /// The name in [`Store::Meta`] of the value that every transaction compares and sets.
    pub const GUARD: &'static str = "position";
}

/// Bytes that stay where the disk keeps them, and are read a slice at a time.
pub trait StoredFile: Clone {
    /// Size in bytes.
    fn bytes(&self) -> u64;
    /// The bytes from `from` up to `until`, both clamped to the size.
    fn slice(&self, from: u64, until: u64) -> Result<Self, DiskError>;
    /// Its bytes, in memory. Only for a part of a file.
    fn read(&self) -> impl Future<Output = Result<Vec<u8>, DiskError>>;
    /// Parts of a file as the whole, of this media type.
    fn join(parts: &[Self], media_type: &str) -> Result<Self, DiskError>;
}

/// Durable storage of one phone. A future of it that is dropped leaves nothing under way. Two
/// engines may have it open at once; the guard tells them apart.
pub trait Disk {
    /// A photo, sound or film.
    type File: StoredFile;

    /// Everything that is stored; opens the storage if it is not.
    fn load(&self) -> impl Future<Output = Result<Stored, DiskError>>;
    /// Carries out one transaction; resolves when it is durable.
    fn save(&self, save: Save) -> impl Future<Output = Result<(), DiskError>>;
    /// The same, with a file under its hash.
    fn keep(
        &self,
        save: Save,
        hash: ContentHash,
        file: &Self::File,
    ) -> impl Future<Output = Result<(), DiskError>>;
    /// A file, if it is here.
    fn file(
        &self,
        hash: ContentHash,
    ) -> impl Future<Output = Result<Option<Self::File>, DiskError>>;
    /// The preview of a file, if it was kept.
    fn preview(
        &self,
        hash: ContentHash,
    ) -> impl Future<Output = Result<Option<Self::File>, DiskError>>;
    /// Keeps a preview, which costs nothing to lose: so many at most, the oldest leave.
    fn keep_preview(
        &self,
        hash: ContentHash,
        preview: &Self::File,
        count_max: usize,
    ) -> impl Future<Output = Result<(), DiskError>>;
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
    /// A file that a record names is not here.
    #[error("a photo or sound of this record is not on this phone: take it again")]
    FileMissing,
    /// It did not answer in time. What was to be saved may be saved or not.
    #[error("this phone's storage does not answer: nothing is lost, try again")]
    Slow,
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
            DiskError::Full => Code::StorageFull,
            DiskError::Moved => Code::LogMoved,
            DiskError::FileMissing => Code::MediaMissing,
            DiskError::Slow => Code::StorageSlow,
            DiskError::Failed { .. } => Code::StorageFailed,
            DiskError::Damaged { .. } => Code::StorageDamaged,
        };
        Failure::new(code, error.to_string())
    }
}
