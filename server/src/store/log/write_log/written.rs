//! What a job writes of the log.

use chasqui_shared::{
    DeviceId, LogOwner, LogStore, LoggedEntry, Place, Position, RecordId, VersionId, WriterId,
};
use redb::ReadableTable;

use super::transaction::{Touched, WriteLog};
use crate::store::{
    error::StoreError,
    file::tables::{ASIDE, entry_key, named_key, waiting_key},
    log::{quarantine_usage, rows, stored_entry},
};

impl LogStore for WriteLog<'_> {
    fn put_entry(&mut self, logged: &LoggedEntry, owner: LogOwner) -> Result<(), StoreError> {
        let (writer, seq) = (logged.entry.writer, logged.entry.seq);
        let row = stored_entry::encode(logged, self.received_at)?;
        self.entries.insert(&entry_key(writer, seq), row.as_slice())?;
        self.name_media(&logged.entry.version)?;
        if logged.quarantine.is_some() {
            quarantine_usage::count(&mut self.quarantine_usage, owner, logged, true)?;
        }
        self.move_log(writer, owner, Position { seq, chain: logged.chain })
    }

    fn cut_log(&mut self, writer: WriterId, last: Position) -> Result<(), StoreError> {
        let Some((owner, held)) = rows::log(&self.logs, writer)? else { return Ok(()) };
        for seq in last.seq + 1..=held.seq {
            if let Some(cut) = rows::readable_entry(&self.entries, writer, seq)?
                && cut.quarantine.is_some()
            {
                quarantine_usage::count(&mut self.quarantine_usage, owner, &cut, false)?;
            }
            self.entries.remove(&entry_key(writer, seq))?;
        }
        self.move_log(writer, owner, last)
    }

    fn set_place(&mut self, version: VersionId, place: Place) -> Result<(), StoreError> {
        self.places.insert(&version.0, &entry_key(place.writer, place.seq))?;
        Ok(())
    }

    fn set_heads(&mut self, record: RecordId, heads: &[VersionId]) -> Result<(), StoreError> {
        if let Some(touched) = self.touched.get_mut(&record) {
            touched.heads = heads.to_vec();
            return Ok(());
        }
        // A damaged row is written again; what it was counted for is counted again.
        let held = match rows::heads(&self.heads, record) {
            Err(StoreError::Damaged { .. }) => {
                self.is_recounted = true;
                None
            }
            read => read?,
        };
        let touched = Touched {
            heads: heads.to_vec(),
            heads_before: held.as_ref().map_or(0, |held| held.heads.len()),
            shown_at: held.and_then(|held| held.shown_at),
        };
        self.touched.insert(record, touched);
        Ok(())
    }

    fn set_named(&mut self, record: RecordId, version: VersionId) -> Result<(), StoreError> {
        self.named.insert(&named_key(record, version), ())?;
        Ok(())
    }

    fn set_manager(&mut self, device: DeviceId) -> Result<(), StoreError> {
        self.managers.insert(&device.0, ())?;
        for place in rows::waiting(&self.waiting, device)? {
            self.waiting.remove(&waiting_key(device, place))?;
        }
        Ok(())
    }

    fn set_aside(&mut self, device: DeviceId, is_aside: bool) -> Result<(), StoreError> {
        if is_aside {
            self.aside.insert(device);
        } else {
            self.aside.remove(&device);
        }
        self.is_changed = true;
        self.is_set_aside = true;
        self.txn.open_table(ASIDE)?.insert(&device.0, &[u8::from(is_aside), 0])?;
        Ok(())
    }

    fn set_waiting(&mut self, author: DeviceId, place: Place) -> Result<(), StoreError> {
        self.waiting.insert(&waiting_key(author, place), ())?;
        Ok(())
    }

    fn free_entry(&mut self, place: Place) -> Result<(), StoreError> {
        let key = entry_key(place.writer, place.seq);
        let Some(row) = self.entries.get(&key)?.map(|row| row.value().to_vec()) else {
            return Ok(());
        };
        let mut logged = stored_entry::decode(place.writer, place.seq, &row)?;
        if logged.quarantine.is_some()
            && let Some((owner, _)) = rows::log(&self.logs, place.writer)?
        {
            quarantine_usage::count(&mut self.quarantine_usage, owner, &logged, false)?;
        }
        logged.quarantine = None;
        let received_at = stored_entry::received_at(place.writer, place.seq, &row)?;
        let row = stored_entry::encode(&logged, received_at)?;
        self.entries.insert(&key, row.as_slice())?;
        Ok(())
    }
}
