//! A first look at a whole file: what it is written in, and the hash that it is known by.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use super::ImportError;
use crate::limits;

const BOM: &[u8] = &[0xef, 0xbb, 0xbf];
const PIECE: usize = 64 * 1024;

/// What the bytes of a file mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf8WithBom,
    /// As browsers and old spreadsheets mean it: windows-1252.
    Latin1,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Csv,
    GeoJson,
}

/// What the first look found.
#[derive(Clone, Debug)]
pub(super) struct Survey {
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

    /// The text of a cell.
    pub fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf8 | Self::Utf8WithBom => String::from_utf8_lossy(bytes).into_owned(),
            Self::Latin1 => {
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
            }
        }
    }
}

/// Reads the whole file once, and puts it back to its beginning.
pub(super) fn survey(file: &mut File) -> Result<Survey, ImportError> {
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; PIECE];
    let mut first = Vec::new();
    let mut begun = Vec::new();
    let (mut bytes, mut is_utf8) = (0u64, true);
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
        is_utf8 = is_utf8 && goes_on_as_utf8(&mut begun, read);
    }
    file.seek(SeekFrom::Start(0))?;
    let encoding = match (is_utf8 && begun.is_empty(), first.starts_with(BOM)) {
        (true, true) => Encoding::Utf8WithBom,
        (true, false) => Encoding::Utf8,
        (false, _) => Encoding::Latin1,
    };
    let text = first.strip_prefix(BOM).unwrap_or(&first);
    let kind = match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(ImportError::Empty),
        Some(b'{' | b'[') => FileKind::GeoJson,
        Some(_) => FileKind::Csv,
    };
    Ok(Survey { encoding, kind, hash: *hasher.finalize().as_bytes() })
}

/// Whether `read` goes on as UTF-8 after the beginning of a character, and which one it leaves begun.
fn goes_on_as_utf8(begun: &mut Vec<u8>, read: &[u8]) -> bool {
    let mut text = std::mem::take(begun);
    text.extend_from_slice(read);
    match str::from_utf8(&text) {
        Ok(_) => true,
        Err(error) if error.error_len().is_none() => {
            begun.extend_from_slice(&text[error.valid_up_to()..]);
            true
        }
        Err(_) => false,
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
        assert_eq!(Encoding::Latin1.decode(b"r\xedo \x80"), "río €");
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
