//! A view of one committed state.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use chasqui_shared::{
    Chain, Charter, Clock, ClockDigest, DeviceId, LogOwner, LogView, LoggedEntry, Place, Position,
    ProjectId, QuarantineUsage, RecordId, Timestamp, VersionId, WriterId,
};
use redb::{
    Database, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable,
    ReadableTableMetadata,
};

use super::{quarantine_usage, rows};
use crate::store::{
    error::StoreError,
    file::{
        disk::Reading,
        tables::{
            ASIDE, ENTRIES, HEADS, LOG, LOGS, MANAGERS, MEDIA, META, NAMED, NAMING, PAIR, PLACES,
            QUARANTINE_USAGE, SHOWN, WAIT, WAITING, named_key, read_log_row,
        },
    },
    memory::{
        committed::{self, Committed, Counts},
        inner::Inner,
    },
};

/// Reads of one state, whatever is committed meanwhile.
///
/// Positions come from memory where it is known to be of the same state, else from the tables.
pub struct ReadLog {
    pub(in crate::store) inner: Arc<Inner>,
    serial: u64,
    /// Of this very state; `None` in the moment between a commit and its announcement.
    committed: Option<Arc<Committed>>,
    pub(in crate::store) entries: ReadOnlyTable<&'static [u8; PAIR], &'static [u8]>,
    logs: ReadOnlyTable<&'static [u8; 16], &'static [u8; LOG]>,
    pub(in crate::store) places: ReadOnlyTable<&'static [u8; 32], &'static [u8; PAIR]>,
    pub(in crate::store) heads: ReadOnlyTable<&'static [u8; 16], &'static [u8]>,
    pub(in crate::store) named: ReadOnlyTable<&'static [u8; 48], ()>,
    pub(in crate::store) media: ReadOnlyTable<&'static [u8; NAMING], &'static [u8]>,
    pub(in crate::store) managers: ReadOnlyTable<&'static [u8; 32], ()>,
    pub(in crate::store) waiting: ReadOnlyTable<&'static [u8; WAIT], ()>,
    pub(in crate::store) shown: ReadOnlyTable<&'static [u8; PAIR], &'static [u8]>,
    pub(in crate::store) meta: ReadOnlyTable<&'static str, &'static [u8]>,
    _reading: Arc<Reading>,
    quarantine_usage: ReadOnlyTable<&'static [u8; 32], &'static [u8; 16]>,
    aside: BTreeSet<DeviceId>,
    entries_read: AtomicU64,
}

impl ReadLog {
    pub(in crate::store) fn open(
        inner: Arc<Inner>,
        database: &Database,
        reading: Arc<Reading>,
    ) -> Result<Self, StoreError> {
        let committed = inner.committed();
        let txn: ReadTransaction = database.begin_read()?;
        let meta = txn.open_table(META)?;
        let serial = committed::serial(&meta)?;
        Ok(Self {
            inner,
            serial,
            committed: Some(committed).filter(|committed| committed.serial == serial),
            entries: txn.open_table(ENTRIES)?,
            logs: txn.open_table(LOGS)?,
            places: txn.open_table(PLACES)?,
            heads: txn.open_table(HEADS)?,
            named: txn.open_table(NAMED)?,
            media: txn.open_table(MEDIA)?,
            managers: txn.open_table(MANAGERS)?,
            waiting: txn.open_table(WAITING)?,
            shown: txn.open_table(SHOWN)?,
            meta,
            _reading: reading,
            quarantine_usage: txn.open_table(QUARANTINE_USAGE)?,
            aside: rows::aside(&txn.open_table(ASIDE)?)?,
            entries_read: AtomicU64::new(0),
        })
    }

    /// Number of the commit that is seen.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// How many entries were read through this view, so that an answer that would take too many can
    /// end before.
    pub fn entries_read(&self) -> u64 {
        self.entries_read.load(Ordering::Relaxed)
    }

    /// The devices whose records a manager set aside.
    pub fn aside(&self) -> &BTreeSet<DeviceId> {
        &self.aside
    }

