//! Finding records by what their views show, latest observation first.

use std::{cmp::Ordering, collections::BTreeMap};

use chasqui_shared::{DAY_REACH_MS, DeviceId, Member, ObservedAt, RecordId, Timestamp, fold};
use data_encoding::BASE32HEX_NOPAD;

use super::shown::{self, Shown};
use crate::{
    store::{error::StoreError, file::tables::PAIR, log::read_log::ReadLog},
    system::zone::Zone,
};

/// What to find. The default finds every record that is not deleted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Id of the category.
    pub category: Option<String>,
    /// Words, each of which is in the note, the category, an answer, the name of a file, the
    /// source, or the name of whoever observed or wrote it; in any order, without regard to case
    /// and accents.
    pub text: Option<String>,
    /// Seen at or after; on this day or after, where it is a day.
    pub from: Option<ObservedAt>,
    /// Seen at or before.
    pub to: Option<ObservedAt>,
    /// Of whoever asks, for moments of which no offset is known; UTC if absent.
    pub zone: Option<Zone>,
    /// Only records with more than one head.
    pub conflicts: bool,
    /// Only records of which every head is a delete, instead of those that are not.
    pub deleted: bool,
    /// Only records inside.
    pub bounds: Option<Bounds>,
}

/// A box in degrees. Where `west` is greater than `east` it crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

/// A place in the order of records; where the next page begins. As text, places sort as the records
/// do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor([u8; PAIR]);

/// How many records were found, and where to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Over all pages.
    pub total: u64,
    /// Absent on the last page.
    pub next: Option<Cursor>,
}

impl Cursor {
    /// The place of a record that was seen and arrived at these moments.
    pub fn at(observed_at: ObservedAt, received_at: Timestamp, record: RecordId) -> Self {
        Self(shown::key(observed_at.listed_at(received_at), record))
    }

    /// The place of one record.
    pub fn of(shown: &Shown<'_>) -> Self {
        Self::at(shown.observed_at, shown.received_at, shown.record)
    }

    /// Reads what [`std::fmt::Display`] wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(BASE32HEX_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()?))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&BASE32HEX_NOPAD.encode(&self.0))
    }
}

impl Bounds {
    fn hold(self, (lat, lon): (f64, f64)) -> bool {
        let within = if self.west <= self.east {
            (self.west..=self.east).contains(&lon)
        } else {
            lon >= self.west || lon <= self.east
        };
        within && (self.south..=self.north).contains(&lat)
    }
}

impl Query {
    /// Whether it leaves out nothing but deleted records.
    fn is_everything(&self) -> bool {
        *self == Self { zone: self.zone.clone(), ..Self::default() }
    }

    fn fits(&self, shown: &Shown<'_>) -> bool {
        let in_bounds = |bounds: Bounds| {
            shown.place.is_some_and(|(lat, lon)| bounds.hold((lat.degrees(), lon.degrees())))
        };
        let against = |end: ObservedAt| {
            let offset_min = |at| self.zone.as_ref().map_or(0, |zone| zone.offset_min(at));
            shown.observed_at.against(end, offset_min)
        };
        shown.is_deleted == self.deleted
            && (!self.conflicts || shown.is_conflict)
            && self.category.as_deref().is_none_or(|category| category == shown.category)
            && self.bounds.is_none_or(in_bounds)
            && self.from.is_none_or(|from| against(from) != Ordering::Less)
            && self.to.is_none_or(|to| against(to) != Ordering::Greater)
    }
}

/// The words of a question, and which of them are in the names of people.
struct Words<'a> {
    view: &'a ReadLog,
    words: Vec<String>,
    names: BTreeMap<DeviceId, String>,
}

impl<'a> Words<'a> {
    fn of(view: &'a ReadLog, text: &str) -> Self {
        let words = fold(text).split_whitespace().map(str::to_owned).collect();
        Self { view, words, names: BTreeMap::new() }
    }

    fn are_in(&mut self, shown: &Shown<'_>) -> Result<bool, StoreError> {
        let text = shown.text()?;
        let mut missing = self.words.iter().filter(|word| !text.words.contains(word.as_str()));
        let Some(first) = missing.next() else { return Ok(true) };
        let missing: Vec<_> = std::iter::once(first).chain(missing).collect();
        let mut names = String::new();
        for device in shown.observer.into_iter().chain([shown.author]) {
            if !self.names.contains_key(&device) {
                self.names.insert(device, name_of(self.view, device)?);
            }
            names.push_str(&self.names[&device]);
            names.push('\n');
        }
        Ok(missing.into_iter().all(|word| names.contains(word.as_str())))
    }
}

