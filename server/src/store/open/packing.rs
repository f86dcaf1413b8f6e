//! Gives back to the disk what the database holds and does not use: all tables are copied into a
//! new file, which takes the place of the old one once it is whole and durable.
//!
//! redb keeps the pages that were freed, and leaves pages half full where keys come in no order: a
//! season of small commits takes three times what is stored. The old file stays as it is until the
//! new one was opened and says the same, so that a power cut at any moment leaves one of the two.
//! It also leaves behind pages that the disk altered and no row is in.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use redb::{
    Database, Durability, Key, ReadTransaction, ReadableDatabase, ReadableTable, TableDefinition,
    TableError, TableHandle, Value, WriteTransaction,
};

use super::state::State;
use crate::{
    limits,
    store::{
        error::StoreError,
        file::{
            disk::{self, Disk, FILE_NAME},
            tables,
        },
        memory::committed::Committed,
    },
};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packed {
    /// The file is as small as it gets, or is in no file.
    Tight,
    /// Others wanted to write or were reading, or the disk has no room for a copy.
    PutOff,
    /// Bytes of the disk before and after.
    Done(u64, u64),
}

/// Where the copy is made, beside the database.
pub(in crate::store) fn name() -> String {
    format!("{FILE_NAME}.packing")
}

/// Packs the file of `disk`, whose last commit is `last`. The caller alone may write. Ends early as
/// soon as `is_wanted`.
pub(in crate::store) fn pack(
    disk: &Disk,
    last: &Committed,
    is_forced: bool,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Packed, StoreError> {
    let Some(path) = disk.path() else { return Ok(Packed::Tight) };
    let before = used(path).map_err(StoreError::Directory)?;
    if !is_forced && !disk.with(|database| is_loose(database, before))? {
        return Ok(Packed::Tight);
    }
    let room =
        fs4::available_space(path.parent().unwrap_or(path)).map_err(StoreError::Directory)?;
    // For a while both files are there, and phones bring photos.
    if room < 2 * before {
        return Ok(Packed::PutOff);
    }
    let copy = Copy(path.with_file_name(name()));
    copy.remove().map_err(StoreError::Directory)?;
    let is_whole = disk.with(|from| {
        let mut to = disk::open_briefly(&copy.0, true)?;
        let is_whole = copy_all(from, &to, is_wanted)?;
        if is_whole {
            to.compact().map_err(|error| StoreError::Database(error.into()))?;
        }
        Ok(is_whole)
    })?;
    if !is_whole {
        return Ok(Packed::PutOff);
    }
    let says_the_same = |database: &Database| {
        let state = State::load(database, false)?;
        let (now, last) = (&state.committed, last);
        match (now.serial, now.digest, now.counts) == (last.serial, last.digest, last.counts) {
            true => Ok(()),
            false => Err(StoreError::Damaged { table: "packed" }),
        }
    };
    says_the_same(&disk::open_briefly(&copy.0, false)?)?;
    if disk.replace(&copy.0, says_the_same)?.is_none() {
        return Ok(Packed::PutOff);
    }
    Ok(Packed::Done(before, used(path).map_err(StoreError::Directory)?))
}

/// The copy while it is not in its place; dropped, what is left of it is removed.
struct Copy(PathBuf);

impl Copy {
    fn remove(&self) -> std::io::Result<()> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            tracing::warn!(%error, "a copy of the database that is of no use stays");
        }
    }
}

/// Bytes that a file takes of the disk; a file may be said to be longer than that.
fn used(path: &Path) -> std::io::Result<u64> {
    let about = File::open(path)?.metadata()?;
    #[cfg(unix)]
    let bytes = std::os::unix::fs::MetadataExt::blocks(&about) * 512;
    #[cfg(not(unix))]
    let bytes = about.len();
    Ok(bytes)
}

/// Whether so many bytes are worth packing.
fn is_loose(database: &Database, used: u64) -> Result<bool, StoreError> {
    let txn = database.begin_write()?;
    let stats = txn.stats()?;
    txn.abort()?;
    let stored = stats.stored_bytes() + stats.metadata_bytes();
    Ok(used > stored + stored / 4 + limits::LOOSE_BYTES_MIN)
}

/// Copies every table; whether it came to the end.
fn copy_all(
    from: &Database,
    to: &Database,
    is_wanted: &dyn Fn() -> bool,
) -> Result<bool, StoreError> {
    let read = from.begin_read()?;
    let mut write = to.begin_write()?;
    write.set_durability(Durability::Immediate)?;
    write.set_quick_repair(true);
    let mut step = Step { from: &read, to: &write, is_wanted, tables: 0 };
    let is_whole = step.table(tables::ENTRIES)?
        && step.table(tables::LOGS)?
        && step.table(tables::PLACES)?
        && step.table(tables::HEADS)?
        && step.table(tables::NAMED)?
        && step.table(tables::MEDIA)?
        && step.table(tables::MANAGERS)?
        && step.table(tables::WAITING)?
        && step.table(tables::SHOWN)?
        && step.table(tables::MOVES)?
        && step.table(tables::PEERS)?
        && step.table(tables::MEETINGS)?
        && step.table(tables::NOTICES)?
        && step.table(tables::ROWS)?
        && step.table(tables::IMPORTS)?
        && step.table(tables::PAIRINGS)?
        && step.table(tables::KEYRING)?
        && step.table(tables::ASIDE)?
        && step.table(tables::QUARANTINE_USAGE)?
        && step.table(tables::META)?;
    let (copied, held) = (step.tables, read.list_tables()?.count());
    if !is_whole {
        write.abort()?;
        return Ok(false);
    }
    if copied != held {
        // A table that is not known here must not be lost.
        return Err(StoreError::Damaged { table: "unknown" });
    }
    write.commit()?;
    Ok(true)
}

struct Step<'a> {
    from: &'a ReadTransaction,
    to: &'a WriteTransaction,
    is_wanted: &'a dyn Fn() -> bool,
    /// How many tables were copied.
    tables: usize,
}

impl Step<'_> {
    fn table<K: Key + 'static, V: Value + 'static>(
        &mut self,
        table: TableDefinition<'_, K, V>,
    ) -> Result<bool, StoreError> {
        let from = match self.from.open_table(table) {
            Err(TableError::TableDoesNotExist(_)) => return Ok(true),
            opened => opened?,
        };
        self.tables += 1;
        let mut to = self.to.open_table(table)?;
        for (number, row) in from.iter()?.enumerate() {
            if number % limits::PACKED_ROWS_AT_ONCE == 0 && (self.is_wanted)() {
                return Ok(false);
            }
            let (key, value) = row?;
            to.insert(key.value(), value.value())?;
        }
        tracing::debug!(table = table.name(), "copied");
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
