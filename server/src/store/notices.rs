//! What a manager should know of, newest last, bounded.

use std::collections::{BTreeMap, VecDeque};

use chasqui_shared::{Notice, Timestamp, from_cbor, to_cbor};
use redb::{Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, Table};
use serde::{Deserialize, Serialize};

use super::{StoreError, WriteLog, tables::NOTICES};
use crate::limits;

const DAMAGED: StoreError = StoreError::Damaged { table: "notices-1" };

/// A notice and when it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noticed {
    /// By the laptop's clock.
    pub at: Timestamp,
    /// What was noticed.
    pub notice: Notice,
    /// When a manager said that it needs no more attention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
}

/// The notices that are kept, oldest first, by number.
#[derive(Debug, Default)]
pub(super) struct Notices(VecDeque<(u64, Noticed)>);

impl Notices {
    pub fn load(database: &Database) -> Result<Self, StoreError> {
        let table = database.begin_read()?.open_table(NOTICES)?;
        let mut notices = VecDeque::new();
        for row in table.iter()? {
            let (number, row) = row?;
            notices.push_back((number.value(), from_cbor(row.value()).map_err(|_| DAMAGED)?));
        }
        Ok(Self(notices))
    }

    /// A phone that sends the same bad entry each time it syncs is worth one notice.
    ///
    /// One that was done a day ago or more counts no longer: what happens again is told again.
    pub fn holds(&self, notice: &Notice, now: Timestamp) -> bool {
        let is_open = |done_at: Option<Timestamp>| {
            let since_ms = done_at.map(|at| now.as_millis().saturating_sub(at.as_millis()));
            since_ms.is_none_or(|since_ms| since_ms < limits::NOTICE_DONE_MS_MIN)
        };
        let mut all = self.0.iter();
        all.any(|(_, held)| is_open(held.done_at) && notice.says_the_same(&held.notice))
    }

    pub fn extend(&mut self, noticed: Vec<(u64, Noticed)>) {
        self.0.extend(noticed);
        while self.0.len() > limits::NOTICES_MAX {
            self.0.pop_front();
        }
    }

    /// Marks as done. Numbers that are not here any more are passed over.
    pub fn set_done(&mut self, done: &BTreeMap<u64, Timestamp>) {
        for (number, noticed) in &mut self.0 {
            if let Some(&at) = done.get(number) {
                noticed.done_at = Some(at);
            }
        }
    }

    /// Newest first, each with its number.
    pub fn list(&self) -> Vec<(u64, Noticed)> {
        self.0.iter().rev().cloned().collect()
    }
}

/// Writes notices, each once, and forgets the oldest.
pub(super) fn save(
    table: &mut Table<'_, u64, &'static [u8]>,
    at: Timestamp,
    notices: Vec<Notice>,
) -> Result<Vec<(u64, Noticed)>, StoreError> {
    let mut next = table.last()?.map_or(0, |(number, _)| number.value() + 1);
    let mut saved: Vec<(u64, Noticed)> = Vec::new();
    for notice in notices {
        if saved.iter().any(|(_, noticed)| noticed.notice == notice) {
            continue;
        }
        let noticed = Noticed { at, notice, done_at: None };
        let row = to_cbor(&noticed).map_err(|_| DAMAGED)?;
        table.insert(next, row.as_slice())?;
        saved.push((next, noticed));
        next += 1;
    }
    while table.len()? > limits::NOTICES_MAX as u64 {
        table.pop_first()?;
    }
    Ok(saved)
}

/// Writes which notices are done.
pub(super) fn save_done(
    table: &mut Table<'_, u64, &'static [u8]>,
    done: &BTreeMap<u64, Timestamp>,
) -> Result<(), StoreError> {
    for (number, &at) in done {
        let Some(row) = table.get(number)?.map(|row| row.value().to_vec()) else { continue };
        let noticed: Noticed = from_cbor(&row).map_err(|_| DAMAGED)?;
        let row = to_cbor(&Noticed { done_at: Some(at), ..noticed }).map_err(|_| DAMAGED)?;
        table.insert(number, row.as_slice())?;
    }
    Ok(())
}

impl WriteLog<'_> {
    /// Marks a notice as done, by its number.
    pub fn set_notice_done(&mut self, number: u64) {
        self.is_changed = true;
        self.done.insert(number, self.received_at);
    }
}

#[cfg(test)]
mod tests {
    use chasqui_shared::WriterId;

    use super::*;

    #[test]
    fn what_was_done_is_told_again_a_day_later_and_not_before() {
        let notice = Notice::LogLost { writer: WriterId([1; 16]) };
        let at = Timestamp::from_millis;
        let mut notices = Notices::default();
        notices.extend(vec![(7, Noticed { at: at(0), notice: notice.clone(), done_at: None })]);
        assert!(notices.holds(&notice, at(limits::NOTICE_DONE_MS_MIN * 9)), "open: told once");
        notices.set_done(&BTreeMap::from([(6, at(5)), (7, at(10))]));
        assert!(notices.holds(&notice, at(10 + limits::NOTICE_DONE_MS_MIN - 1)));
        assert!(!notices.holds(&notice, at(10 + limits::NOTICE_DONE_MS_MIN)));
        assert!(!notices.holds(&Notice::LogLost { writer: WriterId([2; 16]) }, at(11)));
    }
}
