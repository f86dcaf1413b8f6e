//! Reading single rows, the same inside a read and a write transaction.

use std::collections::{BTreeSet, HashMap};

use chasqui_shared::{
    Chain, Clock, DeviceId, LogOwner, LogView, LoggedEntry, Member, Place, Position, RecordId,
    Timestamp, VersionId, WriterId,
};
use redb::ReadableTable;

use super::stored_entry;
use crate::store::{
    error::StoreError,
    file::tables::{LOG, PAIR, WAIT, entry_key, read_log_row, read_place, read_waiting},
};

/// Width of the shown key that precedes the heads of a record.
pub(in crate::store) const MOMENT: usize = 8;

pub(in crate::store) fn log(
    table: &impl ReadableTable<&'static [u8; 16], &'static [u8; LOG]>,
    writer: WriterId,
) -> Result<Option<(LogOwner, Position)>, StoreError> {
    Ok(table.get(&writer.0)?.map(|row| read_log_row(row.value())))
}

pub(in crate::store) fn clock(
    table: &impl ReadableTable<&'static [u8; 16], &'static [u8; LOG]>,
) -> Result<Clock, StoreError> {
    let mut clock = Clock::default();
    for row in table.iter()? {
        let (writer, log) = row?;
        clock.set(WriterId(*writer.value()), read_log_row(log.value()).1);
    }
    Ok(clock)
}

pub(in crate::store) fn entry(
    table: &impl ReadableTable<&'static [u8; PAIR], &'static [u8]>,
    writer: WriterId,
    seq: u64,
) -> Result<Option<LoggedEntry>, StoreError> {
    let row = table.get(&entry_key(writer, seq))?;
    row.map(|row| stored_entry::decode(writer, seq, row.value())).transpose()
}

/// An entry whose row is damaged counts as not held, so that one bad row does not keep all
/// others from their readers: a peer is given the good prefix, and nobody what was altered. An
/// audit names it.
pub(in crate::store) fn readable_entry(
    table: &impl ReadableTable<&'static [u8; PAIR], &'static [u8]>,
    writer: WriterId,
    seq: u64,
) -> Result<Option<LoggedEntry>, StoreError> {
    match entry(table, writer, seq) {
        Err(StoreError::Damaged { .. }) => {
            tracing::error!(%writer, seq, "a stored entry is damaged; `chasqui verify` tells more");
            Ok(None)
        }
        read => read,
    }
}

/// Where entries of this author wait for it to be named manager.
pub(in crate::store) fn waiting(
    table: &impl ReadableTable<&'static [u8; WAIT], ()>,
    author: DeviceId,
) -> Result<Vec<Place>, StoreError> {
    let at = |fill| {
        let mut key = [fill; WAIT];
        key[..DeviceId::WIDTH].copy_from_slice(&author.0);
        key
    };
    let mut places = Vec::new();
    for row in table.range::<&[u8; WAIT]>(&at(0)..=&at(u8::MAX))? {
        places.push(read_waiting(row?.0.value()));
    }
    Ok(places)
}

/// The devices of which logs are held, with the number of them.
pub(in crate::store) fn devices(
    table: &impl ReadableTable<&'static [u8; 16], &'static [u8; LOG]>,
) -> Result<HashMap<DeviceId, usize>, StoreError> {
    let mut devices = HashMap::new();
    for row in table.iter()? {
        *devices.entry(read_log_row(row?.1.value()).0.device).or_default() += 1;
    }
    Ok(devices)
}

/// How many of these logs are of devices that are no members.
pub(in crate::store) fn stranger_logs<V: LogView>(
    view: &V,
    devices: &HashMap<DeviceId, usize>,
) -> Result<usize, V::Error> {
    let mut strangers = 0;
    for (device, logs) in devices {
        if !Member::is_member(view, *device)? {
            strangers += logs;
        }
    }
    Ok(strangers)
}

/// The devices whose records are set aside.
pub(in crate::store) fn aside(
    table: &impl ReadableTable<&'static [u8; 32], &'static [u8; 2]>,
) -> Result<BTreeSet<DeviceId>, StoreError> {
    let mut aside = BTreeSet::new();
    for row in table.iter()? {
        let (device, row) = row?;
        if row.value()[0] != 0 {
            aside.insert(DeviceId(*device.value()));
        }
    }
    Ok(aside)
}

pub(in crate::store) fn chain_at(
    table: &impl ReadableTable<&'static [u8; PAIR], &'static [u8]>,
    writer: WriterId,
    seq: u64,
) -> Result<Option<Chain>, StoreError> {
    if seq == 0 {
        return Ok(Some(Position::START.chain));
    }
    Ok(entry(table, writer, seq)?.map(|logged| logged.chain))
}

pub(in crate::store) fn received_at(
    table: &impl ReadableTable<&'static [u8; PAIR], &'static [u8]>,
    place: Place,
) -> Result<Option<Timestamp>, StoreError> {
    let row = table.get(&entry_key(place.writer, place.seq))?;
    let at = |row: &[u8]| stored_entry::received_at(place.writer, place.seq, row);
    row.map(|row| at(row.value())).transpose()
}

pub(in crate::store) fn place(
    table: &impl ReadableTable<&'static [u8; 32], &'static [u8; PAIR]>,
    version: VersionId,
) -> Result<Option<Place>, StoreError> {
    Ok(table.get(&version.0)?.map(|row| read_place(row.value())))
}

/// The heads of a record as they are held.
pub(in crate::store) struct HeldHeads {
    pub heads: Vec<VersionId>,
    /// The moment under which the record is shown; zeros in the row if it is not.
    pub shown_at: Option<[u8; MOMENT]>,
}

/// The heads of a record, if it is known.
pub(in crate::store) fn heads(
    table: &impl ReadableTable<&'static [u8; 16], &'static [u8]>,
    record: RecordId,
) -> Result<Option<HeldHeads>, StoreError> {
    table.get(&record.0)?.map(|row| read_heads(row.value())).transpose()
}

pub(in crate::store) fn read_heads(row: &[u8]) -> Result<HeldHeads, StoreError> {
    const DAMAGED: StoreError = StoreError::Damaged { table: "heads-1" };

    let (moment, ids) = row.split_first_chunk::<MOMENT>().ok_or(DAMAGED)?;
    let heads = ids.chunks(VersionId::WIDTH).map(VersionId::from_slice).collect::<Option<_>>();
    Ok(HeldHeads {
        heads: heads.ok_or(DAMAGED)?,
        shown_at: Some(*moment).filter(|moment| *moment != [0; MOMENT]),
    })
}
