//! Which files the records name: an index over what is computed, so that what is here and what is
//! not can be counted, and no file is removed that a record needs.
//!
//! Every stored version counts, those in quarantine and those of a newer format as far as they can
//! be read: they may be shown one day. Rows are never removed, since no version ever is. Key: hash
//! ‖ record. Value: what is said of the file, as CBOR; where versions of one record differ, the
//! least of it, so that the order of arrival changes nothing.

use chasqui_shared::{ContentHash, RecordId, VersionBytes, from_cbor, to_cbor};
use redb::{ReadableTable, Table};
use serde::Deserialize;

use crate::store::{
    error::StoreError,
    file::tables::NAMING,
    log::{read_log::ReadLog, write_log::WriteLog},
};

const DAMAGED: StoreError = StoreError::Damaged { table: "media-1" };

/// A file as a record names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct NamedMedia {
    /// BLAKE3 of the file.
    pub hash: ContentHash,
    /// Its size, as its author said.
    #[serde(default)]
    pub bytes: u64,
    /// Its media type, as its author said.
    #[serde(default, rename = "type")]
    pub media_type: String,
    /// The name that it had on the phone.
    #[serde(default)]
    pub name: String,
}

/// What of a version names files; all else in it is passed over, so that a newer format is read as
/// far as possible.
#[derive(Deserialize)]
struct Names {
    record: RecordId,
    #[serde(default)]
    media: Vec<NamedMedia>,
}

/// A file as one record names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// BLAKE3 of the file.
    pub hash: ContentHash,
    /// The record.
    pub record: RecordId,
    /// What it says of the file; `None` where that is damaged.
    pub media: Option<NamedMedia>,
}

/// The files that a version names, and its record; none if so much of it cannot be read.
pub fn media_named_by(version: &VersionBytes) -> Option<(RecordId, Vec<NamedMedia>)> {
    let Names { record, media } = from_cbor(version.as_slice()).ok()?;
    (!media.is_empty()).then_some((record, media))
}

fn key(hash: ContentHash, record: RecordId) -> [u8; NAMING] {
    let mut key = [0; NAMING];
    key[..ContentHash::WIDTH].copy_from_slice(&hash.0);
    key[ContentHash::WIDTH..].copy_from_slice(&record.0);
    key
}

fn read_key(key: &[u8; NAMING]) -> (ContentHash, RecordId) {
    let (mut hash, mut record) = ([0; ContentHash::WIDTH], [0; RecordId::WIDTH]);
    hash.copy_from_slice(&key[..ContentHash::WIDTH]);
    record.copy_from_slice(&key[ContentHash::WIDTH..]);
    (ContentHash(hash), RecordId(record))
}

fn encode(media: &NamedMedia) -> Result<Vec<u8>, StoreError> {
    to_cbor(&(media.bytes, &media.media_type, &media.name)).map_err(|_| DAMAGED)
}

fn decode(hash: ContentHash, row: &[u8]) -> Result<NamedMedia, StoreError> {
    let (bytes, media_type, name) = from_cbor(row).map_err(|_| DAMAGED)?;
    Ok(NamedMedia { hash, bytes, media_type, name })
}

/// Writes down what a version names, unless less is said already.
fn put(
    table: &mut Table<'_, &'static [u8; NAMING], &'static [u8]>,
    version: &VersionBytes,
) -> Result<(), StoreError> {
    let Some((record, named)) = media_named_by(version) else { return Ok(()) };
    for media in named {
        let key = key(media.hash, record);
        let held = match table.get(&key)? {
            Some(row) => decode(media.hash, row.value()).ok(),
            None => None,
        };
        if held.is_none_or(|held| media < held) {
            table.insert(&key, encode(&media)?.as_slice())?;
        }
    }
    Ok(())
}

impl ReadLog {
    /// Up to `limit` files that records name, each once, ascending by hash, from the one that
    /// follows `after`.
    ///
    /// Where records differ about a file, what the first of them says is given; nothing but the
    /// hash where that row is damaged.
    pub fn named_media(
        &self,
        after: Option<ContentHash>,
        limit: usize,
    ) -> Result<Vec<NamedMedia>, StoreError> {
        let mut named = Vec::new();
        let mut last = after;
        let from = key(last.unwrap_or(ContentHash([0; 32])), RecordId([0; RecordId::WIDTH]));
        for row in self.media.range::<&[u8; NAMING]>(&from..)? {
            let (at, row) = row?;
            let (hash, _) = read_key(at.value());
            if last == Some(hash) {
                continue;
            }
            if named.len() == limit {
                break;
            }
            last = Some(hash);
            let unsaid =
                |_| NamedMedia { hash, bytes: 0, media_type: String::new(), name: String::new() };
            named.push(decode(hash, row.value()).unwrap_or_else(unsaid));
        }
        Ok(named)
    }

    /// At most `limit` records that name the file, ascending.
    pub fn records_naming(
        &self,
        hash: ContentHash,
        limit: usize,
    ) -> Result<Vec<RecordId>, StoreError> {
        let ends = [0, u8::MAX].map(|fill| key(hash, RecordId([fill; RecordId::WIDTH])));
        let rows = self.media.range::<&[u8; NAMING]>(&ends[0]..=&ends[1])?;
        rows.take(limit).map(|row| Ok(read_key(row?.0.value()).1)).collect()
    }

    /// Whether any record names the file.
    pub fn names_media(&self, hash: ContentHash) -> Result<bool, StoreError> {
        is_named(&self.media, hash)
    }

    /// Every file of every record, ascending.
    pub fn namings(
        &self,
    ) -> Result<impl Iterator<Item = Result<Naming, StoreError>> + '_, StoreError> {
        Ok(self.media.iter()?.map(|row| {
            let (at, row) = row?;
            let (hash, record) = read_key(at.value());
            Ok(Naming { hash, record, media: decode(hash, row.value()).ok() })
        }))
    }
}

impl WriteLog<'_> {
    /// Whether any record names the file.
    pub fn names_media(&self, hash: ContentHash) -> Result<bool, StoreError> {
        is_named(&self.media, hash)
    }

    /// Writes down the files that a version names.
    pub(in crate::store) fn name_media(
        &mut self,
        version: &VersionBytes,
    ) -> Result<(), StoreError> {
        put(&mut self.media, version)
    }

    /// Says of a file what a record says; forgets what was said if that is nothing.
    pub fn mend_naming(&mut self, naming: &Naming) -> Result<(), StoreError> {
        let key = key(naming.hash, naming.record);
        match &naming.media {
            Some(media) => drop(self.media.insert(&key, encode(media)?.as_slice())?),
            None => drop(self.media.remove(&key)?),
        }
        self.touch();
        Ok(())
    }
}

fn is_named(
    table: &impl ReadableTable<&'static [u8; NAMING], &'static [u8]>,
    hash: ContentHash,
) -> Result<bool, StoreError> {
    let all = |fill| key(hash, RecordId([fill; RecordId::WIDTH]));
    let row = table.range::<&[u8; NAMING]>(&all(0)..=&all(0xff))?.next();
    Ok(row.transpose()?.is_some())
}

#[cfg(test)]
mod tests;
