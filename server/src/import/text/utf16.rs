//! Files in UTF-16, as spreadsheets write "Unicode text": read as UTF-8.

use std::{
    fs::File,
    io::{Read, Seek, Write},
    path::Path,
};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use tempfile::NamedTempFile;

use crate::{import::error::ImportError, limits};

/// As the report says it.
pub(in crate::import) const NAME: &str = "UTF-16";
const PIECE: usize = 64 * 1024;

/// The file in UTF-8; `None` if it is not in UTF-16, which its first two bytes say.
pub(in crate::import) fn as_utf8(path: &Path) -> Result<Option<NamedTempFile>, ImportError> {
    let mut file = File::open(path)?;
    let mut mark = Vec::new();
    Read::by_ref(&mut file).take(2).read_to_end(&mut mark)?;
    let encoding: &Encoding = match mark.as_slice() {
        [0xff, 0xfe] => UTF_16LE,
        [0xfe, 0xff] => UTF_16BE,
        _ => return Ok(None),
    };
    if file.metadata()?.len() > limits::IMPORT_BYTES_MAX {
        return Err(ImportError::TooLarge { bytes_max: limits::IMPORT_BYTES_MAX });
    }
    file.rewind()?;
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut decoded = NamedTempFile::new()?;
    let (mut piece, mut text) = (vec![0; PIECE], String::with_capacity(2 * PIECE));
    loop {
        let count = file.read(&mut piece)?;
        let mut rest = &piece[..count];
        loop {
            let (result, read, is_broken) = decoder.decode_to_string(rest, &mut text, count == 0);
            if is_broken {
                return Err(ImportError::NotText);
            }
            decoded.write_all(text.as_bytes())?;
            text.clear();
            rest = &rest[read..];
            if result == encoding_rs::CoderResult::InputEmpty {
                break;
            }
        }
        if count == 0 {
            decoded.flush()?;
            return Ok(Some(decoded));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<String> {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        as_utf8(file.path()).unwrap().map(|file| std::fs::read_to_string(file.path()).unwrap())
    }

    #[test]
    fn both_orders_are_read_and_nothing_else_is_touched() {
        let text = "lat\tseñal\n".repeat(PIECE / 8);
        let units: Vec<u16> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!((read(&little), read(&big)), (Some(text.clone()), Some(text)));
        assert_eq!((read("lat".as_bytes()), read(b"")), (None, None));
    }
}
