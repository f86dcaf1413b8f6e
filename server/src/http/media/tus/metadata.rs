//! `Upload-Metadata`: what the sender says of a file.

use chasqui_shared::{
    ContentHash, limits as shared_limits,
    tus::{HASH_KEY, NAME_KEY, TYPE_KEY},
};
use data_encoding::BASE64;

use crate::{limits, media::Announced};

/// Reads `key base64,key base64`; `None` for what cannot be read or is too long. Keys that are not
/// known are passed over.
pub fn metadata(length: u64, text: &str) -> Option<Announced> {
    if text.len() > limits::UPLOAD_METADATA_BYTES_MAX {
        return None;
    }
    let mut announced = Announced { length, told: text.into(), ..Announced::default() };
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = String::from_utf8(BASE64.decode(value.trim().as_bytes()).ok()?).ok()?;
        match key {
            HASH_KEY => announced.hash = Some(ContentHash::from_hex(&value)?),
            NAME_KEY => announced.name = within(value, shared_limits::MEDIA_NAME_BYTES_MAX)?,
            TYPE_KEY => announced.media_type = within(value, shared_limits::MEDIA_TYPE_BYTES_MAX)?,
            _ => {}
        }
    }
    Some(announced)
}

fn within(value: String, bytes_max: usize) -> Option<Option<String>> {
    (value.len() <= bytes_max).then_some(Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_name_and_type_are_read_and_others_passed_over() {
        let hash = ContentHash([0xab; 32]);
        let (hex, name) = (BASE64.encode(hash.to_string().as_bytes()), BASE64.encode(b"a.jpg"));
        let told = format!("hash {hex},name {name},is_confidential");
        let read = metadata(7, &told).unwrap();
        let (name, told) = (Some("a.jpg".to_owned()), told);
        assert_eq!(read, Announced { length: 7, hash: Some(hash), name, media_type: None, told });
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for (key, bytes_max) in [
            ("name", shared_limits::MEDIA_NAME_BYTES_MAX),
            ("type", shared_limits::MEDIA_TYPE_BYTES_MAX),
        ] {
            let long = |bytes| format!("{key} {}", BASE64.encode(&vec![b'a'; bytes]));
            assert!(metadata(0, &long(bytes_max)).is_some(), "{key}");
            assert!(metadata(0, &long(bytes_max + 1)).is_none(), "{key}");
        }
        let commas = |bytes| ",".repeat(bytes);
        assert!(metadata(0, &commas(limits::UPLOAD_METADATA_BYTES_MAX)).is_some());
        assert!(metadata(0, &commas(limits::UPLOAD_METADATA_BYTES_MAX + 1)).is_none());
        for text in ["hash YWI=", "name ???", "name /w=="] {
            assert!(metadata(0, text).is_none(), "{text}");
        }
    }
}
