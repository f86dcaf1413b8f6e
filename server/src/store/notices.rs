//! What a manager should know of, newest last, bounded.

use std::collections::VecDeque;

use chasqui_shared::{Notice, Timestamp, from_cbor, to_cbor};
use redb::{Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, Table};
use serde::{Deserialize, Serialize};

use super::{StoreError, tables::NOTICES};
use crate::limits;

const DAMAGED: StoreError = StoreError::Damaged { table: "notices-1" };

/// A notice and when it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noticed {
    /// By the laptop's clock.
    pub at: Timestamp,
    /// What was noticed.
    pub notice: Notice,
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
    pub fn holds(&self, notice: &Notice) -> bool {
        self.0.iter().any(|(_, held)| notice.says_the_same(&held.notice))
    }

    pub fn extend(&mut self, noticed: Vec<(u64, Noticed)>) {
        self.0.extend(noticed);
        while self.0.len() > limits::NOTICES_MAX {
            self.0.pop_front();
        }
    }

    /// Newest first.
    pub fn list(&self) -> Vec<Noticed> {
        self.0.iter().rev().map(|(_, noticed)| noticed.clone()).collect()
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
        let noticed = Noticed { at, notice };
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
