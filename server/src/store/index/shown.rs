//! What lists and maps need of each view: an index over what is computed, so that 100,000 records
//! filter in milliseconds. Whole views are computed from the heads, for the page that is shown.
//!
//! Key: moment that lists order by, latest first, 8 bytes ‖ record. It is that of the observation,
//! but no later than its arrival: a record of a wrong clock does not stand on top for years.
//!
//! Value: flags, 2 bytes ‖ offset of the clock in minutes, 2 bytes ‖ moment of the observation, 8
//! bytes ‖ arrival, 8 bytes, both in milliseconds ‖ latitude and longitude in 1e-7 degrees, 4 bytes
//! each ‖ author, 32 bytes ‖ observer, 32 bytes, if it is another ‖ number of its files, 4 bytes ‖
//! their hashes, if it has any ‖ length of the category, 1 byte ‖ category ‖ its text, compressed ‖
//! the first 8 bytes of a BLAKE3 over key and row. Text: length of the note, 4 bytes ‖ note ‖ the
//! words by which it is found, as [`fold`] writes them. Numbers are big-endian.

use chasqui_shared::{
    Answer, ContentHash, Day, DeviceId, Latitude, Longitude, ObservedAt, RecordId, Timestamp, View,
    fold,
};

use crate::store::{
    error::StoreError,
    file::{compression, tables::PAIR},
};

const DELETED: u16 = 1;
const CONFLICT: u16 = 2;
const LOCATED: u16 = 4;
const MEDIA: u16 = 8;
const DAY: u16 = 16;
const OFFSET: u16 = 32;
const ASSUMED: u16 = 64;
/// It is known who observed it.
const OBSERVER: u16 = 128;
/// That was somebody else than the author.
const OTHER: u16 = 256;
const DAMAGED: StoreError = StoreError::Damaged { table: "shown-3" };
/// Width of the hash at the end: it keeps what the disk altered from being shown, and no secret.
const SEAL: usize = 8;

/// A view as far as lists and maps filter and draw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The record.
    pub record: RecordId,
    /// When it was seen.
    pub observed_at: ObservedAt,
    /// Whether nobody said in what zone that time is.
    pub zone_assumed: bool,
    /// When the version that is shown arrived here.
    pub received_at: Timestamp,
    /// Whether every head is a delete.
    pub is_deleted: bool,
    /// Whether it has more than one head.
    pub is_conflict: bool,
    /// Where it was seen.
    pub place: Option<(Latitude, Longitude)>,
    /// Who began the record, if that is known.
    pub observer: Option<DeviceId>,
    /// Who wrote the version that is shown.
    pub author: DeviceId,
    /// Id of the category.
    pub category: &'a str,
    /// Its files, in the order in which they were taken.
    pub media: &'a [[u8; ContentHash::WIDTH]],
    /// See [`Self::text`].
    compressed: &'a [u8],
}

/// What of a view is long, and only read where it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Free text.
    pub note: String,
    /// Note, category, answers, names of files and source as [`fold`] writes them, a line each.
    pub words: String,
}

impl Shown<'_> {
    /// The note, and the words by which it is found.
    pub fn text(&self) -> Result<Text, StoreError> {
        compression::decompress(self.compressed).and_then(read_text).ok_or(DAMAGED)
    }

    /// The hashes of its files, in their order.
    pub fn media(&self) -> impl Iterator<Item = ContentHash> + '_ {
        self.media.iter().map(|hash| ContentHash(*hash))
    }
}

/// The key of a record that lists order by this moment.
pub(in crate::store) fn key(listed_at: Timestamp, record: RecordId) -> [u8; PAIR] {
    let mut key = [0; PAIR];
    key[..8].copy_from_slice(&moment(listed_at));
    key[8..].copy_from_slice(&record.0);
    key
}

/// A moment as bytes that ascend as it descends.
pub(in crate::store) fn moment(at: Timestamp) -> [u8; 8] {
    let ascending = at.as_millis().cast_unsigned() ^ (1 << 63);
    (!ascending).to_be_bytes()
}

/// The key and the value for a view whose winner arrived at `received_at`.
pub(in crate::store) fn row(
    view: &View,
    received_at: Timestamp,
) -> Result<([u8; PAIR], Vec<u8>), StoreError> {
    let key = key(view.observed_at.listed_at(received_at), view.record);
    let mut row = encode(view, received_at)?;
    row.extend_from_slice(&seal(&key, &row));
    Ok((key, row))
}

fn seal(key: &[u8; PAIR], row: &[u8]) -> [u8; SEAL] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"chasqui shown 3").update(key).update(row);
    let (mut seal, hash) = ([0; SEAL], hasher.finalize());
    seal.copy_from_slice(&hash.as_bytes()[..SEAL]);
    seal
}

