//! After a manager set a device's records aside, or took that back, what is shown of them is
//! computed again: all entries are looked through, some in each commit, between the jobs of others.
//!
//! What is left to do is known from the table: a sweep that was interrupted begins again at the
//! next start.

use std::collections::BTreeSet;

use chasqui_shared::{DeviceId, LogStore, LogView, RecordId};
use redb::{Database, ReadableDatabase, ReadableTable};

use crate::{
    limits,
    store::{
        error::StoreError,
        file::tables::{ASIDE, PAIR, read_place},
        log::{stored_entry, write_log::WriteLog},
    },
};

/// How far the entries were looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Sweep(Option<[u8; PAIR]>);

impl Sweep {
    /// The sweep that is still to be made.
    pub fn due(database: &Database) -> Result<Option<Self>, StoreError> {
        for row in database.begin_read()?.open_table(ASIDE)?.iter()? {
            if row?.1.value()[1] == 0 {
                return Ok(Some(Self::default()));
            }
        }
        Ok(None)
    }
}

impl WriteLog<'_> {
    /// Looks through the next entries. `None` once all were.
    pub(in crate::store) fn sweep(&mut self, sweep: Sweep) -> Result<Option<Sweep>, StoreError> {
        let mut devices: BTreeSet<DeviceId> = BTreeSet::new();
        for row in self.txn.open_table(ASIDE)?.iter()? {
            let (device, row) = row?;
            if row.value()[1] == 0 {
                devices.insert(DeviceId(*device.value()));
            }
        }
        let (last, records) = self.next_of(&devices, sweep.0)?;
        for record in records {
            let heads = self.heads(record)?;
            if !heads.is_empty() {
                self.set_heads(record, &heads)?;
                self.is_changed = true;
            }
        }
        if last.is_some() {
            return Ok(Some(Sweep(last)));
        }
        let mut table = self.txn.open_table(ASIDE)?;
        for device in devices {
            if self.is_aside(device)? {
                table.insert(&device.0, &[1, 1])?;
            } else {
                table.remove(&device.0)?;
            }
            self.is_changed = true;
        }
        Ok(None)
    }

    /// The records that these devices wrote of in the next entries, and the last of those; `None`
    /// if there are no more.
    fn next_of(
        &self,
        devices: &BTreeSet<DeviceId>,
        after: Option<[u8; PAIR]>,
    ) -> Result<(Option<[u8; PAIR]>, BTreeSet<RecordId>), StoreError> {
        let (mut records, mut last) = (BTreeSet::new(), None);
        let from = after.unwrap_or_default();
        let rows = self.entries.range::<&[u8; PAIR]>(&from..)?;
        for (looked_at, row) in rows.enumerate() {
            let (key, row) = row?;
            let key = *key.value();
            if looked_at == limits::SWEPT_ENTRIES_PER_COMMIT {
                return Ok((last, records));
            }
            last = Some(key);
            let place = read_place(&key);
            let logged = stored_entry::decode(place.writer, place.seq, row.value());
            let kin = logged.ok().and_then(|logged| logged.entry.version.kin().ok());
            records.extend(kin.filter(|kin| devices.contains(&kin.author)).map(|kin| kin.record));
        }
        Ok((None, records))
    }
}
