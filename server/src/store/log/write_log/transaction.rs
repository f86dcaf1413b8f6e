//! What a job sees and changes inside one transaction.

use std::{
    cell::{Cell, OnceCell},
    collections::{BTreeMap, BTreeSet, HashMap},
};

use chasqui_shared::{
    Clock, ClockDigest, DeviceId, LogOwner, LogWriter, Member, Notice, Position, RecordId,
    Timestamp, VersionId, WriterId,
};
use redb::{ReadableTable, Table, WriteTransaction};

use crate::store::{
    error::StoreError,
    file::tables::{
        ASIDE, ENTRIES, HEADS, IMPORTS, LOG, LOGS, MANAGERS, MEDIA, NAMED, NAMING, PAIR, PLACES,
        QUARANTINE_USAGE, ROWS, SHOWN, WAIT, WAITING, log_row,
    },
    log::rows,
    memory::{
        committed::{Committed, Sums},
        inner::Inner,
    },
    people::pairings::Pairing,
};

/// What a job sees and changes. Everything in it becomes durable together, or not at all.
pub struct WriteLog<'t> {
    pub(in crate::store) inner: &'t Inner,
    pub(in crate::store) entries: Table<'t, &'static [u8; PAIR], &'static [u8]>,
    pub(in crate::store::log::write_log) logs: Table<'t, &'static [u8; 16], &'static [u8; LOG]>,
    pub(in crate::store) places: Table<'t, &'static [u8; 32], &'static [u8; PAIR]>,
    pub(in crate::store) heads: Table<'t, &'static [u8; 16], &'static [u8]>,
    pub(in crate::store) named: Table<'t, &'static [u8; 48], ()>,
    pub(in crate::store) media: Table<'t, &'static [u8; NAMING], &'static [u8]>,
    pub(in crate::store) managers: Table<'t, &'static [u8; 32], ()>,
    pub(in crate::store::log::write_log) waiting: Table<'t, &'static [u8; WAIT], ()>,
    pub(in crate::store::log::write_log) rows: Table<'t, &'static [u8; 16], &'static [u8; 32]>,
    pub(in crate::store::log::write_log) imports: Table<'t, &'static [u8; 32], &'static str>,
    pub(in crate::store) shown: Table<'t, &'static [u8; PAIR], &'static [u8]>,
    pub(in crate::store::log::write_log) quarantine_usage:
        Table<'t, &'static [u8; 32], &'static [u8; 16]>,
    pub(in crate::store::log::write_log) aside: BTreeSet<DeviceId>,
    /// The devices of which logs are held, with the number of them, and how many of those are
    /// strangers' logs; counted when a new log comes.
    pub(in crate::store::log::write_log) devices: OnceCell<HashMap<DeviceId, usize>>,
    pub(in crate::store::log::write_log) strangers: Cell<Option<usize>>,
    pub(in crate::store::log::write_log) entries_read: Cell<u64>,
    pub(in crate::store) txn: &'t WriteTransaction,
    pub(in crate::store) before: ClockDigest,
    pub(in crate::store) serial: u64,
    pub(in crate::store) clock: Clock,
    /// The logs that moved, each with its position before.
    pub(in crate::store) moved: BTreeMap<WriterId, Position>,
    /// Records whose heads changed, written when the transaction ends.
    pub(in crate::store) touched: BTreeMap<RecordId, Touched>,
    pub(in crate::store) sums: Sums,
    pub(in crate::store) log_writer: LogWriter,
    pub(in crate::store) received_at: Timestamp,
    pub(in crate::store) noticed: Vec<(Notice, Option<DeviceId>)>,
    /// Notices that a manager marked as done, by number.
    pub(in crate::store) done: BTreeMap<u64, Timestamp>,
    /// Whether records of a device were set aside or taken back.
    pub(in crate::store) is_set_aside: bool,
    /// Pairings that changed.
    pub(in crate::store) paired: BTreeMap<DeviceId, Pairing>,
    /// Whether there is anything to commit.
    pub(in crate::store) is_changed: bool,
    /// Whether the sums are to be counted again.
    pub(in crate::store) is_recounted: bool,
}

/// The new heads of a record.
pub(in crate::store) struct Touched {
    pub heads: Vec<VersionId>,
    pub heads_before: usize,
    /// The moment under which it was shown before.
    pub shown_at: Option<[u8; rows::MOMENT]>,
}

