//! An entry as bytes in its table.
//!
//! Do *not* change the layout without a new table name: seal, 8 bytes ‖ previous chain, 32 bytes ‖
//! moment of arrival in milliseconds, 8 bytes, big-endian ‖ deterministic CBOR of the rest,
//! compressed. The seal is the first bytes of a BLAKE3 over the place and all that follows, so that
//! what the disk altered is not read; it is no secret. The chain over the entry is not stored, for
//! it is computed from these.

use chasqui_shared::{
    Chain, Entry, LoggedEntry, Origin, Quarantine, SignatureBytes, Timestamp, VersionBytes,
    WriterId, from_cbor, to_cbor,
};
use serde::{Deserialize, Serialize};

use crate::store::{
    error::StoreError,
    file::{compression, tables::entry_key},
};

const DAMAGED: StoreError = StoreError::Damaged { table: "entries-2" };
const SEAL: usize = 8;
const CHAIN_END: usize = SEAL + Chain::WIDTH;
const HEADER: usize = CHAIN_END + 8;

/// What follows the header. The keys are short because there are millions of them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rest {
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    quarantine: Option<Quarantine>,
    #[serde(rename = "s")]
    signature: SignatureBytes,
    #[serde(rename = "v")]
    version: VersionBytes,
}

/// The bytes of an entry that arrived at `received_at`.
pub(in crate::store) fn encode(
    logged: &LoggedEntry,
    received_at: Timestamp,
) -> Result<Vec<u8>, StoreError> {
    let Entry { writer, seq, previous, .. } = logged.entry;
    let rest = Rest {
        origin: logged.entry.origin,
        quarantine: logged.quarantine.clone(),
        signature: logged.entry.signature,
        version: logged.entry.version.clone(),
    };
    let rest = compression::compress(&to_cbor(&rest).map_err(|_| DAMAGED)?)?;
    let mut bytes = Vec::with_capacity(HEADER + rest.len());
    bytes.extend_from_slice(&[0; SEAL]);
    bytes.extend_from_slice(&previous.0);
    bytes.extend_from_slice(&received_at.as_millis().to_be_bytes());
    bytes.extend_from_slice(&rest);
    let seal = seal(writer, seq, &bytes[SEAL..]);
    bytes[..SEAL].copy_from_slice(&seal);
    Ok(bytes)
}

/// The entry at a place.
pub(in crate::store) fn decode(
    writer: WriterId,
    seq: u64,
    bytes: &[u8],
) -> Result<LoggedEntry, StoreError> {
    let sealed = unseal(writer, seq, bytes)?;
    let previous = Chain::from_slice(&sealed[..Chain::WIDTH]).ok_or(DAMAGED)?;
    let rest = compression::decompress(&sealed[HEADER - SEAL..]).ok_or(DAMAGED)?;
    let Rest { origin, quarantine, signature, version } = from_cbor(&rest).map_err(|_| DAMAGED)?;
    let entry = Entry { writer, seq, previous, version, signature, origin };
    Ok(LoggedEntry { chain: entry.position().1.chain, entry, quarantine })
}

/// When an entry arrived here, read from its bytes.
pub(in crate::store) fn received_at(
    writer: WriterId,
    seq: u64,
    bytes: &[u8],
) -> Result<Timestamp, StoreError> {
    let sealed = unseal(writer, seq, bytes)?;
    let millis = sealed[Chain::WIDTH..].first_chunk().ok_or(DAMAGED)?;
    Ok(Timestamp::from_millis(i64::from_be_bytes(*millis)))
}

/// What the seal is over, if it is as it was written; it has at least the rest of the header.
fn unseal(writer: WriterId, seq: u64, bytes: &[u8]) -> Result<&[u8], StoreError> {
    let (sealed_by, sealed) = bytes.split_first_chunk::<SEAL>().ok_or(DAMAGED)?;
    let is_whole = bytes.len() >= HEADER && *sealed_by == seal(writer, seq, sealed);
    is_whole.then_some(sealed).ok_or(DAMAGED)
}

fn seal(writer: WriterId, seq: u64, sealed: &[u8]) -> [u8; SEAL] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"chasqui entry row 2").update(&entry_key(writer, seq)).update(sealed);
    let (mut seal, hash) = ([0; SEAL], hasher.finalize());
    seal.copy_from_slice(&hash.as_bytes()[..SEAL]);
    seal
}

#[cfg(test)]
mod tests {
    use chasqui_shared::{Epoch, LogWriter, Position, ProjectId};

    use super::*;

    #[test]
    fn decode_of_encode_is_identity_and_noise_is_an_error() {
        let log_writer = LogWriter::new(&[7; 32], Epoch([1; 16]));
        let version = VersionBytes::new(vec![1, 2, 3]).unwrap();
        let entry = log_writer.entry(ProjectId([2; 16]), Position::START, version, None);
        let (_, at) = entry.position();
        let quarantine = Some(Quarantine { code: "version_malformed".into(), message: "x".into() });
        let logged = LoggedEntry { entry, chain: at.chain, quarantine };
        let now = Timestamp::from_millis(1_800_000_000_123);

        let bytes = encode(&logged, now).unwrap();
        assert_eq!(decode(log_writer.writer(), 1, &bytes).unwrap(), logged);
        assert_eq!(received_at(log_writer.writer(), 1, &bytes).unwrap(), now);
        assert!(decode(log_writer.writer(), 2, &bytes).is_err(), "it is the row of another place");
        for at in 0..bytes.len() {
            assert!(decode(log_writer.writer(), 1, &bytes[..at]).is_err());
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert!(decode(log_writer.writer(), 1, &flipped).is_err());
            assert!(received_at(log_writer.writer(), 1, &flipped).is_err());
        }
    }
}
