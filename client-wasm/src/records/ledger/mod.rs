//! The phone's log in memory, its log writer, and what laptops have confirmed. No I/O: see
//! [`crate::copy::state`] for how changes become durable.

mod confirmed;

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    Admission, Author, Batch, Change, Charter, Clock, Code, ContentHash, Draft, Epoch, Failure,
    LogChange, LogView, LogWriter, MemoryLog, Notice, ObservedAt, Position, RecordId, Refusal,
    Role, Run, RunResult, Timestamp, Version, VersionId, View, WriterId, restore_run, take_run,
    write,
};

use crate::storage::{
    disk::{Key, Value},
    fold::{Rewrite, Rows, Span},
    row,
};

/// Entries of a log that are looked at after a record whose clock was ahead.
const LOOKED_AT_MAX: usize = 1_000;

/// The log of one project on this phone.
pub struct Ledger {
    log: MemoryLog,
    log_writer: LogWriter,
    rows: Rows,
    confirmed: Clock,
    /// Records of which laptops may have confirmed more or less since the last call of
    /// [`Ledger::take_moved`].
    moved: BTreeSet<RecordId>,
    /// A log was cut: it may be any of them.
    all_moved: bool,
    /// Whether every row of the disk was read and attached.
    is_whole: bool,
}

impl Ledger {
    /// An empty log.
    pub fn new(charter: Charter, log_writer: LogWriter) -> Self {
        let mut log = MemoryLog::new(charter);
        log.never_set_aside(log_writer.owner().device);
        Self {
            log,
            log_writer,
            rows: Rows::default(),
            confirmed: Clock::default(),
            moved: BTreeSet::new(),
            all_moved: false,
            is_whole: true,
        }
    }

    /// Fills the log from rows in ascending order.
    ///
    /// A seq that several rows cover is taken once. A row that cannot be read or does not attach is
    /// reported and passed over; the versions in it that this device wrote are logged again.
    pub fn load(
        charter: Charter,
        log_writer: LogWriter,
        confirmed: Clock,
        values: &[Value],
        fresh_epoch: Epoch,
    ) -> (Self, Vec<Notice>) {
        let mut ledger = Self { confirmed, ..Self::new(charter, log_writer) };
        let (mut notices, mut strays) = (Vec::new(), Vec::new());
        for (_, key, bytes) in values {
            let Key::Row(writer, first) = *key else { continue };
            let Ok(run) = row::decode::<Run>(bytes) else {
                let reason = Refusal::SignatureInvalid;
                notices.push(Notice::EntryRefused { writer, seq: first, reason });
                continue;
            };
            let until = first + run.entries.len() as u64 - 1;
            ledger.rows.insert(writer, Span { first, until });
            let Ok(refused) = restore_run(&mut ledger.log, &run);
            if let Some(refused) = refused {
                let (seq, reason) = (refused.seq, refused.code);
                notices.push(Notice::EntryRefused { writer, seq, reason });
                strays.push(run);
            }
        }
        ledger.is_whole = notices.is_empty();
        // Nothing read from disk is a change, except what had to be logged again.
        ledger.log.take_changes();
        if !strays.is_empty() {
            ledger.log_writer.renew(fresh_epoch);
            ledger.keep(&strays);
        }
        (ledger, notices)
    }

    /// The log, for reading.
    pub fn log(&self) -> &MemoryLog {
        &self.log
    }

    /// This phone's log writer.
    pub fn log_writer(&self) -> &LogWriter {
        &self.log_writer
    }

    /// Where this phone's own log ends.
    pub fn end(&self) -> Position {
        let Ok(position) = self.log.position(self.log_writer.writer());
        position
    }

    /// Begins a new log before the next write.
    pub fn renew(&mut self, epoch: Epoch) {
        self.log_writer.renew(epoch);
    }

