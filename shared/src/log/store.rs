//! What a log store can do: the seam between the rules of this crate and memory, redb or IndexedDB.

use super::{
    clock::{Clock, Position},
    entry::Entry,
    owner::LogOwner,
    quarantine::Quarantine,
};
use crate::{
    id::{Chain, ClockDigest, DeviceId, ProjectId, RecordId, VersionId, WriterId},
    record::{Charter, Kin, Version, VersionBytes},
};

/// An entry as it is held, with the hash and the judgement that admission found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedEntry {
    /// The entry.
    pub entry: Entry,
    /// The chain over it.
    pub chain: Chain,
    /// Set when it must not be shown.
    pub quarantine: Option<Quarantine>,
}

/// Where a version is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The log.
    pub writer: WriterId,
    /// The seq in it.
    pub seq: u64,
}

/// How much of a device is held in quarantine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuarantineUsage {
    /// Entries.
    pub entries: u64,
    /// Bytes of their versions.
    pub bytes: u64,
}

impl QuarantineUsage {
    /// One entry more.
    pub fn add(&mut self, bytes: usize) {
        self.entries += 1;
        self.bytes += bytes as u64;
    }

    /// One entry less.
    pub fn remove(&mut self, bytes: usize) {
        self.entries = self.entries.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes as u64);
    }
}

impl LoggedEntry {
    /// The device for whose quarantine it counts: that of the log that it was in first.
    pub fn brought_up_by(&self, owner: LogOwner) -> DeviceId {
        self.entry.origin.as_ref().map_or(owner.device, |origin| origin.owner.device)
    }
}

/// Reading a store. Each answer is of one state: what was committed, or what the same transaction
/// has written.
pub trait LogView: Sized {
    /// What can go wrong below.
    type Error;

    /// What the project is founded on.
    fn charter(&self) -> Charter;
    /// The project of all logs here.
    fn project(&self) -> ProjectId;
    /// Whether a version that is shown names this device manager.
    fn is_manager(&self, device: DeviceId) -> Result<bool, Self::Error>;
    /// Whether a manager set the records of this device aside; see [`crate::Member::is_aside`].
    fn is_aside(&self, device: DeviceId) -> Result<bool, Self::Error>;
    /// Where entries of this author wait for it to be named manager. Places that a log has lost
    /// since may be among them.
    fn waiting(&self, author: DeviceId) -> Result<Vec<Place>, Self::Error>;
    /// Whose log it is, if a single entry of it is held.
    fn owner(&self, writer: WriterId) -> Result<Option<LogOwner>, Self::Error>;
    /// How far a log is held; [`Position::START`] if not at all.
    fn position(&self, writer: WriterId) -> Result<Position, Self::Error>;
    /// One entry, if held.
    fn entry(&self, writer: WriterId, seq: u64) -> Result<Option<LoggedEntry>, Self::Error>;
    /// Where a version is held, quarantined or not.
    fn place(&self, version: VersionId) -> Result<Option<Place>, Self::Error>;
    /// The heads of a record, ascending; empty if it is not known.
    fn heads(&self, record: RecordId) -> Result<Vec<VersionId>, Self::Error>;
    /// Whether a version of the record named this one as parent before it was held.
    fn is_named(&self, record: RecordId, version: VersionId) -> Result<bool, Self::Error>;
    /// All positions.
    fn clock(&self) -> Result<Clock, Self::Error>;
    /// How many logs of this device are held.
    fn logs_of(&self, device: DeviceId) -> Result<usize, Self::Error>;
    /// How many logs are held of devices that are no members; see [`crate::Member::is_member`]. May
    /// count those that became members in this transaction.
    fn stranger_logs(&self) -> Result<usize, Self::Error>;
    /// How much of this device is held in quarantine, wherever it is logged.
    fn quarantine_usage(&self, device: DeviceId) -> Result<QuarantineUsage, Self::Error>;
    /// Number of logs.
    fn writers(&self) -> Result<usize, Self::Error> {
        Ok(self.clock()?.len())
    }
    /// The digest of all positions.
    fn clock_digest(&self) -> Result<ClockDigest, Self::Error> {
        Ok(self.clock()?.digest())
    }
    /// The logs that moved since the clock had this digest, each with its position then; `None` if
    /// that is not remembered.
    fn moved_since(
        &self,
        digest: ClockDigest,
    ) -> Result<Option<Vec<(WriterId, Position)>>, Self::Error>;

    /// The chain over the entries up to `seq`, if held; the chain of [`Position::START`] for 0.
    fn chain_at(&self, writer: WriterId, seq: u64) -> Result<Option<Chain>, Self::Error> {
        if seq == 0 {
            return Ok(Some(Position::START.chain));
        }
        Ok(self.entry(writer, seq)?.map(|logged| logged.chain))
    }

    /// A version that can be shown, if held. What does not hash to its id is not that version, and
    /// is never shown as it.
    fn version(&self, id: VersionId) -> Result<Option<Version>, Self::Error> {
        Ok(self.shown_bytes(id)?.and_then(|version| version.decode_admitted().ok()))
    }

    /// Where a version that can be shown stands among others, if held.
    fn kin(&self, id: VersionId) -> Result<Option<Kin>, Self::Error> {
        Ok(self.shown_bytes(id)?.and_then(|version| version.kin().ok()))
    }

    /// The bytes of a version that can be shown, if held.
    fn shown_bytes(&self, id: VersionId) -> Result<Option<VersionBytes>, Self::Error> {
        let Some(place) = self.place(id)? else { return Ok(None) };
        let logged = self.entry(place.writer, place.seq)?;
        let shown =
            logged.filter(|logged| logged.quarantine.is_none() && logged.entry.version.id() == id);
        Ok(shown.map(|logged| logged.entry.version))
    }
}

/// Writing to a store, inside one transaction that the caller commits or drops as a whole.
pub trait LogStore: LogView {
    /// Puts an entry at its place, and moves the position of its log there.
    fn put_entry(&mut self, logged: &LoggedEntry, owner: LogOwner) -> Result<(), Self::Error>;
    /// Forgets the entries of a log after `last`, which becomes its position.
    fn cut_log(&mut self, writer: WriterId, last: Position) -> Result<(), Self::Error>;
    /// Says where a version is held.
    fn set_place(&mut self, version: VersionId, place: Place) -> Result<(), Self::Error>;
    /// Replaces the heads of a record.
    fn set_heads(&mut self, record: RecordId, heads: &[VersionId]) -> Result<(), Self::Error>;
    /// Remembers that a version of the record named this one, which is not held.
    fn set_named(&mut self, record: RecordId, version: VersionId) -> Result<(), Self::Error>;
    /// Remembers that a version that is shown names this device manager.
    fn set_manager(&mut self, device: DeviceId) -> Result<(), Self::Error>;
    /// Remembers whether a manager set the records of this device aside. What is shown of them
    /// changes.
    fn set_aside(&mut self, device: DeviceId, is_aside: bool) -> Result<(), Self::Error>;
    /// Remembers where an entry waits for its author to be named manager.
    fn set_waiting(&mut self, author: DeviceId, place: Place) -> Result<(), Self::Error>;
    /// Takes the entry at a place out of quarantine.
    fn free_entry(&mut self, place: Place) -> Result<(), Self::Error>;
}