/// Who holds a device, as [`fold`] writes it; nothing where nobody said it.
fn name_of(view: &ReadLog, device: DeviceId) -> Result<String, StoreError> {
    Ok(Member::load(view, device)?.map_or_else(String::new, |member| fold(&member.name)))
}

/// A row of the list under its key.
type Row = ([u8; PAIR], Vec<u8>);

/// Tells what a query finds.
pub struct Finder<'a> {
    view: &'a ReadLog,
    query: &'a Query,
    is_wanted: Option<&'a dyn Fn(&Shown<'_>) -> bool>,
    words: Option<Words<'a>>,
}

impl<'a> Finder<'a> {
    /// Of what the query asks for, only that of which `is_wanted`, which may know more than the
    /// store, says so.
    pub fn new(
        view: &'a ReadLog,
        query: &'a Query,
        is_wanted: Option<&'a dyn Fn(&Shown<'_>) -> bool>,
    ) -> Self {
        let words = query.text.as_ref().map(|text| Words::of(view, text));
        Self { view, query, is_wanted, words }
    }

    /// When what is shown of the record arrived, if the record is found.
    pub fn find(&mut self, record: RecordId) -> Result<Option<Timestamp>, StoreError> {
        let Some((key, row)) = self.view.row_of(record)? else { return Ok(None) };
        let shown = shown::decode(&key, &row)?;
        Ok(self.finds(&shown)?.then_some(shown.received_at))
    }

    fn finds(&mut self, shown: &Shown<'_>) -> Result<bool, StoreError> {
        let is_found =
            self.query.fits(shown) && self.is_wanted.is_none_or(|is_wanted| is_wanted(shown));
        match &mut self.words {
            Some(words) if is_found => words.are_in(shown),
            _ => Ok(is_found),
        }
    }
}

impl ReadLog {
    /// What lists show of a record, if they do; written anew where it is damaged.
    fn row_of(&self, record: RecordId) -> Result<Option<Row>, StoreError> {
        let Some(key) = self.shown_under(record)? else { return Ok(None) };
        let row = match self.shown_row(&key)?.filter(|row| shown::decode(&key, row).is_ok()) {
            Some(row) => Some(row),
            None => self.row_again(&key)?,
        };
        Ok(row.map(|row| (key, row)))
    }

    /// Gives `visit` at most `limit` records after the cursor, in order; of those only of which
    /// `is_wanted`, which may know more than the store, says so.
    pub fn search(
        &self,
        query: &Query,
        is_wanted: Option<&dyn Fn(&Shown<'_>) -> bool>,
        after: Option<Cursor>,
        limit: usize,
        mut visit: impl FnMut(Shown<'_>) -> Result<(), StoreError>,
    ) -> Result<Page, StoreError> {
        // A record whose clock was ahead stands with what came when it came, before its own time:
        // what is asked for from a day on may be anywhere below.
        let latest = query.to.map_or(Timestamp::MAX, |to| to.sort_at().plus_millis(DAY_REACH_MS));
        let first = shown::key(latest, RecordId([0; 16]));
        let mut finder = Finder::new(self, query, is_wanted);
        let (mut visited, mut found, mut at, mut more) = (0, 0, None, false);
        for row in self.shown.range::<&[u8; PAIR]>(&first..)? {
            let (key, row) = row?;
            let key = *key.value();
            let again;
            let shown = match shown::decode(&key, row.value()) {
                Ok(shown) => shown,
                Err(_) => {
                    again = self.row_again(&key)?;
                    let Some(row) = &again else { continue };
                    shown::decode(&key, row)?
                }
            };
            if !finder.finds(&shown)? {
                continue;
            }
            found += 1;
            if after.is_some_and(|after| key <= after.0) {
                continue;
            }
            if visited < limit {
                visit(shown)?;
                visited += 1;
                at = Some(Cursor(key));
            } else {
                more = true;
                if query.is_everything() && is_wanted.is_none() {
                    let counts = self.counts();
                    found = counts.records.saturating_sub(counts.deleted);
                    break;
                }
            }
        }
        Ok(Page { total: found, next: at.filter(|_| more) })
    }
}
