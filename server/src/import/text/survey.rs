//! A first look at a whole file: what it is written in, and the hash that it is known by.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use crate::{import::error::ImportError, limits};

const BOM: &[u8] = &[0xef, 0xbb, 0xbf];
const PIECE: usize = 64 * 1024;

/// What the bytes of a file mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Encoding {
    Utf8,
    Utf8WithBom,
    /// As browsers and old spreadsheets mean it: windows-1252.
    Latin1,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum FileKind {
    Csv,
    GeoJson,
}

/// What the first look found.
#[derive(Clone, Debug)]
pub(in crate::import) struct Survey {
    pub encoding: Encoding,
    pub kind: FileKind,
    /// BLAKE3 of all bytes.
    pub hash: [u8; 32],
}

impl Encoding {
    /// As the report says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8WithBom => "UTF-8 with BOM",
            Self::Latin1 => "Latin-1",
        }
    }

    /// Bytes before the text.
    pub fn bom_bytes(self) -> u64 {
        match self {
            Self::Utf8WithBom => BOM.len() as u64,
            Self::Utf8 | Self::Latin1 => 0,
        }
    }

    /// The text of a cell, and whether it is in another encoding than the file: then in Latin-1.
    pub fn decode(self, bytes: &[u8]) -> (String, bool) {
        match str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => {
                let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0;
                (text.into_owned(), self != Self::Latin1)
            }
        }
    }
}

/// Reads the whole file once, and puts it back to its beginning.
pub(in crate::import) fn survey(file: &mut File) -> Result<Survey, ImportError> {
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; PIECE];
    let mut first = Vec::new();
    let mut characters = Characters::default();
    let mut bytes = 0u64;
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            break;
        }
        let read = &piece[..count];
        bytes += count as u64;
        if bytes > limits::IMPORT_BYTES_MAX {
            return Err(ImportError::TooLarge { bytes_max: limits::IMPORT_BYTES_MAX });
        }
        if read.contains(&0) {
            return Err(ImportError::NotText);
        }
        hasher.update(read);
        if first.is_empty() {
            first.extend_from_slice(read);
        }
        characters.count(read);
    }
    file.seek(SeekFrom::Start(0))?;
    let encoding = match (characters.are_utf8(), first.starts_with(BOM)) {
        (_, true) => Encoding::Utf8WithBom,
        (true, false) => Encoding::Utf8,
        (false, false) => Encoding::Latin1,
    };
    let text = first.strip_prefix(BOM).unwrap_or(&first);
    let kind = match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(ImportError::Empty),
        Some(b'{' | b'[') => FileKind::GeoJson,
        Some(_) => FileKind::Csv,
    };
    Ok(Survey { encoding, kind, hash: *hasher.finalize().as_bytes() })
}

/// What stands beyond ASCII in a text.
#[derive(Debug, Default)]
struct Characters {
    /// Whole characters of UTF-8.
    whole: u64,
    /// Bytes that are none.
    broken: u64,
    /// The beginning of a character at the end of a piece.
    begun: Vec<u8>,
}

impl Characters {
    fn count(&mut self, read: &[u8]) {
        let mut text = std::mem::take(&mut self.begun);
        let is_begun = !text.is_empty();
        if is_begun {
            text.extend_from_slice(read);
        }
        let mut rest = if is_begun { text.as_slice() } else { read };
        loop {
            let (valid, error) = match str::from_utf8(rest) {
                Ok(valid) => (valid, None),
                Err(error) => {
                    let valid = rest.get(..error.valid_up_to()).unwrap_or_default();
                    (str::from_utf8(valid).unwrap_or_default(), Some(error))
                }
            };
            self.whole += valid.bytes().filter(|byte| *byte >= 0xc0).count() as u64;
            let Some(error) = error else { return };
            rest = &rest[error.valid_up_to()..];
            let Some(broken) = error.error_len() else {
                self.begun.extend_from_slice(rest);
                return;
            };
            self.broken += 1;
            rest = &rest[broken..];
        }
    }

    /// Whether the text is UTF-8, a few bytes of it broken perhaps.
    fn are_utf8(&self) -> bool {
        let broken = self.broken + u64::from(!self.begun.is_empty());
        broken == 0 || self.whole >= broken
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn look(bytes: &[u8]) -> Result<Survey, ImportError> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        survey(&mut file)
    }

    #[test]
    fn the_encoding_is_told_by_the_bytes() {
        assert_eq!(look("lat\nñ".as_bytes()).unwrap().encoding, Encoding::Utf8);
        assert_eq!(look(b"\xef\xbb\xbflat").unwrap().encoding, Encoding::Utf8WithBom);
        assert_eq!(look(b"lat\n\xf1 y").unwrap().encoding, Encoding::Latin1);
        assert_eq!(look(b"lat\n\xc3").unwrap().encoding, Encoding::Latin1);
        assert_eq!(Encoding::Latin1.decode(b"r\xedo \x80"), ("río €".to_owned(), false));
    }

    #[test]
    fn one_broken_byte_makes_no_other_file_of_it() {
        let text = [b"lat\nr\xedo ".as_slice(), "río árbol".as_bytes()].concat();
        assert_eq!(look(&text).unwrap().encoding, Encoding::Utf8);
        assert_eq!(Encoding::Utf8.decode(b"compa\xf1ero"), ("compañero".to_owned(), true));
    }

    #[test]
    fn a_character_over_the_edge_of_a_piece_is_still_utf8() {
        let mut text = vec![b'a'; PIECE - 1];
        text.extend_from_slice("ñ".as_bytes());
        assert_eq!(look(&text).unwrap().encoding, Encoding::Utf8);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(matches!(look(b"PK\x03\x04\x00\x00"), Err(ImportError::NotText)));
        assert!(matches!(look(b"\xff\xfel\x00a\x00"), Err(ImportError::NotText)));
        assert!(matches!(look(b" \n"), Err(ImportError::Empty)));
        assert_eq!(look(b" \n{}").unwrap().kind, FileKind::GeoJson);
    }
}
