//! A log in memory: the phone's working copy of its IndexedDB, and the store of the simulation.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    convert::Infallible,
};

use super::{
    clock::{Clock, Position},
    moves::Moves,
    owner::LogOwner,
    store::{LogStore, LogView, LoggedEntry, Place, QuarantineUsage},
};
use crate::{
    id::{Chain, ClockDigest, DeviceId, ProjectId, RecordId, VersionId, WriterId},
    record::{Charter, Member},
};

const MOVES_MAX: usize = 65_536;

/// One change of a log, to be made durable in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogChange {
    /// An entry was put at its place.
    Put(Box<LoggedEntry>, LogOwner),
    /// The entries of a log after this position were cut off.
    Cut(WriterId, Position),
}

/// Logs, heads and clock of one project in memory.
///
/// It notes every change until [`MemoryLog::take_changes`], so that a caller can make them durable
/// in one transaction. If that fails, the caller throws this log away and loads the durable one
/// again.
#[derive(Clone, Debug)]
pub struct MemoryLog {
    charter: Charter,
    project: ProjectId,
    logs: BTreeMap<WriterId, (LogOwner, Vec<LoggedEntry>)>,
    places: HashMap<VersionId, Place>,
    heads: BTreeMap<RecordId, Vec<VersionId>>,
    named: HashSet<(RecordId, VersionId)>,
    managers: HashSet<DeviceId>,
    waiting: HashMap<DeviceId, Vec<Place>>,
    aside: HashSet<DeviceId>,
    never_aside: Option<DeviceId>,
    logs_of: HashMap<DeviceId, usize>,
    quarantine_usage: HashMap<DeviceId, QuarantineUsage>,
    clock: Clock,
    moves: Moves,
    changes: Vec<LogChange>,
    touched: BTreeSet<RecordId>,
}

impl MemoryLog {
    /// An empty log of a project.
    pub fn new(charter: Charter) -> Self {
        let clock = Clock::default();
        let mut moves = Moves::new(MOVES_MAX);
        moves.mark(clock.digest());
        Self {
            charter,
            project: charter.project(),
            logs: BTreeMap::new(),
            places: HashMap::new(),
            heads: BTreeMap::new(),
            named: HashSet::new(),
            managers: HashSet::new(),
            waiting: HashMap::new(),
            aside: HashSet::new(),
            never_aside: None,
            logs_of: HashMap::new(),
            quarantine_usage: HashMap::new(),
            clock,
            moves,
            changes: Vec::new(),
            touched: BTreeSet::new(),
        }
    }

    /// What changed since the last call. Marks the clock as one that a peer may name later.
    pub fn take_changes(&mut self) -> Vec<LogChange> {
        if !self.changes.is_empty() {
            self.moves.mark(self.clock.digest());
        }
        std::mem::take(&mut self.changes)
    }

    /// The records whose heads were set since the last call, so that only their views are computed
    /// again.
    pub fn take_touched(&mut self) -> BTreeSet<RecordId> {
        std::mem::take(&mut self.touched)
    }

    /// Shows what this device wrote whatever managers say: a phone does not hide from a person what
    /// that person recorded.
    pub fn never_set_aside(&mut self, device: DeviceId) {
        self.never_aside = Some(device);
    }

    /// Every record with its heads, by ascending record id.
    pub fn records(&self) -> impl Iterator<Item = (RecordId, &[VersionId])> {
        self.heads.iter().map(|(&record, heads)| (record, heads.as_slice()))
    }

    /// Every log, by ascending writer.
    pub fn logs(&self) -> impl Iterator<Item = (WriterId, LogOwner, &[LoggedEntry])> {
        self.logs.iter().map(|(&writer, (owner, entries))| (writer, *owner, entries.as_slice()))
    }

    /// All versions held, each once, in no order.
    pub fn versions(&self) -> impl Iterator<Item = (VersionId, Place)> + '_ {
        self.places.iter().map(|(&version, &place)| (version, place))
    }

    fn held(&self, writer: WriterId, seq: u64) -> Option<&LoggedEntry> {
        let index = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.logs.get(&writer)?.1.get(index)
    }
}

impl LogView for MemoryLog {
    type Error = Infallible;

    fn charter(&self) -> Charter {
        self.charter
    }

    fn project(&self) -> ProjectId {
        self.project
    }

    fn is_manager(&self, device: DeviceId) -> Result<bool, Infallible> {
        Ok(self.managers.contains(&device))
    }

    fn is_aside(&self, device: DeviceId) -> Result<bool, Infallible> {
        Ok(self.never_aside != Some(device) && self.aside.contains(&device))
    }

    fn logs_of(&self, device: DeviceId) -> Result<usize, Infallible> {
        Ok(self.logs_of.get(&device).copied().unwrap_or_default())
    }

    fn stranger_logs(&self) -> Result<usize, Infallible> {
        let strangers = self.logs_of.iter().filter(|(device, _)| {
            let Ok(is_member) = Member::is_member(self, **device);
            !is_member
        });
        Ok(strangers.map(|(_, logs)| logs).sum())
    }

    fn quarantine_usage(&self, device: DeviceId) -> Result<QuarantineUsage, Infallible> {
        Ok(self.quarantine_usage.get(&device).copied().unwrap_or_default())
    }

