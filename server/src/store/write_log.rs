//! The log inside one write transaction.

use std::{
    cell::{Cell, OnceCell},
    collections::{BTreeMap, BTreeSet, HashMap},
};

use chasqui_shared::{
    Chain, Charter, Clock, ClockDigest, DeviceId, HeldBack, LogOwner, LogStore, LogView,
    LoggedEntry, Notice, Pen, Place, Position, ProjectId, RecordId, Timestamp, VersionId, WriterId,
};
use redb::{ReadableTable, Table, WriteTransaction};

use super::{
    Committed, Inner, StoreError,
    committed::Sums,
    held_back,
    pairings::Pairing,
    rows, stored_entry,
    tables::{
        ASIDE, ENTRIES, HEADS, HELD_BACK, IMPORTS, LOG, LOGS, MANAGERS, MEDIA, NAMED, NAMING, PAIR,
        PLACES, ROWS, SHOWN, WAIT, WAITING, entry_key, log_row, named_key, waiting_key,
    },
};

/// What a job sees and changes. Everything in it becomes durable together, or not at all.
pub struct WriteLog<'t> {
    pub(super) inner: &'t Inner,
    pub(super) entries: Table<'t, &'static [u8; PAIR], &'static [u8]>,
    logs: Table<'t, &'static [u8; 16], &'static [u8; LOG]>,
    pub(super) places: Table<'t, &'static [u8; 32], &'static [u8; PAIR]>,
    pub(super) heads: Table<'t, &'static [u8; 16], &'static [u8]>,
    pub(super) named: Table<'t, &'static [u8; 48], ()>,
    pub(super) media: Table<'t, &'static [u8; NAMING], &'static [u8]>,
    pub(super) managers: Table<'t, &'static [u8; 32], ()>,
    waiting: Table<'t, &'static [u8; WAIT], ()>,
    rows: Table<'t, &'static [u8; 16], &'static [u8; 32]>,
    imports: Table<'t, &'static [u8; 32], &'static str>,
    pub(super) shown: Table<'t, &'static [u8; PAIR], &'static [u8]>,
    held_back: Table<'t, &'static [u8; 32], &'static [u8; 16]>,
    aside: BTreeSet<DeviceId>,
    /// The devices of which logs are held, with the number of them, and how many of those are strangers' logs; counted when a
    /// new log comes.
    devices: OnceCell<HashMap<DeviceId, usize>>,
    strangers: Cell<Option<usize>>,
    entries_read: Cell<u64>,
    pub(super) txn: &'t WriteTransaction,
    pub(super) before: ClockDigest,
    pub(super) serial: u64,
    pub(super) clock: Clock,
    /// The logs that moved, each with its position before.
    pub(super) moved: BTreeMap<WriterId, Position>,
    /// Records whose heads changed, written when the transaction ends.
    pub(super) touched: BTreeMap<RecordId, Touched>,
    pub(super) sums: Sums,
    pub(super) pen: Pen,
    pub(super) received_at: Timestamp,
    pub(super) noticed: Vec<(Notice, Option<DeviceId>)>,
    /// Notices that a manager marked as done, by number.
    pub(super) done: BTreeMap<u64, Timestamp>,
    /// Whether records of a device were set aside or taken back.
    pub(super) is_set_aside: bool,
    /// Pairings that changed.
    pub(super) paired: BTreeMap<DeviceId, Pairing>,
    /// Whether there is anything to commit.
    pub(super) is_changed: bool,
    /// Whether the sums are to be counted again.
    pub(super) is_recounted: bool,
}

/// The new heads of a record.
pub(super) struct Touched {
    pub heads: Vec<VersionId>,
    pub heads_before: usize,
    /// The moment under which it was shown before.
    pub shown_at: Option<[u8; rows::MOMENT]>,
}

impl<'t> WriteLog<'t> {
    pub(super) fn open(
        inner: &'t Inner,
        txn: &'t WriteTransaction,
        last: &Committed,
        sums: Sums,
        pen: Pen,
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
            held_back: txn.open_table(HELD_BACK)?,
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
            pen,
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
    pub fn pen(&self) -> &Pen {
        &self.pen
    }

    /// Goes on with this pen, after a job that may have renewed it.
    pub fn set_pen(&mut self, pen: Pen) {
        self.is_changed |= pen.owner() != self.pen.owner();
        self.pen = pen;
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

    /// The source of an imported file by the hash of its bytes. The first name that a file came under stays.
    pub fn source_of(&mut self, file: [u8; 32], name: &str) -> Result<String, StoreError> {
        if let Some(source) = self.imports.get(&file)? {
            return Ok(source.value().to_owned());
        }
        self.is_changed = true;
        self.imports.insert(&file, name)?;
        Ok(name.to_owned())
    }

    /// Moves a log, and remembers from where.
    pub(super) fn move_log(
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
            && !self.is_member(device)?
        {
            self.strangers.set(Some(strangers + 1));
        }
        if let Some(devices) = self.devices.get_mut() {
            *devices.entry(device).or_default() += 1;
        }
        Ok(())
    }

    fn devices(&self) -> Result<&HashMap<DeviceId, usize>, StoreError> {
        if let Some(devices) = self.devices.get() {
            return Ok(devices);
        }
        let counted = rows::devices(&self.logs)?;
        Ok(self.devices.get_or_init(|| counted))
    }
}

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

    fn held_back(&self, device: DeviceId) -> Result<HeldBack, StoreError> {
        held_back::of(&self.held_back, device)
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

impl LogStore for WriteLog<'_> {
    fn put_entry(&mut self, logged: &LoggedEntry, owner: LogOwner) -> Result<(), StoreError> {
        let (writer, seq) = (logged.entry.writer, logged.entry.seq);
        let row = stored_entry::encode(logged, self.received_at)?;
        self.entries.insert(&entry_key(writer, seq), row.as_slice())?;
        self.name_media(&logged.entry.version)?;
        if logged.quarantine.is_some() {
            held_back::count(&mut self.held_back, owner, logged, true)?;
        }
        self.move_log(writer, owner, Position { seq, chain: logged.chain })
    }

    fn cut_log(&mut self, writer: WriterId, last: Position) -> Result<(), StoreError> {
        let Some((owner, held)) = rows::log(&self.logs, writer)? else { return Ok(()) };
        for seq in last.seq + 1..=held.seq {
            if let Some(cut) = rows::readable_entry(&self.entries, writer, seq)?
                && cut.quarantine.is_some()
            {
                held_back::count(&mut self.held_back, owner, &cut, false)?;
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
            held_back::count(&mut self.held_back, owner, &logged, false)?;
        }
        logged.quarantine = None;
        let row = stored_entry::encode(&logged, stored_entry::received_at(&row)?)?;
        self.entries.insert(&key, row.as_slice())?;
        Ok(())
    }
}
