//! What lists and maps need of each view: an index over what is computed, so that 100,000 records filter in
//! milliseconds. Whole views are computed from the heads, for the page that is shown.
//!
//! Key: moment of observation, latest first, 8 bytes ‖ record. Value: flags ‖ arrival in milliseconds, 8 bytes ‖ latitude and
//! longitude in 1e-7 degrees, 4 bytes each ‖ number of its files, 4 bytes ‖ their hashes, if it has any ‖ length of the category, 1 byte ‖ category ‖ length of the note, 4 bytes ‖
//! note ‖ the words of the answers. Numbers are big-endian.

use chasqui_shared::{Answer, ContentHash, Latitude, Longitude, RecordId, Timestamp, View};

use super::{StoreError, tables::PAIR};

const DELETED: u8 = 1;
const CONFLICT: u8 = 2;
const LOCATED: u8 = 4;
const MEDIA: u8 = 8;
const DAMAGED: StoreError = StoreError::Damaged { table: "shown-1" };

/// A view as far as lists and maps filter and draw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The record.
    pub record: RecordId,
    /// When it was seen.
    pub observed_at: Timestamp,
    /// When the version that is shown arrived here.
    pub received_at: Timestamp,
    /// Whether every head is a delete.
    pub is_deleted: bool,
    /// Whether it has more than one head.
    pub is_conflict: bool,
    /// Where it was seen.
    pub place: Option<(Latitude, Longitude)>,
    /// Id of the category.
    pub category: &'a str,
    /// Free text.
    pub note: &'a str,
    /// The words of the answers, a line each.
    pub words: &'a str,
    /// Its files.
    pub media: &'a [[u8; ContentHash::WIDTH]],
}

impl Shown<'_> {
    /// The hashes of its files, as often as it names them.
    pub fn media(&self) -> impl Iterator<Item = ContentHash> + '_ {
        self.media.iter().map(|hash| ContentHash(*hash))
    }
}

/// The key of a record that was seen at this moment.
pub(super) fn key(observed_at: Timestamp, record: RecordId) -> [u8; PAIR] {
    let mut key = [0; PAIR];
    key[..8].copy_from_slice(&moment(observed_at));
    key[8..].copy_from_slice(&record.0);
    key
}

/// A moment as bytes that ascend as it descends.
pub(super) fn moment(at: Timestamp) -> [u8; 8] {
    let ascending = at.as_millis().cast_unsigned() ^ (1 << 63);
    (!ascending).to_be_bytes()
}

fn read_moment(bytes: [u8; 8]) -> Timestamp {
    Timestamp::from_millis((!u64::from_be_bytes(bytes) ^ (1 << 63)).cast_signed())
}

/// The value for a view whose winner arrived at `received_at`.
pub(super) fn encode(view: &View, received_at: Timestamp) -> Vec<u8> {
    let mut flags = 0;
    if view.deleted {
        flags |= DELETED;
    }
    if view.heads.len() > 1 {
        flags |= CONFLICT;
    }
    if view.location.is_some() {
        flags |= LOCATED;
    }
    if !view.media.is_empty() {
        flags |= MEDIA;
    }
    let (lat, lon) = view.location.map_or((0, 0), |at| (at.lat.as_e7(), at.lon.as_e7()));
    let category = view.category.as_bytes();
    let mut row = Vec::with_capacity(
        32 + category.len() + view.note.len() + view.media.len() * ContentHash::WIDTH,
    );
    row.push(flags);
    row.extend_from_slice(&received_at.as_millis().to_be_bytes());
    row.extend_from_slice(&lat.to_be_bytes());
    row.extend_from_slice(&lon.to_be_bytes());
    if !view.media.is_empty() {
        row.extend_from_slice(&(view.media.len() as u32).to_be_bytes());
        row.extend(view.media.iter().flat_map(|media| media.hash.0));
    }
    // Both lengths are within the limits of a version, which was judged before it was shown.
    row.push(category.len() as u8);
    row.extend_from_slice(category);
    row.extend_from_slice(&(view.note.len() as u32).to_be_bytes());
    row.extend_from_slice(view.note.as_bytes());
    for answer in view.answers.values() {
        write_words(answer, &mut row);
    }
    row
}

fn write_words(answer: &Answer, row: &mut Vec<u8>) {
    let mut line = |text: &str| {
        row.extend_from_slice(text.as_bytes());
        row.push(b'\n');
    };
    match answer {
        Answer::Boolean(_) => {}
        Answer::Integer(number) => line(&number.to_string()),
        Answer::Text(text) => line(text),
        Answer::Choices(choices) => choices.iter().for_each(|choice| line(choice)),
    }
}

/// Reads a row.
pub(super) fn decode<'a>(key: &[u8; PAIR], row: &'a [u8]) -> Result<Shown<'a>, StoreError> {
    read(key, row).ok_or(DAMAGED)
}

fn read<'a>(key: &[u8; PAIR], row: &'a [u8]) -> Option<Shown<'a>> {
    let (seen, record) = key.split_first_chunk::<8>()?;
    let (&flags, row) = row.split_first()?;
    let (received, row) = row.split_first_chunk::<8>()?;
    let (lat, row) = row.split_first_chunk::<4>()?;
    let (lon, row) = row.split_first_chunk::<4>()?;
    let (media, row) = if flags & MEDIA == 0 { (&[][..], row) } else { read_media(row)? };
    let (&category_len, row) = row.split_first()?;
    let (category, row) = row.split_at_checked(usize::from(category_len))?;
    let (note_len, row) = row.split_first_chunk::<4>()?;
    let (note, words) = row.split_at_checked(u32::from_be_bytes(*note_len) as usize)?;
    let place = if flags & LOCATED == 0 {
        None
    } else {
        let lat = Latitude::from_e7(i32::from_be_bytes(*lat).into())?;
        Some((lat, Longitude::from_e7(i32::from_be_bytes(*lon).into())?))
    };
    Some(Shown {
        record: RecordId::from_slice(record)?,
        observed_at: read_moment(*seen),
        received_at: Timestamp::from_millis(i64::from_be_bytes(*received)),
        is_deleted: flags & DELETED != 0,
        is_conflict: flags & CONFLICT != 0,
        place,
        category: str::from_utf8(category).ok()?,
        note: str::from_utf8(note).ok()?,
        words: str::from_utf8(words).ok()?,
        media,
    })
}

fn read_media(row: &[u8]) -> Option<(&[[u8; ContentHash::WIDTH]], &[u8])> {
    let (count, row) = row.split_first_chunk::<4>()?;
    let bytes = (u32::from_be_bytes(*count) as usize).checked_mul(ContentHash::WIDTH)?;
    let (hashes, row) = row.split_at_checked(bytes)?;
    Some((hashes.as_chunks().0, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_moments_have_lower_keys_on_both_sides_of_1970() {
        let at = [Timestamp::MAX.as_millis(), 1, 0, -1, Timestamp::MIN.as_millis()];
        let keys: Vec<_> = at.iter().map(|&ms| moment(Timestamp::from_millis(ms))).collect();
        assert!(keys.is_sorted_by(|a, b| a < b));
        for (ms, key) in at.into_iter().zip(keys) {
            assert_eq!(read_moment(key).as_millis(), ms);
        }
    }
}
