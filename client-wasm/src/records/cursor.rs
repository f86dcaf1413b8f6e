//! How far a page has read the list: what it gives back, as a text, to be told the rest and what
//! changed.

use std::fmt;

use chasqui_shared::{RecordId, Timestamp};

/// A record's place in the list: how many milliseconds before 1970 it is listed, so that the newest
/// comes first, then its id.
pub type Place = (i64, RecordId);

/// Where a record stands that is listed at this time.
pub fn place(listed_at: Timestamp, record: RecordId) -> Place {
    (listed_at.as_millis().saturating_neg(), record)
}

/// What a page knows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Whose list it is.
    pub edition: u64,
    /// Up to which change it was told.
    pub revision: i64,
    /// The last place that it was told, if others follow that it was not.
    pub after: Option<Place>,
}

impl Cursor {
    /// Reads what [`fmt::Display`] wrote; `None` for anything else.
    pub fn read(token: &str) -> Option<Self> {
        let mut parts = token.split('.');
        let edition = u64::from_str_radix(parts.next()?, 16).ok()?;
        let revision = parts.next()?.parse().ok()?;
        let after = match parts.next() {
            None => None,
            Some(before) => Some((before.parse().ok()?, RecordId::from_hex(parts.next()?)?)),
        };
        parts.next().is_none().then_some(Self { edition, revision, after })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{}", self.edition, self.revision)?;
        match &self.after {
            Some((before, record)) => write!(f, ".{before}.{record}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let place = place(Timestamp::from_millis(-5), RecordId([7; 16]));
        for after in [None, Some(place)] {
            let cursor = Cursor { edition: u64::MAX, revision: 12, after };
            assert_eq!(Cursor::read(&cursor.to_string()), Some(cursor));
        }
        for wrong in
            ["", "1", "x.1", "1.x", "1.1.5", "1.1.x.07", "1.1.5.07", "1.1.5..", "1.2.3.4.5"]
        {
            assert_eq!(Cursor::read(wrong), None, "{wrong}");
        }
    }
}
