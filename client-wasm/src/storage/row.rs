//! The bytes of every value on disk, in one place.
//!
//! A value is one byte of version, then deterministic CBOR. Version 1:
//!
//! | table | key | CBOR |
//! | --- | --- | --- |
//! | `entries-1` | writer, first seq | a [`Run`] with its owner: one entry, or a segment of up to [`SEGMENT_ENTRIES_MAX`] |
//! | `keys-1` | `device` | [`Identity`] |
//! | `keys-1` | `paired.` and the laptop's device id | [`crate::laptops::paired::Paired`] |
//! | `meta-1` | `position` | [`Guard`] |
//! | `meta-1` | `confirmed` | a `Clock` |
//! | `meta-1` | `laptop.` and its device id | [`crate::laptops::laptop::Laptop`] |
//! | `meta-1` | `media.` and a hash | [`crate::files::held::HeldMedia`] |
//! | `meta-1` | `taken.`, the key of a draft, `.` and a hash | a `MediaRef` |
//!
//! Do *not* change these without a new version byte: phones in the forest hold them.

use chasqui_shared::{
    Charter, Epoch, LogView, MemoryLog, Position, Run, RunEntry, WriterId, from_cbor, to_cbor,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::storage::disk::{DiskError, Key, Store, Value};

/// Most entries of one row.
pub const SEGMENT_ENTRIES_MAX: u64 = 512;
const VERSION: u8 = 1;

/// Who this phone is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Of the Ed25519 key (RFC 8032). Never leaves the phone.
    #[serde(with = "serde_bytes")]
    pub secret: [u8; 32],
    /// Of the log being written.
    pub epoch: Epoch,
    /// Known from the first laptop paired with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charter: Option<Charter>,
}

/// What every transaction compares and sets, so that no seq is ever given twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guard {
    /// Number of the transaction.
    pub revision: u64,
    /// The log being written.
    pub writer: WriterId,
    /// Its end.
    pub position: Position,
}

/// The bytes of a value.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    let cbor = to_cbor(value).expect("our own types hold nothing that CBOR cannot say");
    let mut bytes = Vec::with_capacity(cbor.len() + 1);
    bytes.push(VERSION);
    bytes.extend(cbor);
    bytes
}

/// Reads a value; anything but one of version 1 is an error.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DiskError> {
    let damaged = |reason: String| DiskError::Damaged { reason };
    match bytes.split_first() {
        Some((&VERSION, cbor)) => from_cbor(cbor).map_err(|error| damaged(error.reason)),
        Some((version, _)) => Err(damaged(format!("a row has version {version}"))),
        None => Err(damaged("a row is empty".into())),
    }
}

/// Reads the entries `first..=until` of a log out of memory. Stops where the log ends.
pub fn run_of(log: &MemoryLog, writer: WriterId, first: u64, until: u64) -> Run {
    let seq = first - 1;
    let Ok(chain) = log.chain_at(writer, seq);
    let Ok(owner) = log.owner(writer);
    let after = chain.map_or(Position::START, |chain| Position { seq, chain });
    let mut run = Run { writer, owner, after, entries: Vec::new() };
    for seq in first..=until {
        let Ok(Some(logged)) = log.entry(writer, seq) else { break };
        run.entries.push(RunEntry {
            version: logged.entry.version,
            signature: logged.entry.signature,
            origin: logged.entry.origin,
            quarantine: logged.quarantine,
        });
    }
    run
}

/// The row that holds the entries `first..=until` of a log.
pub fn value_of(log: &MemoryLog, writer: WriterId, first: u64, until: u64) -> Value {
    (Store::Entries, Key::Row(writer, first), encode(&run_of(log, writer, first, until)))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use chasqui_shared::{Chain, Clock};
    use proptest::prelude::*;

    use super::*;

    fn guard() -> Guard {
        Guard {
            revision: 3,
            writer: WriterId([1; 16]),
            position: Position { seq: 7, chain: Chain([2; 32]) },
        }
    }

    #[test]
    fn the_bytes_of_version_1_stay_as_they_are() {
        let chain = "02".repeat(32);
        let writer = "01".repeat(16);
        let expected = format!(
            "01a366777269746572{}{}68706f736974696f6ea26373657107656368 61696e5820{}68726576697369 6f6e03",
            "50", writer, chain
        )
        .replace(' ', "");
        let hex: String = encode(&guard()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, expected);
    }

    #[test]
    fn an_empty_row_and_one_of_a_later_version_are_refused() {
        assert!(decode::<Guard>(&[]).is_err());
        let mut later = encode(&guard());
        later[0] = 2;
        assert!(decode::<Guard>(&later).is_err());
        assert_eq!(decode::<Guard>(&encode(&guard())), Ok(guard()));
    }

    proptest! {
        #[test]
        fn noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..200), versioned: bool) {
            let mut bytes = noise;
            if versioned {
                bytes.insert(0, VERSION);
            }
            let _ = decode::<Run>(&bytes);
            let _ = decode::<Identity>(&bytes);
            let _ = decode::<Guard>(&bytes);
            let _ = decode::<Clock>(&bytes);
            let _ = decode::<crate::laptops::laptop::Laptop>(&bytes);
            let _ = decode::<crate::laptops::paired::Paired>(&bytes);
        }

        #[test]
        fn a_damaged_byte_of_a_row_never_panics(index in 0usize..80, byte: u8) {
            let mut bytes = encode(&guard());
            let index = index % bytes.len();
            bytes[index] = byte;
            let _ = decode::<Guard>(&bytes);
        }
    }
}
