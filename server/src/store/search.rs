//! Finding records by what their views show, latest observation first.

use chasqui_shared::{RecordId, Timestamp};
use data_encoding::BASE64URL_NOPAD;

use super::{
    ReadLog, StoreError,
    shown::{self, Shown},
    tables::PAIR,
};

/// What to find. The default finds every record that is not deleted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Id of the category.
    pub category: Option<String>,
    /// Words in note, category or answers, without regard to case.
    pub text: Option<String>,
    /// Seen at or after.
    pub from: Option<Timestamp>,
    /// Seen at or before.
    pub to: Option<Timestamp>,
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

/// A place in the order of records; where the next page begins.
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
    /// Reads what [`std::fmt::Display`] wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()?))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(&self.0))
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
        *self == Self::default()
    }

    /// `text` is the text to find, in lower case.
    fn fits(&self, shown: &Shown<'_>, text: Option<&str>) -> bool {
        let in_bounds = |bounds: Bounds| {
            shown.place.is_some_and(|(lat, lon)| bounds.hold((lat.degrees(), lon.degrees())))
        };
        shown.is_deleted == self.deleted
            && (!self.conflicts || shown.is_conflict)
            && self.category.as_deref().is_none_or(|category| category == shown.category)
            && self.bounds.is_none_or(in_bounds)
            && text.is_none_or(|text| {
                [shown.note, shown.category, shown.words]
                    .iter()
                    .any(|words| words.to_lowercase().contains(text))
            })
    }
}

impl ReadLog {
    /// Gives `visit` at most `limit` records after the cursor, in order; of those only of which `is_wanted`, which may know more
    /// than the store, says so.
    pub fn search(
        &self,
        query: &Query,
        is_wanted: Option<&dyn Fn(&Shown<'_>) -> bool>,
        after: Option<Cursor>,
        limit: usize,
        mut visit: impl FnMut(Shown<'_>) -> Result<(), StoreError>,
    ) -> Result<Page, StoreError> {
        let first = shown::key(query.to.unwrap_or(Timestamp::MAX), RecordId([0; 16]));
        let last = shown::key(query.from.unwrap_or(Timestamp::MIN), RecordId([0xff; 16]));
        if first > last {
            return Ok(Page { total: 0, next: None });
        }
        let text = query.text.as_ref().map(|text| text.to_lowercase());
        let (mut visited, mut found, mut at, mut more) = (0, 0, None, false);
        for row in self.shown.range::<&[u8; PAIR]>(&first..=&last)? {
            let (key, row) = row?;
            let key = *key.value();
            let shown = shown::decode(&key, row.value())?;
            let is_found = query.fits(&shown, text.as_deref())
                && is_wanted.is_none_or(|is_wanted| is_wanted(&shown));
            if !is_found {
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
                    found = counts.records - counts.deleted;
                    break;
                }
            }
        }
        Ok(Page { total: found, next: at.filter(|_| more) })
    }
}
