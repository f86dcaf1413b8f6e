//! How much is held, counted from the tables.

use chasqui_shared::Clock;
use redb::{ReadableTable, ReadableTableMetadata};

use super::shown;
use crate::store::{
    error::StoreError,
    file::tables::PAIR,
    log::rows,
    memory::committed::{Counts, Sums},
};

/// The sums, counted from the rows.
pub(in crate::store) fn recount(
    heads: &impl ReadableTable<&'static [u8; 16], &'static [u8]>,
    shown: &impl ReadableTable<&'static [u8; PAIR], &'static [u8]>,
) -> Result<Sums, StoreError> {
    let mut sums = Sums::default();
    for row in heads.iter()? {
        let held = rows::read_heads(row?.1.value())?;
        if held.shown_at.is_some() {
            sums.heads += held.heads.len() as u64;
        }
    }
    for row in shown.iter()? {
        let (key, row) = row?;
        if let Ok(shown) = shown::decode(key.value(), row.value()) {
            sums.deleted += u64::from(shown.is_deleted);
            sums.conflicts += u64::from(shown.is_conflict);
        }
    }
    Ok(sums)
}

/// How much is held.
pub(in crate::store) fn counts(
    shown: &impl ReadableTableMetadata,
    places: &impl ReadableTableMetadata,
    clock: &Clock,
    sums: Sums,
) -> Result<Counts, StoreError> {
    Ok(Counts {
        records: shown.len()?,
        versions: places.len()?,
        entries: clock.entries(),
        writers: clock.len() as u64,
        heads: sums.heads,
        conflicts: sums.conflicts,
        deleted: sums.deleted,
    })
}
