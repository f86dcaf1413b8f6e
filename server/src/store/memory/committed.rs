//! What is known of the last commit without asking the database.

use chasqui_shared::{Clock, ClockDigest, LogOwner};
use redb::ReadableTable;

use crate::store::error::StoreError;

const DAMAGED: StoreError = StoreError::Damaged { table: "meta-1" };

/// How much is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Observations and tracks with at least one version that can be shown.
    pub records: u64,
    /// Versions, each once, those in quarantine too.
    pub versions: u64,
    /// Entries over all logs.
    pub entries: u64,
    /// Logs.
    pub writers: u64,
    /// Heads over all records.
    pub heads: u64,
    /// Records with more than one head.
    pub conflicts: u64,
    /// Records of which every head is a delete; they count among `records`.
    pub deleted: u64,
}

/// What no table counts by itself, kept as running sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// Heads over all records.
    pub heads: u64,
    /// Records with more than one head.
    pub conflicts: u64,
    /// Records of which every head is a delete.
    pub deleted: u64,
}

impl Sums {
    pub const WIDTH: usize = 24;

    pub fn to_bytes(self) -> [u8; Self::WIDTH] {
        let mut bytes = [0; Self::WIDTH];
        bytes[..8].copy_from_slice(&self.heads.to_be_bytes());
        bytes[8..16].copy_from_slice(&self.conflicts.to_be_bytes());
        bytes[16..].copy_from_slice(&self.deleted.to_be_bytes());
        bytes
    }

    pub fn from_bytes(bytes: [u8; Self::WIDTH]) -> Self {
        let [mut heads, mut conflicts, mut deleted] = [[0; 8]; 3];
        heads.copy_from_slice(&bytes[..8]);
        conflicts.copy_from_slice(&bytes[8..16]);
        deleted.copy_from_slice(&bytes[16..]);
        Self {
            heads: u64::from_be_bytes(heads),
            conflicts: u64::from_be_bytes(conflicts),
            deleted: u64::from_be_bytes(deleted),
        }
    }
}

/// The state after the last commit. A read compares its serial with the database's before it
/// believes it.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Number of the commit.
    pub serial: u64,
    /// All positions.
    pub clock: Clock,
    /// Of that clock.
    pub digest: ClockDigest,
    /// The log that this laptop writes.
    pub owner: LogOwner,
    /// How much is held.
    pub counts: Counts,
}

/// Number of the last commit.
pub(in crate::store) fn serial(
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
) -> Result<u64, StoreError> {
    Ok(u64::from_be_bytes(bytes(meta, "serial")?))
}

/// What no table counts by itself.
pub(in crate::store) fn sums(
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
) -> Result<Sums, StoreError> {
    Ok(Sums::from_bytes(bytes(meta, "sums")?))
}

/// One value of the table.
pub(in crate::store) fn bytes<const N: usize>(
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
    name: &str,
) -> Result<[u8; N], StoreError> {
    let row = meta.get(name)?.ok_or(DAMAGED)?;
    row.value().try_into().map_err(|_| DAMAGED)
}
