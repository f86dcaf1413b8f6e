//! Bytes that claim to be a version.

use chasqui_shared::{Version, VersionBytes, VersionError};

/// Decodes the bytes as a version.
///
/// # Panics
/// If what is read is not exactly what is written again, in CBOR and in JSON.
pub fn version(data: &[u8]) {
    let Ok(bytes) = VersionBytes::new(data) else { return };
    match bytes.decode() {
        Ok(version) => reads_as_written(&version, &bytes),
        Err(error) => has_a_name(&error),
    }
}

/// One version, one encoding: what was read gives the same bytes again, and JSON loses nothing.
pub(super) fn reads_as_written(version: &Version, bytes: &VersionBytes) {
    let again = version.encode();
    assert_eq!(again.as_ref(), Ok(bytes), "decode, then encode, is the identity");
    let json = serde_json::to_string(version).expect("every version has a JSON");
    let read = serde_json::from_str::<Version>(&json);
    assert!(read.is_ok_and(|read| read == *version), "JSON loses nothing: {json}");
}

fn has_a_name(error: &VersionError) {
    let named = error.code().as_str().starts_with("version_") && !error.to_string().is_empty();
    assert!(named, "a refusal has a code and a sentence");
}
