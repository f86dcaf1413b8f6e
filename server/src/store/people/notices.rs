//! What a manager should know of, newest last, bounded by who brought it and in all.
//!
//! What one device brings of one kind is one notice with a count, whatever log and entry it is of,
//! so that no device pushes out what is to be known of others.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use chasqui_shared::{DeviceId, Notice, Timestamp, from_cbor, to_cbor};
use redb::{Database, ReadableDatabase, ReadableTable, Table};
use serde::{Deserialize, Serialize};

use crate::{
    limits,
    store::{error::StoreError, file::tables::NOTICES},
};

const DAMAGED: StoreError = StoreError::Damaged { table: "notices-1" };

/// A notice and when it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noticed {
    /// By the laptop's clock; of the last, where it is of several.
    pub at: Timestamp,
    /// What was noticed; the last of it.
    pub notice: Notice,
    /// How often it was noticed.
    #[serde(default = "one")]
    pub count: u64,
    /// The device that brought it; absent where this laptop found it, or another one brought it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought_by: Option<DeviceId>,
    /// When a manager said that it needs no more attention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
}

fn one() -> u64 {
    1
}

/// A notice that is kept, and what of its kind was noticed lately, so that the same is not counted
/// twice.
#[derive(Clone, Debug)]
struct Kept {
    noticed: Noticed,
    lately: VecDeque<Notice>,
}

/// The notices that are kept, by number, oldest first.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Notices(BTreeMap<u64, Kept>);

impl Kept {
    /// One that was done a day ago or more counts no longer: what happens again is told again.
    fn counts(&self, now: Timestamp) -> bool {
        let since_ms = |at: Timestamp| now.as_millis().saturating_sub(at.as_millis());
        self.noticed.done_at.is_none_or(|at| since_ms(at) < limits::NOTICE_DONE_MS_MIN)
    }
}

impl Notices {
    pub fn load(database: &Database) -> Result<Self, StoreError> {
        let table = database.begin_read()?.open_table(NOTICES)?;
        let mut notices = BTreeMap::new();
        for row in table.iter()? {
            let (number, row) = row?;
            let noticed: Noticed = from_cbor(row.value()).map_err(|_| DAMAGED)?;
            let lately = [noticed.notice.clone()].into();
            notices.insert(number.value(), Kept { noticed, lately });
        }
        Ok(Self(notices))
    }

    /// Whether it tells nothing new. A phone that sends the same bad entry each time it syncs is
    /// worth one notice.
    pub fn holds(&self, notice: &Notice, brought_by: Option<DeviceId>, now: Timestamp) -> bool {
        let mut of_same = self.0.values().filter(|kept| kept.noticed.brought_by == brought_by);
        of_same.any(|kept| {
            kept.counts(now) && kept.lately.iter().any(|held| notice.says_the_same(held))
        })
    }

    /// Newest first, each with its number.
    pub fn list(&self) -> Vec<(u64, Noticed)> {
        self.0.iter().rev().map(|(number, kept)| (*number, kept.noticed.clone())).collect()
    }

    /// Keeps one more; it becomes the newest.
    fn add(&mut self, at: Timestamp, notice: Notice, brought_by: Option<DeviceId>) {
        if self.holds(&notice, brought_by, at) {
            return;
        }
        let is_of_kind = |kept: &Kept| {
            brought_by.is_some()
                && kept.noticed.brought_by == brought_by
                && kept.noticed.done_at.is_none()
                && kept.noticed.notice.is_of_kind(&notice)
        };
        let next = self.0.last_key_value().map_or(0, |(number, _)| number + 1);
        let before = self.0.iter().find(|(_, kept)| is_of_kind(kept)).map(|(number, _)| *number);
        let before = before.and_then(|number| self.0.remove(&number));
        let (count, mut lately) =
            before.map_or((0, VecDeque::new()), |kept| (kept.noticed.count, kept.lately));
        lately.push_back(notice.clone());
        if lately.len() > limits::NOTICED_LATELY_MAX {
            lately.pop_front();
        }
        let noticed = Noticed { at, notice, count: count + 1, brought_by, done_at: None };
        self.0.insert(next, Kept { noticed, lately });
        if brought_by.is_some() {
            self.forget_oldest_of(brought_by, limits::NOTICES_OF_ONE_MAX);
        }
        while self.0.len() > limits::NOTICES_MAX {
            self.forget_oldest_of(self.who_has_most(), 0);
        }
    }

    /// Forgets the oldest notice that somebody brought, if there are more than `most` of them.
    fn forget_oldest_of(&mut self, brought_by: Option<DeviceId>, most: usize) {
        let of_one = |kept: &&Kept| kept.noticed.brought_by == brought_by;
        if self.0.values().filter(of_one).count() > most {
            let oldest = self.0.iter().find(|(_, kept)| of_one(kept)).map(|(number, _)| *number);
            oldest.and_then(|number| self.0.remove(&number));
        }
    }

    fn who_has_most(&self) -> Option<DeviceId> {
        let mut counts: HashMap<Option<DeviceId>, usize> = HashMap::new();
        for kept in self.0.values() {
            *counts.entry(kept.noticed.brought_by).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(who, count)| (*count, *who)).and_then(|(who, _)| who)
    }