    /// Whether all that is held of a record is set aside, so that it is not shown.
    pub fn is_set_aside(&self, record: RecordId) -> Result<bool, StoreError> {
        let held = rows::heads(&self.heads, record)?;
        Ok(held.is_some_and(|held| held.shown_at.is_none() && !held.heads.is_empty()))
    }

    /// When a version arrived here.
    pub fn received_at(&self, version: VersionId) -> Result<Option<Timestamp>, StoreError> {
        match rows::place(&self.places, version)? {
            Some(place) => rows::received_at(&self.entries, place),
            None => Ok(None),
        }
    }

    /// How much is held.
    pub fn counts(&self) -> Counts {
        match &self.committed {
            Some(committed) => committed.counts,
            None => self.inner.committed().counts,
        }
    }

    /// How many devices were ever named manager.
    pub fn managers_len(&self) -> Result<u64, StoreError> {
        Ok(self.managers.len()?)
    }

    /// Every log with its owner and position, by ascending writer.
    pub fn logs(&self) -> Result<Vec<(LogOwner, Position)>, StoreError> {
        self.logs.iter()?.map(|row| Ok(read_log_row(row?.1.value()))).collect()
    }
}

impl ReadLog {
    /// Like [`Self::logs`], under the writer that each row is kept for, which a damaged row's owner
    /// need not give.
    pub fn logs_by_writer(&self) -> Result<Vec<(WriterId, LogOwner, Position)>, StoreError> {
        let mut logs = Vec::new();
        for row in self.logs.iter()? {
            let (writer, log) = row?;
            let (owner, at) = read_log_row(log.value());
            logs.push((WriterId(*writer.value()), owner, at));
        }
        Ok(logs)
    }
}

impl LogView for ReadLog {
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
        Ok(rows::devices(&self.logs)?.get(&device).copied().unwrap_or_default())
    }

    fn stranger_logs(&self) -> Result<usize, StoreError> {
        rows::stranger_logs(self, &rows::devices(&self.logs)?)
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
        match &self.committed {
            Some(committed) => Ok(committed.clock.get(writer).unwrap_or(Position::START)),
            None => Ok(rows::log(&self.logs, writer)?.map_or(Position::START, |(_, at)| at)),
        }
    }

    fn entry(&self, writer: WriterId, seq: u64) -> Result<Option<LoggedEntry>, StoreError> {
        self.entries_read.fetch_add(1, Ordering::Relaxed);
        rows::readable_entry(&self.entries, writer, seq)
    }

    fn chain_at(&self, writer: WriterId, seq: u64) -> Result<Option<Chain>, StoreError> {
        rows::chain_at(&self.entries, writer, seq)
    }

    fn place(&self, version: VersionId) -> Result<Option<Place>, StoreError> {
        rows::place(&self.places, version)
    }

    fn heads(&self, record: RecordId) -> Result<Vec<VersionId>, StoreError> {
        Ok(rows::heads(&self.heads, record)?.map(|held| held.heads).unwrap_or_default())
    }

    fn is_named(&self, record: RecordId, version: VersionId) -> Result<bool, StoreError> {
        Ok(self.named.get(&named_key(record, version))?.is_some())
    }

    fn clock(&self) -> Result<Clock, StoreError> {
        match &self.committed {
            Some(committed) => Ok(committed.clock.clone()),
            None => rows::clock(&self.logs),
        }
    }

    fn writers(&self) -> Result<usize, StoreError> {
        match &self.committed {
            Some(committed) => Ok(committed.clock.len()),
            None => Ok(rows::clock(&self.logs)?.len()),
        }
    }

    fn clock_digest(&self) -> Result<ClockDigest, StoreError> {
        match &self.committed {
            Some(committed) => Ok(committed.digest),
            None => Ok(rows::clock(&self.logs)?.digest()),
        }
    }

    fn moved_since(
        &self,
        digest: ClockDigest,
    ) -> Result<Option<Vec<(WriterId, Position)>>, StoreError> {
        // Moves may be those of a later commit: a log too many is compared and found equal.
        Ok(self.inner.moves().since(digest))
    }
}
