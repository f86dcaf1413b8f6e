//! An entry as bytes in its table.
//!
//! Do *not* change the layout without a new table name: chain, 32 bytes ‖ moment of arrival in milliseconds, 8 bytes,
//! big-endian ‖ deterministic CBOR of the rest. The chain is in front, so that it can be read without the rest.

use chasqui_shared::{
    Chain, Entry, LoggedEntry, Origin, Quarantine, SignatureBytes, Timestamp, VersionBytes,
    WriterId, from_cbor, to_cbor,
};
use serde::{Deserialize, Serialize};

use super::StoreError;

const DAMAGED: StoreError = StoreError::Damaged { table: "entries-1" };
const HEADER: usize = 40;

/// What follows the header. The keys are short because there are millions of them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rest {
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    #[serde(rename = "p")]
    previous: Chain,
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    quarantine: Option<Quarantine>,
    #[serde(rename = "s")]
    signature: SignatureBytes,
    #[serde(rename = "v")]
    version: VersionBytes,
}

/// The bytes of an entry that arrived at `received_at`.
pub(super) fn encode(logged: &LoggedEntry, received_at: Timestamp) -> Result<Vec<u8>, StoreError> {
    let rest = Rest {
        origin: logged.entry.origin,
        previous: logged.entry.previous,
        quarantine: logged.quarantine.clone(),
        signature: logged.entry.signature,
        version: logged.entry.version.clone(),
    };
    let rest = to_cbor(&rest).map_err(|_| DAMAGED)?;
    let mut bytes = Vec::with_capacity(HEADER + rest.len());
    bytes.extend_from_slice(&logged.chain.0);
    bytes.extend_from_slice(&received_at.as_millis().to_be_bytes());
    bytes.extend_from_slice(&rest);
    Ok(bytes)
}

/// The entry at a place.
pub(super) fn decode(writer: WriterId, seq: u64, bytes: &[u8]) -> Result<LoggedEntry, StoreError> {
    let rest: Rest = from_cbor(bytes.get(HEADER..).ok_or(DAMAGED)?).map_err(|_| DAMAGED)?;
    Ok(LoggedEntry {
        entry: Entry {
            writer,
            seq,
            previous: rest.previous,
            version: rest.version,
            signature: rest.signature,
            origin: rest.origin,
        },
        chain: chain(bytes)?,
        quarantine: rest.quarantine,
    })
}

/// The chain over an entry, read from its bytes.
pub(super) fn chain(bytes: &[u8]) -> Result<Chain, StoreError> {
    bytes.get(..32).and_then(Chain::from_slice).ok_or(DAMAGED)
}

/// When an entry arrived here, read from its bytes.
pub(super) fn received_at(bytes: &[u8]) -> Result<Timestamp, StoreError> {
    let millis = bytes.get(32..HEADER).and_then(|b| b.try_into().ok()).ok_or(DAMAGED)?;
    Ok(Timestamp::from_millis(i64::from_be_bytes(millis)))
}

#[cfg(test)]
mod tests {
    use chasqui_shared::{Epoch, Pen, Position, ProjectId};

    use super::*;

    #[test]
    fn decode_of_encode_is_identity_and_noise_is_an_error() {
        let pen = Pen::new(&[7; 32], Epoch([1; 16]));
        let version = VersionBytes::new(vec![1, 2, 3]).unwrap();
        let entry = pen.entry(ProjectId([2; 16]), Position::START, version, None);
        let (_, at) = entry.position();
        let quarantine = Some(Quarantine { code: "version_malformed".into(), message: "x".into() });
        let logged = LoggedEntry { entry, chain: at.chain, quarantine };
        let now = Timestamp::from_millis(1_800_000_000_123);

        let bytes = encode(&logged, now).unwrap();
        assert_eq!(decode(pen.writer(), 1, &bytes).unwrap(), logged);
        assert_eq!(chain(&bytes).unwrap(), at.chain);
        assert_eq!(received_at(&bytes).unwrap(), now);
        for length in 0..bytes.len() {
            assert!(decode(pen.writer(), 1, &bytes[..length]).is_err());
        }
    }
}