    /// Marks as done, and writes that. Numbers that are not here any more are passed over.
    pub fn save_done(
        &mut self,
        table: &mut Table<'_, u64, &'static [u8]>,
        done: &BTreeMap<u64, Timestamp>,
    ) -> Result<(), StoreError> {
        for (number, at) in done {
            let Some(kept) = self.0.get_mut(number) else { continue };
            kept.noticed.done_at = Some(*at);
            let row = to_cbor(&kept.noticed).map_err(|_| DAMAGED)?;
            table.insert(number, row.as_slice())?;
        }
        Ok(())
    }

    /// Keeps notices, and writes what that changes.
    pub fn save(
        &mut self,
        table: &mut Table<'_, u64, &'static [u8]>,
        at: Timestamp,
        notices: Vec<(Notice, Option<DeviceId>)>,
    ) -> Result<(), StoreError> {
        let before: BTreeSet<u64> = self.0.keys().copied().collect();
        for (notice, brought_by) in notices {
            self.add(at, notice, brought_by);
        }
        for number in before.iter().filter(|number| !self.0.contains_key(number)) {
            table.remove(number)?;
        }
        for (number, kept) in self.0.iter().filter(|(number, _)| !before.contains(number)) {
            let row = to_cbor(&kept.noticed).map_err(|_| DAMAGED)?;
            table.insert(number, row.as_slice())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chasqui_shared::{Code, ContentHash, WriterId};

    use super::*;

    const AT: Timestamp = Timestamp::MIN;

    fn quarantined(seq: u64) -> Notice {
        let reason = "version_malformed".into();
        Notice::EntryQuarantined { writer: WriterId([1; 16]), seq, reason }
    }

    fn device(number: u16) -> Option<DeviceId> {
        let mut device = [0; 32];
        device[..2].copy_from_slice(&number.to_be_bytes());
        Some(DeviceId(device))
    }

    #[test]
    fn what_one_device_brings_of_one_kind_is_one_notice_with_a_count() {
        let mut notices = Notices::default();
        notices.add(AT, Notice::MediaDamaged { hash: ContentHash([1; 32]) }, None);
        for seq in 0..2_000 {
            notices.add(AT, quarantined(seq), device(1));
        }
        notices.add(AT, quarantined(1_999), device(1));
        notices.add(AT, Notice::LogForked { writer: WriterId([1; 16]) }, device(1));
        notices.add(AT, quarantined(1), device(2));
        let told = notices.list();
        let told: Vec<_> = told.iter().map(|(_, row)| (row.notice.code(), row.count)).collect();
        let expected = [
            ("entry_quarantined", 1),
            ("log_forked", 1),
            ("entry_quarantined", 2_000),
            ("media_damaged", 1),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn many_devices_push_out_their_own_notices_and_not_those_of_the_laptop() {
        let mut notices = Notices::default();
        let damaged = |byte| Notice::MediaDamaged { hash: ContentHash([byte; 32]) };
        for byte in 0..100 {
            notices.add(AT, damaged(byte), None);
        }
        for number in 0..450 {
            notices.add(AT, quarantined(1), device(number));
            for reason in ["a", "b"] {
                let writer = WriterId([2; 16]);
                let notice = Notice::EntryQuarantined { writer, seq: 1, reason: reason.into() };
                notices.add(AT, notice, device(number));
            }
        }
        let kept = notices.list();
        assert_eq!(kept.len(), limits::NOTICES_MAX);
        // They are as many as any one has, and only while nobody has more does one of them go.
        let of_laptop = kept.iter().filter(|(_, row)| row.brought_by.is_none()).count();
        assert!(of_laptop > 0, "none of {} is the laptop's", kept.len());
    }

    #[test]
    fn one_device_has_so_many_notices_and_no_more() {
        let mut notices = Notices::default();
        for number in 0..=limits::NOTICES_OF_ONE_MAX {
            assert_eq!(notices.list().len(), number);
            let writer = WriterId([2; 16]);
            let reason = Code::Other(number.to_string());
            notices.add(AT, Notice::EntryQuarantined { writer, seq: 1, reason }, device(1));
        }
        assert_eq!(notices.list().len(), limits::NOTICES_OF_ONE_MAX);
    }

    #[test]
    fn what_was_done_is_told_again_a_day_later_and_not_before() {
        let notice = Notice::LogLost { writer: WriterId([1; 16]) };
        let at = Timestamp::from_millis;
        for who in [None, device(1)] {
            let mut notices = Notices::default();
            notices.add(at(0), notice.clone(), who);
            let day_ms = limits::NOTICE_DONE_MS_MIN;
            assert!(notices.holds(&notice, who, at(day_ms * 9)), "open: told once");
            notices.0.get_mut(&0).unwrap().noticed.done_at = Some(at(10));
            assert!(notices.holds(&notice, who, at(10 + day_ms - 1)));
            assert!(!notices.holds(&notice, who, at(10 + day_ms)));
            let other = Notice::LogLost { writer: WriterId([2; 16]) };
            assert!(!notices.holds(&other, who, at(11)));
            notices.add(at(10 + day_ms), notice.clone(), who);
            assert_eq!(notices.list().len(), 2, "the one that is done stays");
        }
    }
}
