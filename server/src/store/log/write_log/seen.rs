//! What a job sees of the log: what was committed, and what its transaction has written since.

use chasqui_shared::{
    Chain, Charter, Clock, ClockDigest, DeviceId, LogOwner, LogView, LoggedEntry, Place, Position,
    ProjectId, QuarantineUsage, RecordId, VersionId, WriterId,
};
use redb::ReadableTable;

use super::transaction::WriteLog;
use crate::store::{
    error::StoreError,
    file::tables::named_key,
    log::{quarantine_usage, rows},
};

impl LogView for WriteLog<'_> {
    type Error = StoreError;

    fn charter(&self) -> Charter {
        self.inner.charter
    }

    fn project(&self) -> ProjectId {
        self.inner.project
    }

    fn is_manager(&self, device: DeviceId) -> Result<bool, StoreError> {
        Ok(self.managers.get(&device.0)?.is_some())
    }

    fn is_aside(&self, device: DeviceId) -> Result<bool, StoreError> {
        Ok(self.aside.contains(&device))
    }

    fn logs_of(&self, device: DeviceId) -> Result<usize, StoreError> {
        Ok(self.devices()?.get(&device).copied().unwrap_or_default())
    }

    fn stranger_logs(&self) -> Result<usize, StoreError> {
        if let Some(strangers) = self.strangers.get() {
            return Ok(strangers);
        }
        let strangers = rows::stranger_logs(self, self.devices()?)?;
        self.strangers.set(Some(strangers));
        Ok(strangers)
    }

    fn quarantine_usage(&self, device: DeviceId) -> Result<QuarantineUsage, StoreError> {
        quarantine_usage::of(&self.quarantine_usage, device)
    }

    fn waiting(&self, author: DeviceId) -> Result<Vec<Place>, StoreError> {
        rows::waiting(&self.waiting, author)
    }

    fn owner(&self, writer: WriterId) -> Result<Option<LogOwner>, StoreError> {
        Ok(rows::log(&self.logs, writer)?.map(|(owner, _)| owner))
    }

    fn position(&self, writer: WriterId) -> Result<Position, StoreError> {
        Ok(self.clock.get(writer).unwrap_or(Position::START))
    }

    fn entry(&self, writer: WriterId, seq: u64) -> Result<Option<LoggedEntry>, StoreError> {
        self.entries_read.set(self.entries_read.get() + 1);
        rows::readable_entry(&self.entries, writer, seq)
    }

    fn chain_at(&self, writer: WriterId, seq: u64) -> Result<Option<Chain>, StoreError> {
        rows::chain_at(&self.entries, writer, seq)
    }

    fn place(&self, version: VersionId) -> Result<Option<Place>, StoreError> {
        rows::place(&self.places, version)
    }

    fn heads(&self, record: RecordId) -> Result<Vec<VersionId>, StoreError> {
        if let Some(touched) = self.touched.get(&record) {
            return Ok(touched.heads.clone());
        }
        Ok(rows::heads(&self.heads, record)?.map(|held| held.heads).unwrap_or_default())
    }

    fn is_named(&self, record: RecordId, version: VersionId) -> Result<bool, StoreError> {
        Ok(self.named.get(&named_key(record, version))?.is_some())
    }

    fn clock(&self) -> Result<Clock, StoreError> {
        Ok(self.clock.clone())
    }

    fn writers(&self) -> Result<usize, StoreError> {
        Ok(self.clock.len())
    }

    fn clock_digest(&self) -> Result<ClockDigest, StoreError> {
        Ok(self.clock.digest())
    }

    fn moved_since(
        &self,
        digest: ClockDigest,
    ) -> Result<Option<Vec<(WriterId, Position)>>, StoreError> {
        Ok(self.inner.moves().since(digest))
    }
}
