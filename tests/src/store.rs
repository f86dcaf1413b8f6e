//! The working memory of a replica: shared's log in memory, seen through the mutant that is played,
//! if any.

use std::convert::Infallible;

use chasqui_shared::{
    Chain, Charter, Clock, ClockDigest, DeviceId, LogChange, LogOwner, LogStore, LogView,
    LoggedEntry, MemoryLog, Place, Position, ProjectId, QuarantineUsage, RecordId, VersionId,
    WriterId,
};

use crate::Mutant;

/// A log in memory.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    log: MemoryLog,
    mutant: Option<Mutant>,
}

impl Store {
    /// An empty log.
    pub(crate) fn new(charter: Charter, mutant: Option<Mutant>) -> Self {
        Self { log: MemoryLog::new(charter), mutant }
    }

    /// What changed since the last call.
    pub(crate) fn take_changes(&mut self) -> Vec<LogChange> {
        self.log.take_changes()
    }

    /// The log itself.
    pub(crate) fn log(&self) -> &MemoryLog {
        &self.log
    }

    fn is(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }

    fn written_at(&self, version: VersionId) -> i64 {
        let Ok(version) = self.version(version);
        version.map_or(0, |version| version.written_at.as_millis())
    }
}

impl LogView for Store {
    type Error = Infallible;

    fn charter(&self) -> Charter {
        self.log.charter()
    }

    fn project(&self) -> ProjectId {
        self.log.project()
    }

    fn is_manager(&self, device: DeviceId) -> Result<bool, Infallible> {
        self.log.is_manager(device)
    }

    fn is_aside(&self, device: DeviceId) -> Result<bool, Infallible> {
        self.log.is_aside(device)
    }

    fn logs_of(&self, device: DeviceId) -> Result<usize, Infallible> {
        self.log.logs_of(device)
    }

    fn stranger_logs(&self) -> Result<usize, Infallible> {
        self.log.stranger_logs()
    }

    fn quarantine_usage(&self, device: DeviceId) -> Result<QuarantineUsage, Infallible> {
        self.log.quarantine_usage(device)
    }

    fn waiting(&self, author: DeviceId) -> Result<Vec<Place>, Infallible> {
        self.log.waiting(author)
    }

    fn owner(&self, writer: WriterId) -> Result<Option<LogOwner>, Infallible> {
        self.log.owner(writer)
    }

    fn position(&self, writer: WriterId) -> Result<Position, Infallible> {
        self.log.position(writer)
    }

    fn entry(&self, writer: WriterId, seq: u64) -> Result<Option<LoggedEntry>, Infallible> {
        self.log.entry(writer, seq)
    }

    fn place(&self, version: VersionId) -> Result<Option<Place>, Infallible> {
        if self.is(Mutant::ForgetsPlaces) { Ok(None) } else { self.log.place(version) }
    }

    fn heads(&self, record: RecordId) -> Result<Vec<VersionId>, Infallible> {
        self.log.heads(record)
    }

    fn is_named(&self, record: RecordId, version: VersionId) -> Result<bool, Infallible> {
        self.log.is_named(record, version)
    }

    fn clock(&self) -> Result<Clock, Infallible> {
        self.log.clock()
    }

    fn moved_since(
        &self,
        digest: ClockDigest,
    ) -> Result<Option<Vec<(WriterId, Position)>>, Infallible> {
        let Ok(mut moved) = self.log.moved_since(digest);
        if self.is(Mutant::ForgetsMove)
            && let Some(moved) = &mut moved
        {
            moved.pop();
        }
        Ok(moved)
    }

    fn chain_at(&self, writer: WriterId, seq: u64) -> Result<Option<Chain>, Infallible> {
        self.log.chain_at(writer, seq)
    }
}

impl LogStore for Store {
    fn put_entry(&mut self, logged: &LoggedEntry, owner: LogOwner) -> Result<(), Infallible> {
        if self.is(Mutant::DropsOtherWay) && logged.entry.origin.is_some() {
            return Ok(());
        }
        if self.is(Mutant::ForgetsQuarantine) {
            let shown = LoggedEntry { quarantine: None, ..logged.clone() };
            return self.log.put_entry(&shown, owner);
        }
        self.log.put_entry(logged, owner)
    }

    fn cut_log(&mut self, writer: WriterId, last: Position) -> Result<(), Infallible> {
        self.log.cut_log(writer, last)
    }

    fn set_place(&mut self, version: VersionId, place: Place) -> Result<(), Infallible> {
        self.log.set_place(version, place)
    }

    fn set_heads(&mut self, record: RecordId, heads: &[VersionId]) -> Result<(), Infallible> {
        let mut heads = heads.to_vec();
        match self.mutant {
            Some(Mutant::KeepsParentsAsHeads) => {
                let Ok(before) = self.log.heads(record);
                heads.extend(before);
                heads.sort_unstable();
                heads.dedup();
            }
            Some(Mutant::DropsHeads) => drop(heads.drain(..heads.len().saturating_sub(1))),
            Some(Mutant::LastWriterWins) => {
                heads.sort_by_key(|&head| (self.written_at(head), head));
                drop(heads.drain(..heads.len().saturating_sub(1)));
            }
            _ => {}
        }
        self.log.set_heads(record, &heads)
    }

    fn set_named(&mut self, record: RecordId, version: VersionId) -> Result<(), Infallible> {
        if self.is(Mutant::ForgetsNamed) { Ok(()) } else { self.log.set_named(record, version) }
    }

    fn set_manager(&mut self, device: DeviceId) -> Result<(), Infallible> {
        if self.is(Mutant::ForgetsManagers) { Ok(()) } else { self.log.set_manager(device) }
    }

    fn set_aside(&mut self, device: DeviceId, is_aside: bool) -> Result<(), Infallible> {
        self.log.set_aside(device, is_aside)
    }

    fn set_waiting(&mut self, author: DeviceId, place: Place) -> Result<(), Infallible> {
        if self.is(Mutant::ForgetsWaiting) { Ok(()) } else { self.log.set_waiting(author, place) }
    }

    fn free_entry(&mut self, place: Place) -> Result<(), Infallible> {
        self.log.free_entry(place)
    }
}
