//! The end of a write transaction: what the jobs of it gathered is written once, however many they
//! were.

use std::collections::BTreeMap;

use chasqui_shared::{DeviceId, LogWriter, Position, RecordId, View, WriterId};

use crate::store::{
    error::StoreError,
    file::tables::{META, MOVES, NOTICES, PAIR, PAIRINGS, PEERS},
    index::{counts, shown},
    log::{rows, write_log::WriteLog},
    memory::{
        committed::{Committed, Sums},
        moves,
    },
    people::{
        notices::Notices,
        pairings::{self, Pairing},
        peers,
    },
};

/// The state that is true once the transaction is committed.
pub(in crate::store) struct Finalized {
    pub committed: Committed,
    pub moved: BTreeMap<WriterId, Position>,
    pub sums: Sums,
    pub log_writer: LogWriter,
    /// All notices, if any is new.
    pub notices: Option<Notices>,
    /// Whether records of a device were set aside or taken back, so that what is shown is to be
    /// computed again.
    pub is_set_aside: bool,
    /// The records of which what lists show may have changed; `None` where it may be any.
    pub changed: Option<Vec<RecordId>>,
    /// Pairings that changed.
    pub paired: BTreeMap<DeviceId, Pairing>,
}

/// Writes heads, index, moves, notices and who this laptop is.
pub(in crate::store) fn finalize(mut log: WriteLog<'_>) -> Result<Finalized, StoreError> {
    let records: Vec<_> = log.touched.keys().copied().collect();
    let mut are_listed = true;
    for &record in &records {
        are_listed &= finalize_record(&mut log, record)?;
    }
    // Names are found by their words, and a repair may have removed rows of records that are not
    // touched.
    let changed = Some(records).filter(|_| are_listed && !log.is_recounted);
    if log.is_recounted {
        log.sums = counts::recount(&log.heads, &log.shown)?;
    }
    let counts = counts::counts(&log.shown, &log.places, &log.clock, log.sums)?;
    let txn = log.txn;
    let mut meta = txn.open_table(META)?;
    meta.insert("serial", log.serial.to_be_bytes().as_slice())?;
    meta.insert("sums", log.sums.to_bytes().as_slice())?;
    meta.insert("epoch", log.log_writer.owner().epoch.0.as_slice())?;
    if !log.moved.is_empty() {
        moves::save(&mut txn.open_table(MOVES)?, log.serial, log.before, &log.moved)?;
    }
    let notices = if log.noticed.is_empty() && log.done.is_empty() {
        None
    } else {
        let mut notices = log.inner.notices().clone();
        let mut table = txn.open_table(NOTICES)?;
        notices.save_done(&mut table, &log.done)?;
        notices.save(&mut table, log.received_at, log.noticed)?;
        Some(notices)
    };
    let unsaved = log.inner.peers().take_unsaved();
    peers::save(&mut txn.open_table(PEERS)?, &unsaved)?;
    let seen = log.inner.pairings().take_unsaved();
    pairings::save(&mut txn.open_table(PAIRINGS)?, &log.paired, &seen)?;
    let committed = Committed {
        serial: log.serial,
        digest: log.clock.digest(),
        clock: log.clock,
        owner: log.log_writer.owner(),
        counts,
    };
    let (sums, log_writer, paired) = (log.sums, log.log_writer, log.paired);
    let is_set_aside = log.is_set_aside;
    Ok(Finalized {
        committed,
        moved: log.moved,
        sums,
        log_writer,
        notices,
        is_set_aside,
        changed,
        paired,
    })
}

/// Writes the heads of one record, and its view as lists need it. Members are nobody's observation:
/// no list shows them, and no sum counts them. Whether it is of a kind that lists show, or of none.
fn finalize_record(log: &mut WriteLog<'_>, record: RecordId) -> Result<bool, StoreError> {
    let view = View::load(log, record)?;
    let is_listed = view.as_ref().is_none_or(|view| view.kind.is_seen());
    let view = view.filter(|_| is_listed);
    let Some(touched) = log.touched.remove(&record) else { return Ok(is_listed) };
    if let Some(moment) = touched.shown_at {
        log.sums.heads = log.sums.heads.saturating_sub(touched.heads_before as u64);
        let mut key = [0; PAIR];
        key[..rows::MOMENT].copy_from_slice(&moment);
        key[rows::MOMENT..].copy_from_slice(&record.0);
        let gone = log.shown.remove(&key)?;
        let gone = gone.map(|row| {
            shown::decode(&key, row.value()).map(|shown| (shown.is_deleted, shown.is_conflict))
        });
        match gone {
            Some(Ok((is_deleted, is_conflict))) => {
                log.sums.deleted = log.sums.deleted.saturating_sub(is_deleted.into());
                log.sums.conflicts = log.sums.conflicts.saturating_sub(is_conflict.into());
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
        log.sums.heads = log.sums.heads.saturating_add(touched.heads.len() as u64);
        log.sums.deleted = log.sums.deleted.saturating_add(view.deleted.into());
        let is_conflict = view.heads.len() > 1;
        log.sums.conflicts = log.sums.conflicts.saturating_add(is_conflict.into());
        let (key, value) = shown::row(&view, received_at.unwrap_or(log.received_at))?;
        log.shown.insert(&key, value.as_slice())?;
        row.copy_from_slice(&key[..rows::MOMENT]);
    }
    row.extend(touched.heads.iter().flat_map(|head| head.0));
    log.heads.insert(&record.0, row.as_slice())?;
    Ok(is_listed)
}