fn encode(view: &View, received_at: Timestamp) -> Result<Vec<u8>, StoreError> {
    let (day, offset_min) = match view.observed_at {
        ObservedAt::Day(_) => (true, None),
        ObservedAt::Instant { offset_min, .. } => (false, offset_min),
    };
    let other = view.observer.filter(|observer| *observer != view.author);
    let flags = [
        (view.deleted, DELETED),
        (view.heads.len() > 1, CONFLICT),
        (view.location.is_some(), LOCATED),
        (!view.media.is_empty(), MEDIA),
        (day, DAY),
        (offset_min.is_some(), OFFSET),
        (view.zone_assumed, ASSUMED),
        (view.observer.is_some(), OBSERVER),
        (other.is_some(), OTHER),
    ];
    let flags: u16 = flags.into_iter().filter(|(is, _)| *is).map(|(_, flag)| flag).sum();
    let (lat, lon) = view.location.map_or((0, 0), |at| (at.lat.as_e7(), at.lon.as_e7()));
    let category = view.category.as_bytes();
    let text = compression::compress(&text(view))?;
    let mut row = Vec::with_capacity(
        128 + category.len() + text.len() + view.media.len() * ContentHash::WIDTH,
    );
    row.extend_from_slice(&flags.to_be_bytes());
    row.extend_from_slice(&offset_min.unwrap_or(0).to_be_bytes());
    row.extend_from_slice(&view.observed_at.sort_at().as_millis().to_be_bytes());
    row.extend_from_slice(&received_at.as_millis().to_be_bytes());
    row.extend_from_slice(&lat.to_be_bytes());
    row.extend_from_slice(&lon.to_be_bytes());
    row.extend_from_slice(&view.author.0);
    row.extend(other.iter().flat_map(|observer| observer.0));
    if !view.media.is_empty() {
        row.extend_from_slice(&(view.media.len() as u32).to_be_bytes());
        row.extend(view.media.iter().flat_map(|media| media.hash.0));
    }
    // Its length is within the limits of a version, which was judged before it was shown.
    row.push(category.len() as u8);
    row.extend_from_slice(category);
    row.extend_from_slice(&text);
    Ok(row)
}

fn text(view: &View) -> Vec<u8> {
    // The length of a note is within the limits of a version.
    let length = (view.note.len() as u32).to_be_bytes();
    [&length, view.note.as_bytes(), words(view).as_bytes()].concat()
}

fn read_text(text: Vec<u8>) -> Option<Text> {
    let (note_len, text) = text.split_first_chunk::<4>()?;
    let (note, words) = text.split_at_checked(u32::from_be_bytes(*note_len) as usize)?;
    let read = |text| str::from_utf8(text).ok().map(str::to_owned);
    Some(Text { note: read(note)?, words: read(words)? })
}

/// What a record is found by, a line each.
fn words(view: &View) -> String {
    let mut words = Vec::new();
    words.extend([&view.note, &view.category, &view.source].map(|text| fold(text)));
    for answer in view.answers.values() {
        match answer {
            Answer::Boolean(_) => {}
            Answer::Integer(number) => words.push(number.to_string()),
            Answer::Text(text) => words.push(fold(text)),
            Answer::Choices(choices) => words.extend(choices.iter().map(|choice| fold(choice))),
        }
    }
    words.extend(view.media.iter().map(|media| fold(&media.name)));
    words.retain(|line| !line.is_empty());
    words.join("\n")
}

/// Reads a row; one that is not as it was written is damaged.
pub(in crate::store) fn decode<'a>(
    key: &[u8; PAIR],
    row: &'a [u8],
) -> Result<Shown<'a>, StoreError> {
    let (row, sealed) = row.split_last_chunk::<SEAL>().ok_or(DAMAGED)?;
    if *sealed != seal(key, row) {
        return Err(DAMAGED);
    }
    read(key, row).ok_or(DAMAGED)
}

/// The record of a key.
pub(crate) fn record(key: &[u8; PAIR]) -> RecordId {
    let mut record = [0; RecordId::WIDTH];
    record.copy_from_slice(&key[PAIR - RecordId::WIDTH..]);
    RecordId(record)
}

fn read<'a>(key: &[u8; PAIR], row: &'a [u8]) -> Option<Shown<'a>> {
    let (flags, row) = row.split_first_chunk::<2>()?;
    let flags = u16::from_be_bytes(*flags);
    let (offset, row) = row.split_first_chunk::<2>()?;
    let (seen, row) = row.split_first_chunk::<8>()?;
    let (received, row) = row.split_first_chunk::<8>()?;
    let (lat, row) = row.split_first_chunk::<4>()?;
    let (lon, row) = row.split_first_chunk::<4>()?;
    let (author, row) = row.split_first_chunk::<32>()?;
    let (observer, row) =
        if flags & OTHER == 0 { (author, row) } else { row.split_first_chunk::<32>()? };
    let (media, row) = if flags & MEDIA == 0 { (&[][..], row) } else { read_media(row)? };
    let (&category_len, row) = row.split_first()?;
    let (category, compressed) = row.split_at_checked(usize::from(category_len))?;
    let at = Timestamp::from_millis(i64::from_be_bytes(*seen));
    let observed_at = if flags & DAY == 0 {
        let has_offset = flags & OFFSET != 0;
        let offset_min = has_offset.then_some(i16::from_be_bytes(*offset));
        ObservedAt::Instant { at, offset_min }
    } else {
        ObservedAt::Day(Day::of(at, 0))
    };
    let place = if flags & LOCATED == 0 {
        None
    } else {
        let lat = Latitude::from_e7(i32::from_be_bytes(*lat).into())?;
        Some((lat, Longitude::from_e7(i32::from_be_bytes(*lon).into())?))
    };
    Some(Shown {
        record: RecordId::from_slice(&key[8..])?,
        observed_at,
        zone_assumed: flags & ASSUMED != 0,
        received_at: Timestamp::from_millis(i64::from_be_bytes(*received)),
        is_deleted: flags & DELETED != 0,
        is_conflict: flags & CONFLICT != 0,
        place,
        observer: (flags & OBSERVER != 0).then_some(DeviceId(*observer)),
        author: DeviceId(*author),
        category: str::from_utf8(category).ok()?,
        media,
        compressed,
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
    }
}
