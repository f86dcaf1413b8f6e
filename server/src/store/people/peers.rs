//! What other sides said of themselves when they last met this laptop.
//!
//! Kept in memory, and written with the next commit or at the end: a phone that asks and finds
//! nothing new costs no write to the disk.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{DeviceId, Timestamp, WriterId, from_cbor, limits as shared_limits, to_cbor};
use redb::{Database, ReadableDatabase, ReadableTable, Table};
use serde::{Deserialize, Serialize};

use crate::store::{error::StoreError, file::tables::PEERS};

const DAMAGED: StoreError = StoreError::Damaged { table: "peers-1" };

/// One side at its last meeting with this laptop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSync {
    /// By the laptop's clock.
    pub at: Timestamp,
    /// The highest seq of its own log that it named.
    pub announced: u64,
    /// Entries of other logs that it held, of those held here.
    pub pulled: u64,
    /// Its clock minus the laptop's in milliseconds, if it told its time.
    #[serde(default)]
    pub clock_offset_ms: Option<i64>,
    /// The paired device that asked. It says whose log this is before the first entry of it
    /// arrives.
    #[serde(default)]
    pub device: Option<DeviceId>,
}

/// Writer → last meeting.
#[derive(Debug, Default)]
pub(in crate::store) struct Peers {
    meetings: BTreeMap<WriterId, LastSync>,
    unsaved: BTreeSet<WriterId>,
}

impl Peers {
    pub fn load(database: &Database) -> Result<Self, StoreError> {
        let table = database.begin_read()?.open_table(PEERS)?;
        let mut meetings = BTreeMap::new();
        for row in table.iter()? {
            let (writer, row) = row?;
            let meeting = from_cbor(row.value()).map_err(|_| DAMAGED)?;
            meetings.insert(WriterId(*writer.value()), meeting);
        }
        Ok(Self { meetings, unsaved: BTreeSet::new() })
    }

    /// Remembers a meeting. What a side once announced it does not take back by losing it.
    pub fn met(&mut self, writer: WriterId, mut meeting: LastSync) {
        match self.meetings.get(&writer) {
            Some(before) => {
                meeting.announced = meeting.announced.max(before.announced);
                meeting.clock_offset_ms = meeting.clock_offset_ms.or(before.clock_offset_ms);
                meeting.device = meeting.device.or(before.device);
            }
            None if self.meetings.len() >= shared_limits::WRITERS_MAX => return,
            None => {}
        }
        self.meetings.insert(writer, meeting);
        self.unsaved.insert(writer);
    }

    /// Remembers how far the clock of a side that was met is off.
    pub fn told_time(&mut self, writer: WriterId, clock_offset_ms: i64) {
        if let Some(meeting) = self.meetings.get_mut(&writer) {
            meeting.clock_offset_ms = Some(clock_offset_ms);
            self.unsaved.insert(writer);
        }
    }

    /// Remembers which paired device asked.
    pub fn asked_by(&mut self, writer: WriterId, device: DeviceId) {
        if let Some(meeting) = self.meetings.get_mut(&writer)
            && meeting.device != Some(device)
        {
            meeting.device = Some(device);
            self.unsaved.insert(writer);
        }
    }

    pub fn all(&self) -> BTreeMap<WriterId, LastSync> {
        self.meetings.clone()
    }

    /// The meetings since they were last written. Should writing them fail, they are only a date
    /// too old.
    pub fn take_unsaved(&mut self) -> Vec<(WriterId, LastSync)> {
        let unsaved = std::mem::take(&mut self.unsaved);
        unsaved.into_iter().filter_map(|w| Some((w, *self.meetings.get(&w)?))).collect()
    }

    pub fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }
}

/// Writes these meetings.
pub(in crate::store) fn save(
    table: &mut Table<'_, &'static [u8; 16], &'static [u8]>,
    unsaved: &[(WriterId, LastSync)],
) -> Result<(), StoreError> {
    for (writer, met) in unsaved {
        let row = to_cbor(met).map_err(|_| DAMAGED)?;
        table.insert(&writer.0, row.as_slice())?;
    }
    Ok(())
}
