//! The end of a write transaction: what the jobs of it gathered is written once, however many they were.

use std::collections::BTreeMap;

use chasqui_shared::{
    Clock, DeviceId, History, Pen, Position, RecordId, Timestamp, View, WriterId,
};
use redb::{ReadableTable, ReadableTableMetadata};

use super::{
    Committed, Counts, StoreError,
    committed::Sums,
    moves,
    notices::{self, Noticed},
    pairings::{self, Pairing},
    peers, rows, shown,
    tables::{META, MOVES, NOTICES, PAIR, PAIRINGS, PEERS},
    write_log::WriteLog,
};

/// The state that is true once the transaction is committed.
pub(super) struct Settled {
    pub committed: Committed,
    pub moved: BTreeMap<WriterId, Position>,
    pub sums: Sums,
    pub pen: Pen,
    /// Notices that are new, with their numbers.
    pub noticed: Vec<(u64, Noticed)>,
    /// Notices that are done, by number.
    pub done: BTreeMap<u64, Timestamp>,
    /// Pairings that changed.
    pub paired: BTreeMap<DeviceId, Pairing>,
}

/// Writes heads, index, moves, notices and who this laptop is.
pub(super) fn settle(mut log: WriteLog<'_>) -> Result<Settled, StoreError> {
    let records: Vec<_> = log.touched.keys().copied().collect();
    for record in records {
        settle_record(&mut log, record)?;
    }
    if log.is_recounted {
        log.sums = recount(&log.heads, &log.shown)?;
    }
    let counts = counts(&log.shown, &log.places, &log.clock, log.sums)?;
    let txn = log.txn;
    let mut meta = txn.open_table(META)?;
    meta.insert("serial", log.serial.to_be_bytes().as_slice())?;
    meta.insert("sums", log.sums.to_bytes().as_slice())?;
    meta.insert("epoch", log.pen.owner().epoch.0.as_slice())?;
    if !log.moved.is_empty() {
        moves::save(&mut txn.open_table(MOVES)?, log.serial, log.before, &log.moved)?;
    }
    let mut table = txn.open_table(NOTICES)?;
    notices::save_done(&mut table, &log.done)?;
    let noticed = notices::save(&mut table, log.received_at, log.noticed)?;
    peers::save(log.inner, &mut txn.open_table(PEERS)?)?;
    pairings::save(log.inner, &mut txn.open_table(PAIRINGS)?, &log.paired)?;
    let committed = Committed {
        serial: log.serial,
        digest: log.clock.digest(),
        clock: log.clock,
        owner: log.pen.owner(),
        counts,
    };
    let (sums, pen, paired, done) = (log.sums, log.pen, log.paired, log.done);
    Ok(Settled { committed, moved: log.moved, sums, pen, noticed, done, paired })
}

/// Writes the heads of one record, and its view as lists need it. Members are nobody's observation: no list shows
/// them, and no sum counts them.
fn settle_record(log: &mut WriteLog<'_>, record: RecordId) -> Result<(), StoreError> {
    let view = View::of(&History::load(log, record)?).filter(|view| view.kind.is_seen());
    let Some(touched) = log.touched.remove(&record) else { return Ok(()) };
    let heads_before = touched.shown_at.map_or(0, |_| touched.heads_before);
    log.sums.moved(heads_before, view.as_ref().map_or(0, |view| view.heads.len()));
    if let Some(moment) = touched.shown_at {
        let mut key = [0; PAIR];
        key[..rows::MOMENT].copy_from_slice(&moment);
        key[rows::MOMENT..].copy_from_slice(&record.0);
        let gone = log.shown.remove(&key)?;
        match gone.map(|row| shown::decode(&key, row.value()).map(|shown| shown.is_deleted)) {
            Some(Ok(is_deleted)) => {
                log.sums.deleted = log.sums.deleted.saturating_sub(is_deleted.into());
            }
            Some(Err(_)) => log.is_recounted = true,
            None => {}
        }
    }
    let mut row = vec![0; rows::MOMENT];
    if let Some(view) = view {
        let received_at = match rows::place(&log.places, view.winner)? {
            Some(place) => rows::received_at(&log.entries, place)?,
            None => None,
        };
        log.sums.deleted = log.sums.deleted.saturating_add(view.deleted.into());
        let (key, value) = shown::row(&view, received_at.unwrap_or(log.received_at));
        log.shown.insert(&key, value.as_slice())?;
        row.copy_from_slice(&key[..rows::MOMENT]);
    }
    row.extend(touched.heads.iter().flat_map(|head| head.0));
    log.heads.insert(&record.0, row.as_slice())?;
    Ok(())
}

/// The sums, counted from the rows.
pub(super) fn recount(
    heads: &impl ReadableTable<&'static [u8; 16], &'static [u8]>,
    shown: &impl ReadableTable<&'static [u8; PAIR], &'static [u8]>,
) -> Result<Sums, StoreError> {
    let mut sums = Sums::default();
    for row in heads.iter()? {
        let held = rows::read_heads(row?.1.value())?;
        if held.shown_at.is_some() {
            sums.moved(0, held.heads.len());
        }
    }
    for row in shown.iter()? {
        let (key, row) = row?;
        let shown = shown::decode(key.value(), row.value());
        sums.deleted += u64::from(shown.is_ok_and(|shown| shown.is_deleted));
    }
    Ok(sums)
}

/// How much is held.
pub(super) fn counts(
    shown: &impl ReadableTableMetadata,
    places: &impl ReadableTableMetadata,
    clock: &Clock,
    sums: Sums,
) -> Result<Counts, StoreError> {
    Ok(Counts {
        records: shown.len()?,
        versions: places.len()?,
        entries: clock.entries(),
        writers: clock.len() as u64,
        heads: sums.heads,
        conflicts: sums.conflicts,
        deleted: sums.deleted,
    })
}
