//! The tables that only repeat what the entries say, read for an audit and written again where they
//! are wrong.
//!
//! Nothing that they say is the authority for a deletion, nor for what is shown where it was
//! altered: places lead to versions that are hashed when they are read, rows of the list are
//! sealed, and what is left is computed again from the entries.

use std::{collections::BTreeSet, sync::atomic::Ordering};

use chasqui_shared::{DeviceId, LogStore, LogView, Place, RecordId, VersionId, View};
use redb::{ReadableTable, ReadableTableMetadata};

use super::{counts, shown};
use crate::store::{
    error::StoreError,
    file::tables::{PAIR, named_key, read_waiting},
    log::{read_log::ReadLog, rows, write_log::WriteLog},
    memory::committed::{self, Sums},
};

/// The key of a row of the list.
pub(crate) type ShownKey = [u8; PAIR];

/// What of the derived tables is to be written again, besides places, heads and the names of files.
#[derive(Clone, Debug, Default)]
pub struct DerivedRepairs {
    /// Versions named as parents before they were held: those to be added, and those to be removed.
    pub named: Vec<(RecordId, VersionId, bool)>,
    /// Devices that versions name manager: those to be added, and those to be removed.
    pub managers: Vec<(DeviceId, bool)>,
    /// Entries that wait for their author to be named manager.
    pub waiting: Vec<(DeviceId, Place)>,
    /// Rows of the list that belong to no record.
    pub strays: Vec<ShownKey>,
    /// Records whose row of the list is wrong or missing.
    pub shown: Vec<RecordId>,
    /// Whether the sums are to be counted again.
    pub sums: bool,
}

impl DerivedRepairs {
    /// How many rows that is.
    pub fn rows(&self) -> usize {
        let Self { named, managers, waiting, strays, shown, sums } = self;
        let lists = named.len() + managers.len() + waiting.len() + strays.len() + shown.len();
        lists + usize::from(*sums)
    }
}

impl ReadLog {
    /// Number of entries that are stored, whatever the logs say.
    pub fn stored_entries(&self) -> Result<u64, StoreError> {
        Ok(self.entries.len()?)
    }

    /// The logs that have entries, ascending, each with the highest seq of them.
    pub fn stored_logs(&self) -> Result<Vec<Place>, StoreError> {
        let (mut ends, mut from) = (Vec::new(), [0; PAIR]);
        while let Some(row) = self.entries.range::<&[u8; PAIR]>(&from..)?.next() {
            let writer = crate::store::file::tables::read_place(row?.0.value()).writer;
            let until = crate::store::file::tables::entry_key(writer, u64::MAX);
            let last = self.entries.range::<&[u8; PAIR]>(&from..=&until)?.next_back();
            let Some(last) = last.transpose()? else { break };
            ends.push(crate::store::file::tables::read_place(last.0.value()));
            from = until;
        }
        Ok(ends)
    }

    /// Versions that were named as parents before they were held, by record.
    pub fn named_parents(
        &self,
    ) -> Result<impl Iterator<Item = Result<(RecordId, VersionId), StoreError>> + '_, StoreError>
    {
        Ok(self.named.iter()?.map(|row| {
            let row = row?;
            let (record, version) = row.0.value().split_at(RecordId::WIDTH);
            let read = RecordId::from_slice(record).zip(VersionId::from_slice(version));
            read.ok_or(StoreError::Damaged { table: "named-1" })
        }))
    }

    /// Devices that versions are said to name manager.
    pub fn managers_named(&self) -> Result<BTreeSet<DeviceId>, StoreError> {
        self.managers.iter()?.map(|row| Ok(DeviceId(*row?.0.value()))).collect()
    }

    /// Whether an entry is said to wait for this author to be named manager.
    pub fn waits(&self, author: DeviceId, place: Place) -> Result<bool, StoreError> {
        Ok(self.waiting.get(&crate::store::file::tables::waiting_key(author, place))?.is_some())
    }

    /// Places where entries are said to wait.
    pub fn waiting_places(&self) -> Result<Vec<Place>, StoreError> {
        self.waiting.iter()?.map(|row| Ok(read_waiting(row?.0.value()))).collect()
    }

    /// The keys of the list, in its order.
    pub fn shown_keys(
        &self,
    ) -> Result<impl Iterator<Item = Result<ShownKey, StoreError>> + '_, StoreError> {
        Ok(self.shown.iter()?.map(|row| Ok(*row?.0.value())))
    }

    /// The row of the list under this key, as it is stored.
    pub fn shown_row(&self, key: &ShownKey) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.shown.get(key)?.map(|row| row.value().to_vec()))
    }

    /// The row that a record must have in the list, computed from its heads; none if it is not to
    /// be seen.
    pub fn due_row(&self, record: RecordId) -> Result<Option<(ShownKey, Vec<u8>)>, StoreError> {
        let view = View::load(self, record)?.filter(|view| view.kind.is_seen());
        let Some(view) = view else { return Ok(None) };
        let received_at = match rows::place(&self.places, view.winner)? {
            Some(place) => rows::received_at(&self.entries, place)?,
            None => None,
        };
        received_at.map(|received_at| shown::row(&view, received_at)).transpose()
    }

    /// The key under which the list is said to have a record.
    pub fn shown_under(&self, record: RecordId) -> Result<Option<ShownKey>, StoreError> {
        let held = rows::heads(&self.heads, record)?;
        Ok(held.and_then(|held| held.shown_at).map(|moment| {
            let mut key = [0; PAIR];
            key[..rows::MOMENT].copy_from_slice(&moment);
            key[rows::MOMENT..].copy_from_slice(&record.0);
            key
        }))
    }

    /// The sums as they are kept, and as they are counted.
    pub(crate) fn sums(&self) -> Result<(Option<Sums>, Sums), StoreError> {
        let kept = committed::sums(&self.meta).ok();
        Ok((kept, counts::recount(&self.heads, &self.shown)?))
    }

    /// A row of the list that is not as it was written: what it must be is given in its place, if
    /// that is known. An audit is due.
    pub(in crate::store) fn row_again(
        &self,
        key: &ShownKey,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.is_doubted.store(true, Ordering::Relaxed);
        let due = self.due_row(shown::record(key))?;
        Ok(due.filter(|(due, _)| due == key).map(|(_, row)| row))
    }
}

impl WriteLog<'_> {
    /// Writes again what is wrong of the derived tables.
    pub fn mend_derived(&mut self, repairs: &DerivedRepairs) -> Result<(), StoreError> {
        for &(record, version, is_added) in &repairs.named {
            let key = named_key(record, version);
            match is_added {
                true => drop(self.named.insert(&key, ())?),
                false => drop(self.named.remove(&key)?),
            }
        }
        for &(device, is_added) in &repairs.managers {
            match is_added {
                true => drop(self.managers.insert(&device.0, ())?),
                false => drop(self.managers.remove(&device.0)?),
            }
        }
        for &(author, place) in &repairs.waiting {
            self.set_waiting(author, place)?;
        }
        for key in &repairs.strays {
            self.shown.remove(key)?;
        }
        self.compute_again(&repairs.shown)?;
        self.is_recounted = true;
        self.touch();
        Ok(())
    }

    fn compute_again(&mut self, records: &[RecordId]) -> Result<(), StoreError> {
        for &record in records {
            let heads = self.heads(record)?;
            self.set_heads(record, &heads)?;
        }
        self.is_recounted = true;
        Ok(())
    }
}
