//! What a log store can do: the seam between the rules of this crate and memory, redb or IndexedDB.

use super::{Clock, Entry, LogOwner, Position, Quarantine};
use crate::{
    Chain, Charter, ClockDigest, DeviceId, ProjectId, RecordId, Version, VersionId, WriterId,
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

/// Reading a store. Each answer is of one state: what was committed, or what the same transaction has written.
pub trait LogView {
    /// What can go wrong below.
    type Error;

    /// What the project is founded on.
    fn charter(&self) -> Charter;
    /// The project of all logs here.
    fn project(&self) -> ProjectId;
    /// Whether a version that is shown names this device manager.
    fn is_manager(&self, device: DeviceId) -> Result<bool, Self::Error>;
    /// Where entries of this author wait for it to be named manager. Places that a log has lost since may be among them.
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
    /// Number of logs.
    fn writers(&self) -> Result<usize, Self::Error> {
        Ok(self.clock()?.len())
    }
    /// The digest of all positions.
    fn clock_digest(&self) -> Result<ClockDigest, Self::Error> {
        Ok(self.clock()?.digest())
    }
    /// The logs that moved since the clock had this digest, each with its position then; `None` if that is not remembered.
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

    /// A version that can be shown, if held. What does not hash to its id is not that version, and is never shown as it.
    fn version(&self, id: VersionId) -> Result<Option<Version>, Self::Error> {
        let Some(place) = self.place(id)? else { return Ok(None) };
        let logged = self.entry(place.writer, place.seq)?;
        Ok(logged
            .filter(|logged| logged.quarantine.is_none() && logged.entry.version.id() == id)
            .and_then(|logged| logged.entry.version.decode_admitted().ok()))
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
    /// Remembers where an entry waits for its author to be named manager.
    fn set_waiting(&mut self, author: DeviceId, place: Place) -> Result<(), Self::Error>;
    /// Takes the entry at a place out of quarantine.
    fn free_entry(&mut self, place: Place) -> Result<(), Self::Error>;
}