    /// Logs the first version of a record. If the record is there already, the order came twice:
    /// what it says otherwise is an edit, and `false` says that it says the same.
    pub fn record(
        &mut self,
        record: RecordId,
        draft: Draft,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        if let Some((_, best)) = self.best(record) {
            let observed_at = draft.observed_at.or(Some(best.observed_at));
            return self.edit(record, Draft { observed_at, ..draft }, None, false, now);
        }
        let version = self.version(record, draft, now);
        self.log_version(&version)?;
        Ok(true)
    }

    /// Logs a version that follows the one which the person saw: `base`, or the best head without
    /// one. Says `false` if it changes nothing.
    ///
    /// What came since stays a head beside it, so that no field which the person left alone takes
    /// back what somebody else wrote there.
    pub fn edit(
        &mut self,
        record: RecordId,
        mut draft: Draft,
        base: Option<VersionId>,
        keeps_media: bool,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let Some(best) = self.best(record) else {
            return Err(record_unknown());
        };
        let base = base.and_then(|id| Some((id, self.version_of(record, id)?)));
        let (id, seen) = base.unwrap_or(best);
        if keeps_media {
            draft.media = seen.media.clone();
        }
        // Who leaves the time as it was does not say in what zone it was.
        draft.zone_assumed = seen.zone_assumed && draft.observed_at == Some(seen.observed_at);
        let mut version = self.version(record, draft, now);
        version.parents = vec![id];
        version.generation = seen.generation.saturating_add(1);
        if says_the_same(&version, &seen) {
            return Ok(false);
        }
        self.log_version(&version)?;
        Ok(true)
    }

    /// When a version was known at the latest, by what its log says after it and by this phone's
    /// clock; `None` where nothing after it has a time that can be. So a record of a clock that was
    /// ahead finds its place among the others.
    pub fn known_at(&self, version: VersionId, now: Timestamp) -> Option<Timestamp> {
        let Ok(place) = self.log.place(version);
        let place = place?;
        let after = (place.seq + 1..).take(LOOKED_AT_MAX).map_while(|seq| {
            let Ok(logged) = self.log.entry(place.writer, seq);
            logged
        });
        let written = after.filter_map(|logged| logged.entry.version.decode_admitted().ok());
        let mut written = written.map(|version| version.written_at);
        written.find(|at| !ObservedAt::from(*at).is_ahead_of(now))
    }

    /// The files that the heads of a record name, all of them, and those of `base`.
    pub fn media_of(&self, record: RecordId, base: Option<VersionId>) -> BTreeSet<ContentHash> {
        let base = base.and_then(|id| self.version_of(record, id));
        let Ok(heads) = self.log.heads(record);
        let heads = heads.into_iter().filter_map(|head| {
            let Ok(version) = self.log.version(head);
            version
        });
        heads.chain(base).flat_map(|version| version.media).map(|media| media.hash).collect()
    }

    /// Whether a version of this phone names a file, or may have done so in a row that could not be
    /// read.
    pub fn may_name(&self, hash: ContentHash) -> bool {
        let mut entries = self.log.logs().flat_map(|(_, _, entries)| entries);
        // The bytes of a hash are in whatever names it, of a newer format too.
        !self.is_whole
            || entries.any(|logged| {
                let bytes = logged.entry.version.as_slice();
                bytes.windows(ContentHash::WIDTH).any(|span| span == hash.0)
            })
    }

    /// Takes what a laptop sent. Signatures are left to it: this phone is paired with it.
    pub fn take_batch(&mut self, batch: &Batch, fresh_epoch: Epoch) -> Vec<RunResult> {
        let mut log_writer = self.log_writer.clone();
        let mut answers = Vec::with_capacity(batch.runs.len());
        for run in &batch.runs {
            let before = self.confirmed_seq(run.writer);
            let answer = self.take(&mut log_writer, fresh_epoch, run);
            self.confirm_run(run, &answer);
            self.note_moved(run.writer, before);
            answers.push(answer);
        }
        self.log_writer = log_writer;
        answers
    }

    /// The records whose heads were set since the last call.
    pub fn take_touched(&mut self) -> BTreeSet<RecordId> {
        self.log.take_touched()
    }