impl<'t> WriteLog<'t> {
    pub(in crate::store) fn open(
        inner: &'t Inner,
        txn: &'t WriteTransaction,
        last: &Committed,
        sums: Sums,
        log_writer: LogWriter,
        received_at: Timestamp,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            inner,
            entries: txn.open_table(ENTRIES)?,
            logs: txn.open_table(LOGS)?,
            places: txn.open_table(PLACES)?,
            heads: txn.open_table(HEADS)?,
            named: txn.open_table(NAMED)?,
            media: txn.open_table(MEDIA)?,
            managers: txn.open_table(MANAGERS)?,
            waiting: txn.open_table(WAITING)?,
            rows: txn.open_table(ROWS)?,
            imports: txn.open_table(IMPORTS)?,
            shown: txn.open_table(SHOWN)?,
            quarantine_usage: txn.open_table(QUARANTINE_USAGE)?,
            aside: rows::aside(&txn.open_table(ASIDE)?)?,
            devices: OnceCell::new(),
            strangers: Cell::new(None),
            entries_read: Cell::new(0),
            txn,
            before: last.digest,
            serial: last.serial + 1,
            clock: last.clock.clone(),
            moved: BTreeMap::new(),
            touched: BTreeMap::new(),
            sums,
            log_writer,
            received_at,
            noticed: Vec::new(),
            done: BTreeMap::new(),
            is_set_aside: false,
            paired: BTreeMap::new(),
            is_changed: false,
            is_recounted: false,
        })
    }

    /// What this laptop writes its own log with.
    pub fn log_writer(&self) -> &LogWriter {
        &self.log_writer
    }

    /// Goes on with this log writer, after a job that may have renewed it.
    pub fn set_log_writer(&mut self, log_writer: LogWriter) {
        self.is_changed |= log_writer.owner() != self.log_writer.owner();
        self.log_writer = log_writer;
    }

    /// How many entries were read in this transaction: what its jobs cost.
    pub fn entries_read(&self) -> u64 {
        self.entries_read.get()
    }

    /// The laptop's clock when this transaction began; entries are said to have arrived then.
    pub fn received_at(&self) -> Timestamp {
        self.received_at
    }

    /// Keeps a notice for the manager, unless the same is kept already.
    pub fn note(&mut self, notice: Notice) {
        self.note_of(notice, None);
    }

    /// Like [`Self::note`], of something that a device brought.
    pub fn note_of(&mut self, notice: Notice, brought_by: Option<DeviceId>) {
        if !self.inner.notices().holds(&notice, brought_by, self.received_at) {
            self.is_changed = true;
            self.noticed.push((notice, brought_by));
        }
    }

    /// Marks a notice as done, by its number.
    pub fn set_notice_done(&mut self, number: u64) {
        self.is_changed = true;
        self.done.insert(number, self.received_at);
    }

    /// The hash of the row that was last taken for a record; see [`Self::set_row`].
    pub fn row(&self, record: RecordId) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.rows.get(&record.0)?.map(|row| *row.value()))
    }

    /// Remembers the row that a record was taken from, so that the same row again adds nothing.
    pub fn set_row(&mut self, record: RecordId, hash: [u8; 32]) -> Result<(), StoreError> {
        self.is_changed = true;
        self.rows.insert(&record.0, &hash)?;
        Ok(())
    }

    /// The source of an imported file by the hash of its bytes. The first name that a file came
    /// under stays.
    pub fn source_of(&mut self, file: [u8; 32], name: &str) -> Result<String, StoreError> {
        if let Some(source) = self.imports.get(&file)? {
            return Ok(source.value().to_owned());
        }
        self.is_changed = true;
        self.imports.insert(&file, name)?;
        Ok(name.to_owned())
    }

    /// Moves a log, and remembers from where.
    pub(in crate::store) fn move_log(
        &mut self,
        writer: WriterId,
        owner: LogOwner,
        to: Position,
    ) -> Result<(), StoreError> {
        self.is_changed = true;
        if self.clock.get(writer).is_none() {
            self.count_new_log(owner.device)?;
        }
        let before = self.clock.get(writer).unwrap_or(Position::START);
        self.moved.entry(writer).or_insert(before);
        self.clock.set(writer, to);
        self.logs.insert(&writer.0, &log_row(owner, to))?;
        Ok(())
    }

    fn count_new_log(&mut self, device: DeviceId) -> Result<(), StoreError> {
        if let Some(strangers) = self.strangers.get()
            && !Member::is_member(self, device)?
        {
            self.strangers.set(Some(strangers + 1));
        }
        if let Some(devices) = self.devices.get_mut() {
            *devices.entry(device).or_default() += 1;
        }
        Ok(())
    }

    pub(in crate::store::log::write_log) fn devices(
        &self,
    ) -> Result<&HashMap<DeviceId, usize>, StoreError> {
        if let Some(devices) = self.devices.get() {
            return Ok(devices);
        }
        let counted = rows::devices(&self.logs)?;
        Ok(self.devices.get_or_init(|| counted))
    }
}
