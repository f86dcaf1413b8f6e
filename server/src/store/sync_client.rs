//! What the asking side of a conversation needs of this store, for a thread that may block.

use std::sync::Arc;

use chasqui_shared::{
    Batch, BatchResponse, Clock, DeviceId, Epoch, Notice, Position, RespondError, WriterId,
    from_cbor, to_cbor,
};
use redb::{ReadableDatabase, ReadableTable, ReadableTableMetadata, TableError};

use super::{
    error::StoreError,
    file::tables::MEETINGS,
    handle::Store,
    log::read_log::ReadLog,
    open::identity::random,
    people::peers::LastSync,
    sync_server::{Sender, is_signed, take},
};
use crate::{limits, system::wall_clock};

const DAMAGED: StoreError = StoreError::Damaged { table: "meetings-1" };

impl Store {
    /// A view of the last committed state.
    pub fn view(&self) -> Result<ReadLog, StoreError> {
        if !self.disk.is_open() {
            // The writing thread opens the file again before any work; if it cannot, the view says
            // why.
            let _ = self.write_blocking(0, |_| Ok(()));
        }
        let reading = self.disk.reading();
        self.disk.with(|database| ReadLog::open(self.inner.clone(), database, reading))
    }

    /// Takes what a peer sent; returns after the commit. Every signature is checked.
    pub fn take(&self, batch: Batch) -> Result<BatchResponse, RespondError<StoreError>> {
        let verified = is_signed(&self.view()?, &batch)?;
        let (batch, fresh_epoch) = (Arc::new(batch), Epoch(random()?));
        let answered = self.write_blocking(batch.entries(), move |log| {
            take(log, &batch, !verified, fresh_epoch, Sender::MANAGER)
        })?;
        answered.map_err(RespondError::Refused)
    }

    /// Begins another log before the next write, because the present one is longer or another
    /// elsewhere.
    pub fn begin_new_log(&self) -> Result<WriterId, StoreError> {
        let fresh_epoch = Epoch(random()?);
        self.write_blocking(0, move |log| {
            let mut log_writer = log.log_writer().clone();
            log_writer.renew(fresh_epoch);
            log.set_log_writer(log_writer);
            Ok(log.log_writer().writer())
        })
    }

    /// Keeps a notice for the manager, unless the same is kept already.
    pub fn note(&self, notice: Notice) -> Result<(), StoreError> {
        self.write_blocking(0, move |log| {
            log.note(notice.clone());
            Ok(())
        })
    }

    /// What this laptop and another both held when they last met.
    pub fn meeting_clock(&self, device: DeviceId) -> Result<Option<Clock>, StoreError> {
        self.disk.with(|database| {
            let table = match database.begin_read()?.open_table(MEETINGS) {
                Ok(table) => table,
                // A file from before laptops met has none.
                Err(TableError::TableDoesNotExist(_)) => return Ok(None),
                Err(error) => return Err(error.into()),
            };
            let row = table.get(&device.0)?;
            row.map(|row| from_cbor(row.value()).map_err(|_| DAMAGED)).transpose()
        })
    }

    /// Remembers what this laptop and another, which writes `writer`, both hold now. Of more than
    /// [`limits::MEETING_CLOCKS_MAX`] laptops nothing is remembered: they compare their whole
    /// clocks each time.
    pub fn set_meeting_clock(
        &self,
        device: DeviceId,
        writer: WriterId,
        clock: Clock,
    ) -> Result<(), StoreError> {
        let own = clock.get(writer).unwrap_or(Position::START).seq;
        let met = LastSync {
            at: wall_clock::now(),
            announced: own,
            pulled: clock.entries() - own,
            clock_offset_ms: None,
            device: Some(device),
        };
        self.inner.peers().met(writer, met);
        if self.meeting_clock(device)?.as_ref() == Some(&clock) {
            return Ok(());
        }
        let row = to_cbor(&clock).map_err(|_| DAMAGED)?;
        self.write_blocking(0, move |log| {
            let mut table = log.txn.open_table(MEETINGS)?;
            let is_known = table.get(&device.0)?.is_some();
            if is_known || table.len()? < limits::MEETING_CLOCKS_MAX {
                table.insert(&device.0, row.as_slice())?;
                log.is_changed = true;
            }
            Ok(())
        })
    }

    /// A random number that spreads the pauses of a conversation.
    pub fn seed(&self) -> Result<u64, StoreError> {
        Ok(u64::from_be_bytes(random()?))
    }
}