    /// What must be written so that the rows say what the log says now: values, and rows to be
    /// deleted.
    pub fn take_unsaved(&mut self) -> (Vec<Value>, Vec<Key>) {
        let mut changed: BTreeMap<WriterId, u64> = BTreeMap::new();
        for change in self.log.take_changes() {
            let (writer, from) = match change {
                LogChange::Put(logged, _) => (logged.entry.writer, logged.entry.seq),
                LogChange::Cut(writer, last) => {
                    self.all_moved = true;
                    (writer, last.seq + 1)
                }
            };
            let lowest = changed.entry(writer).or_insert(from);
            *lowest = from.min(*lowest);
        }
        let mut rewrites = Vec::new();
        for (writer, from) in changed {
            let Ok(end) = self.log.position(writer);
            rewrites.push((writer, self.rows.rewrite(writer, from, end.seq)));
        }
        self.write_rows(&rewrites)
    }

    /// The same for folding many small rows into few; empty if it is not worth it yet.
    pub fn fold(&mut self) -> (Vec<Value>, Vec<Key>) {
        self.write_rows(&self.rows.fold())
    }

    fn write_rows(&mut self, rewrites: &[(WriterId, Rewrite)]) -> (Vec<Value>, Vec<Key>) {
        let (mut puts, mut deletes) = (Vec::new(), Vec::new());
        for (writer, rewrite) in rewrites {
            for span in &rewrite.writes {
                puts.push(row::value_of(&self.log, *writer, span.first, span.until));
            }
            deletes.extend(rewrite.deletes.iter().map(|first| Key::Row(*writer, *first)));
            self.rows.apply(*writer, rewrite);
        }
        (puts, deletes)
    }

    fn take(&mut self, log_writer: &mut LogWriter, fresh_epoch: Epoch, run: &Run) -> RunResult {
        let mut admission =
            Admission { verify: false, log_writer, fresh_epoch, brought_by: Role::Manager };
        let Ok(answer) = take_run(&mut self.log, &mut admission, run);
        answer
    }

    /// Logs again what this device wrote in runs that lost their place on disk.
    fn keep(&mut self, strays: &[Run]) {
        let device = self.log_writer.owner().device;
        for entry in strays.iter().flat_map(|run| &run.entries) {
            let Ok(place) = self.log.place(entry.version.id());
            let own = entry.version.decode().is_ok_and(|version| version.author == device);
            if own && place.is_none() {
                let Ok(_) = write(&mut self.log, &self.log_writer, entry.version.clone());
            }
        }
    }

    fn version_of(&self, record: RecordId, id: VersionId) -> Option<Version> {
        let Ok(version) = self.log.version(id);
        version.filter(|version| version.record == record)
    }

    fn best(&self, record: RecordId) -> Option<(VersionId, Version)> {
        let Ok(view) = View::load(&self.log, record);
        let id = view?.winner;
        let Ok(version) = self.log.version(id);
        Some((id, version?))
    }

    fn version(&self, record: RecordId, draft: Draft, now: Timestamp) -> Version {
        let by = Author { device: self.log_writer.owner().device, role: Role::Monitor, now };
        let Ok(version) = draft.version(&self.log, record, Change::Edit, by);
        version
    }

    fn log_version(&mut self, version: &Version) -> Result<(), Failure> {
        let bytes = version.encode();
        let bytes = bytes.map_err(|error| Failure::new(error.code(), error.to_string()))?;
        let Ok(_) = write(&mut self.log, &self.log_writer, bytes);
        Ok(())
    }
}

fn says_the_same(a: &Version, b: &Version) -> bool {
    (a.change, a.observed_at, a.zone_assumed, a.location)
        == (b.change, b.observed_at, b.zone_assumed, b.location)
        && (&a.category, &a.answers, &a.note, &a.media)
            == (&b.category, &b.answers, &b.note, &b.media)
}

/// No version of the record is held.
pub fn record_unknown() -> Failure {
    Failure::new(Code::RecordUnknown, "this phone does not hold the record")
}
