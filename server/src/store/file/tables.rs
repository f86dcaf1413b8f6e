//! Every table of the store, with its version in its name. Nothing else in the crate names a table.
//!
//! A table whose rows change their meaning gets a new name with the next number, and the schema
//! version in [`META`] goes up with it, so that an older program refuses the file and harms
//! nothing.

use chasqui_shared::{Chain, DeviceId, Epoch, LogOwner, Place, Position, RecordId, WriterId};
use redb::TableDefinition;

/// The schema that this program reads and writes.
pub(in crate::store) const SCHEMA: u32 = 5;

/// Width of a writer and a seq, or of a moment and a record.
pub(in crate::store) const PAIR: usize = 24;
/// Width of a device, a writer and a seq.
pub(in crate::store) const WAIT: usize = 56;
/// Width of a file's hash and a record.
pub(in crate::store) const NAMING: usize = 48;
/// Width of a log's owner and position.
pub(in crate::store) const LOG: usize = 88;

/// Writer ‖ seq, big-endian → the entry; see `stored_entry`.
pub(in crate::store) const ENTRIES: TableDefinition<'_, &[u8; PAIR], &[u8]> =
    TableDefinition::new("entries-2");
/// Writer → device ‖ epoch ‖ seq, big-endian ‖ chain.
pub(in crate::store) const LOGS: TableDefinition<'_, &[u8; 16], &[u8; LOG]> =
    TableDefinition::new("logs-1");
/// Version → writer ‖ seq, big-endian.
pub(in crate::store) const PLACES: TableDefinition<'_, &[u8; 32], &[u8; PAIR]> =
    TableDefinition::new("places-1");
/// Record → the first 8 bytes of its key in [`SHOWN`] ‖ its heads, ascending.
pub(in crate::store) const HEADS: TableDefinition<'_, &[u8; 16], &[u8]> =
    TableDefinition::new("heads-1");
/// Record ‖ version, for versions named as parent before they were held.
pub(in crate::store) const NAMED: TableDefinition<'_, &[u8; 48], ()> =
    TableDefinition::new("named-1");
/// File ‖ record that names it → what it says of it; see `named_media`.
pub(in crate::store) const MEDIA: TableDefinition<'_, &[u8; NAMING], &[u8]> =
    TableDefinition::new("media-1");
/// Device that a version that is shown names manager.
pub(in crate::store) const MANAGERS: TableDefinition<'_, &[u8; 32], ()> =
    TableDefinition::new("managers-1");
/// Author ‖ writer ‖ seq, big-endian, of an entry that waits for its author to be named manager.
pub(in crate::store) const WAITING: TableDefinition<'_, &[u8; WAIT], ()> =
    TableDefinition::new("waiting-1");
/// Device whose records a manager set aside, or did until what is shown has been computed again →
/// whether they are aside, a byte ‖ whether all that is shown is of that, a byte.
pub(in crate::store) const ASIDE: TableDefinition<'_, &[u8; 32], &[u8; 2]> =
    TableDefinition::new("aside-1");
/// Device → how many entries of it are in quarantine ‖ bytes of their versions, 8 bytes each,
/// big-endian.
pub(in crate::store) const QUARANTINE_USAGE: TableDefinition<'_, &[u8; 32], &[u8; 16]> =
    TableDefinition::new("held-back-1");
/// Moment, latest first ‖ record → what lists and maps need of its view; see `shown`.
pub(in crate::store) const SHOWN: TableDefinition<'_, &[u8; PAIR], &[u8]> =
    TableDefinition::new("shown-3");
/// Commit → the clock's digest before it ‖ the logs it moved, each with its position before.
pub(in crate::store) const MOVES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("moves-1");
/// Writer → what its side said of itself; see `peers`.
pub(in crate::store) const PEERS: TableDefinition<'_, &[u8; 16], &[u8]> =
    TableDefinition::new("peers-1");