    fn waiting(&self, author: DeviceId) -> Result<Vec<Place>, Infallible> {
        Ok(self.waiting.get(&author).cloned().unwrap_or_default())
    }

    fn owner(&self, writer: WriterId) -> Result<Option<LogOwner>, Infallible> {
        Ok(self.logs.get(&writer).map(|(owner, _)| *owner))
    }

    fn position(&self, writer: WriterId) -> Result<Position, Infallible> {
        Ok(self.clock.get(writer).unwrap_or(Position::START))
    }

    fn entry(&self, writer: WriterId, seq: u64) -> Result<Option<LoggedEntry>, Infallible> {
        Ok(self.held(writer, seq).cloned())
    }

    fn chain_at(&self, writer: WriterId, seq: u64) -> Result<Option<Chain>, Infallible> {
        Ok(match seq {
            0 => Some(Position::START.chain),
            _ => self.held(writer, seq).map(|logged| logged.chain),
        })
    }

    fn place(&self, version: VersionId) -> Result<Option<Place>, Infallible> {
        Ok(self.places.get(&version).copied())
    }

    fn heads(&self, record: RecordId) -> Result<Vec<VersionId>, Infallible> {
        Ok(self.heads.get(&record).cloned().unwrap_or_default())
    }

    fn is_named(&self, record: RecordId, version: VersionId) -> Result<bool, Infallible> {
        Ok(self.named.contains(&(record, version)))
    }

    fn clock(&self) -> Result<Clock, Infallible> {
        Ok(self.clock.clone())
    }

    fn moved_since(
        &self,
        digest: ClockDigest,
    ) -> Result<Option<Vec<(WriterId, Position)>>, Infallible> {
        Ok(self.moves.since(digest))
    }
}

impl LogStore for MemoryLog {
    fn put_entry(&mut self, logged: &LoggedEntry, owner: LogOwner) -> Result<(), Infallible> {
        let writer = logged.entry.writer;
        if logged.quarantine.is_some() {
            let held = self.quarantine_usage.entry(logged.brought_up_by(owner)).or_default();
            held.add(logged.entry.version.as_slice().len());
        }
        let (_, entries) = self.logs.entry(writer).or_insert_with(|| {
            *self.logs_of.entry(owner.device).or_default() += 1;
            (owner, Vec::new())
        });
        debug_assert_eq!(entries.len() as u64 + 1, logged.entry.seq, "a log has no gaps");
        entries.push(logged.clone());
        self.moves.push(writer, self.clock.get(writer).unwrap_or(Position::START));
        self.clock.set(writer, Position { seq: logged.entry.seq, chain: logged.chain });
        self.changes.push(LogChange::Put(Box::new(logged.clone()), owner));
        Ok(())
    }

    fn cut_log(&mut self, writer: WriterId, last: Position) -> Result<(), Infallible> {
        if let Some((owner, entries)) = self.logs.get_mut(&writer) {
            let kept = usize::try_from(last.seq).unwrap_or(usize::MAX).min(entries.len());
            for cut in entries.drain(kept..).filter(|cut| cut.quarantine.is_some()) {
                let held = self.quarantine_usage.entry(cut.brought_up_by(*owner)).or_default();
                held.remove(cut.entry.version.as_slice().len());
            }
        }
        self.moves.push(writer, self.clock.get(writer).unwrap_or(Position::START));
        self.clock.set(writer, last);
        self.changes.push(LogChange::Cut(writer, last));
        Ok(())
    }

    fn set_manager(&mut self, device: DeviceId) -> Result<(), Infallible> {
        self.managers.insert(device);
        self.waiting.remove(&device);
        Ok(())
    }

    fn set_aside(&mut self, device: DeviceId, is_aside: bool) -> Result<(), Infallible> {
        if is_aside {
            self.aside.insert(device);
        } else {
            self.aside.remove(&device);
        }
        for (_, entries) in self.logs.values() {
            let kin = entries.iter().filter_map(|logged| logged.entry.version.kin().ok());
            self.touched.extend(kin.filter(|kin| kin.author == device).map(|kin| kin.record));
        }
        Ok(())
    }

    fn set_waiting(&mut self, author: DeviceId, place: Place) -> Result<(), Infallible> {
        self.waiting.entry(author).or_default().push(place);
        Ok(())
    }

    fn free_entry(&mut self, place: Place) -> Result<(), Infallible> {
        let index = usize::try_from(place.seq.saturating_sub(1)).unwrap_or(usize::MAX);
        let log = self.logs.get_mut(&place.writer);
        // No change to be made durable: what waits is judged again when it is read back.
        if let Some((owner, entries)) = log
            && let Some(logged) = entries.get_mut(index)
            && logged.quarantine.take().is_some()
        {
            let held = self.quarantine_usage.entry(logged.brought_up_by(*owner)).or_default();
            held.remove(logged.entry.version.as_slice().len());
        }
        Ok(())
    }

    fn set_place(&mut self, version: VersionId, place: Place) -> Result<(), Infallible> {
        self.places.insert(version, place);
        Ok(())
    }

    fn set_heads(&mut self, record: RecordId, heads: &[VersionId]) -> Result<(), Infallible> {
        self.heads.insert(record, heads.to_vec());
        self.touched.insert(record);
        Ok(())
    }

    fn set_named(&mut self, record: RecordId, version: VersionId) -> Result<(), Infallible> {
        self.named.insert((record, version));
        Ok(())
    }
}
