//! How much of each device is held in quarantine, so that it can be bounded.

use chasqui_shared::{DeviceId, LogOwner, LoggedEntry, QuarantineUsage};
use redb::{ReadableTable, Table, TableHandle, WriteTransaction};

use super::stored_entry;
use crate::store::{
    error::StoreError,
    file::tables::{ENTRIES, LOGS, QUARANTINE_USAGE, read_log_row, read_place},
};

/// What is held of a device.
pub(in crate::store) fn of(
    table: &impl ReadableTable<&'static [u8; 32], &'static [u8; 16]>,
    device: DeviceId,
) -> Result<QuarantineUsage, StoreError> {
    let row = table.get(&device.0)?;
    Ok(row.map_or_else(QuarantineUsage::default, |row| {
        let row = u128::from_be_bytes(*row.value());
        QuarantineUsage { entries: (row >> 64) as u64, bytes: row as u64 }
    }))
}

/// Counts an entry that is in quarantine now, or no longer.
pub(in crate::store) fn count(
    table: &mut Table<'_, &'static [u8; 32], &'static [u8; 16]>,
    owner: LogOwner,
    logged: &LoggedEntry,
    is_more: bool,
) -> Result<(), StoreError> {
    let device = logged.brought_up_by(owner);
    let bytes = logged.entry.version.as_slice().len();
    let mut held = of(table, device)?;
    if is_more {
        held.add(bytes);
    } else {
        held.remove(bytes);
    }
    if held.entries == 0 {
        table.remove(&device.0)?;
    } else {
        let row = u128::from(held.entries) << 64 | u128::from(held.bytes);
        table.insert(&device.0, &row.to_be_bytes())?;
    }
    Ok(())
}

/// Counts all entries of a file from before they were counted. Says whether it was one.
pub(in crate::store) fn fill(txn: &WriteTransaction) -> Result<bool, StoreError> {
    if txn.list_tables()?.any(|table| table.name() == QUARANTINE_USAGE.name()) {
        return Ok(false);
    }
    let mut table = txn.open_table(QUARANTINE_USAGE)?;
    let logs = txn.open_table(LOGS)?;
    for row in txn.open_table(ENTRIES)?.iter()? {
        let (place, entry) = row?;
        let place = read_place(place.value());
        let Ok(logged) = stored_entry::decode(place.writer, place.seq, entry.value()) else {
            continue;
        };
        if logged.quarantine.is_some()
            && let Some(row) = logs.get(&place.writer.0)?
        {
            count(&mut table, read_log_row(row.value()).0, &logged, true)?;
        }
    }
    Ok(true)
}