/// Device → the clock that it and this laptop both had when this laptop last asked it, as CBOR.
pub(in crate::store) const MEETINGS: TableDefinition<'_, &[u8; 32], &[u8]> =
    TableDefinition::new("meetings-1");
/// Count → a notice and its moment.
pub(in crate::store) const NOTICES: TableDefinition<'_, u64, &[u8]> =
    TableDefinition::new("notices-1");
/// Record → the hash of the row that was last taken for it from a file or a script.
pub(in crate::store) const ROWS: TableDefinition<'_, &[u8; 16], &[u8; 32]> =
    TableDefinition::new("rows-1");
/// Hash of an imported file → the source under which its rows were taken.
pub(in crate::store) const IMPORTS: TableDefinition<'_, &[u8; 32], &str> =
    TableDefinition::new("imports-1");
/// Device → what it may do here, as CBOR; see `pairings`.
pub(in crate::store) const PAIRINGS: TableDefinition<'_, &[u8; 32], &[u8]> =
    TableDefinition::new("pairings-1");
/// Device of another laptop → what lets this laptop in there, as CBOR; see `keyring`.
pub(in crate::store) const KEYRING: TableDefinition<'_, &[u8; 32], &[u8]> =
    TableDefinition::new("keyring-1");
/// Name → value; see `identity` and `committed`.
pub(in crate::store) const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta-1");

/// The key of an entry, and the value of a place.
pub(in crate::store) fn entry_key(writer: WriterId, seq: u64) -> [u8; PAIR] {
    let mut key = [0; PAIR];
    key[..16].copy_from_slice(&writer.0);
    key[16..].copy_from_slice(&seq.to_be_bytes());
    key
}

/// The key of an entry that waits for its author to be named manager.
pub(in crate::store) fn waiting_key(author: DeviceId, place: Place) -> [u8; WAIT] {
    let mut key = [0; WAIT];
    key[..32].copy_from_slice(&author.0);
    key[32..].copy_from_slice(&entry_key(place.writer, place.seq));
    key
}

/// The place in a key of [`waiting_key`].
pub(in crate::store) fn read_waiting(key: &[u8; WAIT]) -> Place {
    let mut place = [0; PAIR];
    place.copy_from_slice(&key[32..]);
    read_place(&place)
}

/// The inverse of [`entry_key`].
pub(in crate::store) fn read_place(bytes: &[u8; PAIR]) -> Place {
    let (mut writer, mut seq) = ([0; 16], [0; 8]);
    writer.copy_from_slice(&bytes[..16]);
    seq.copy_from_slice(&bytes[16..]);
    Place { writer: WriterId(writer), seq: u64::from_be_bytes(seq) }
}

/// The value of a log.
pub(in crate::store) fn log_row(owner: LogOwner, position: Position) -> [u8; LOG] {
    let mut row = [0; LOG];
    row[..32].copy_from_slice(&owner.device.0);
    row[32..48].copy_from_slice(&owner.epoch.0);
    row[48..56].copy_from_slice(&position.seq.to_be_bytes());
    row[56..].copy_from_slice(&position.chain.0);
    row
}

/// The inverse of [`log_row`].
pub(in crate::store) fn read_log_row(row: &[u8; LOG]) -> (LogOwner, Position) {
    let (mut device, mut epoch, mut seq, mut chain) = ([0; 32], [0; 16], [0; 8], [0; 32]);
    device.copy_from_slice(&row[..32]);
    epoch.copy_from_slice(&row[32..48]);
    seq.copy_from_slice(&row[48..56]);
    chain.copy_from_slice(&row[56..]);
    (
        LogOwner { device: DeviceId(device), epoch: Epoch(epoch) },
        Position { seq: u64::from_be_bytes(seq), chain: Chain(chain) },
    )
}

/// The key of a version that was named as parent of another of `record`.
pub(in crate::store) fn named_key(
    record: RecordId,
    version: chasqui_shared::VersionId,
) -> [u8; 48] {
    let mut key = [0; 48];
    key[..16].copy_from_slice(&record.0);
    key[16..].copy_from_slice(&version.0);
    key
}
