//! Fixed-width identifiers and hashes, each its own type.
//!
//! In CBOR an id is a byte string; in JSON it is lower-case hex of twice its width. Anything else
//! is refused when it is read. None of them says anything about order in time.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Defines an id of `$width` bytes.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $width:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $width]);

        impl $name {
            /// Number of bytes.
            pub const WIDTH: usize = $width;

            /// The bytes themselves.
            pub const fn as_bytes(&self) -> &[u8; $width] {
                &self.0
            }

            /// Reads lower-case hex; `None` for any other text.
            pub fn from_hex(text: &str) -> Option<Self> {
                if text.len() != 2 * $width {
                    return None;
                }
                let mut bytes = [0; $width];
                HEXLOWER.decode_mut(text.as_bytes(), &mut bytes).ok()?;
                Some(Self(bytes))
            }

            /// Reads exactly [`Self::WIDTH`] bytes; `None` for any other length.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Some(Self(bytes.try_into().ok()?))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                HEXLOWER.encode_display(&self.0).fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({}…)"), HEXLOWER.encode_display(&self.0[..4]))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    serializer.serialize_bytes(&self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl de::Visitor<'_> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        write!(f, "{} bytes, or their lower-case hex in JSON", $width)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        $name::from_hex(text)
                            .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
                    }

                    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<$name, E> {
                        $name::from_slice(bytes)
                            .ok_or_else(|| E::invalid_length(bytes.len(), &self))
                    }
                }

                if deserializer.is_human_readable() {
                    deserializer.deserialize_str(Visitor)
                } else {
                    deserializer.deserialize_bytes(Visitor)
                }
            }
        }
    };
}

id!(
    /// One project: the set of records that its members share. The hash of its [`crate::Charter`].
    ProjectId,
    16
);
id!(
    /// One record, whatever its versions say. Chosen at random by the phone that made it.
    RecordId,
    16
);
id!(
    /// One device: its Ed25519 public key (RFC 8032).
    DeviceId,
    32
);
id!(
    /// One append-only log; see [`crate::LogOwner`] for how it is bound to its device.
    WriterId,
    16
);
id!(
    /// One immutable state of a record: the hash of its bytes; see [`crate::VersionBytes::id`].
    VersionId,
    32
);
id!(
    /// The BLAKE3 hash of a media file.
    ContentHash,
    32
);
id!(
    /// All of a log up to one entry: the hash over every entry before it and itself.
    Chain,
    32
);
id!(
    /// A whole clock in 32 bytes; equal digests mean equal clocks.
    ClockDigest,
    32
);
id!(
    /// An Ed25519 signature (RFC 8032).
    SignatureBytes,
    64
);
id!(
    /// What whoever says hello sends along: random, used once, so that no old answer passes for a
    /// new one.
    HelloNonce,
    32
);

id!(
    /// What tells one log of a device from its next: random, 16 bytes.
    Epoch,
    16
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_lower_case_hex_and_nothing_else() {
        let id = RecordId([0xab; 16]);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{}\"", "ab".repeat(16)));
        assert_eq!(serde_json::from_str::<RecordId>(&json).unwrap(), id);
        assert!(serde_json::from_str::<RecordId>(&json.to_uppercase()).is_err());
        assert!(serde_json::from_str::<RecordId>("\"abab\"").is_err());
    }

    #[test]
    fn cbor_is_a_byte_string_of_exactly_the_width() {
        let id = RecordId([7; 16]);
        let cbor = serde_ipld_dagcbor::to_vec(&id).unwrap();
        assert_eq!(cbor[0], 0x50);
        assert_eq!(serde_ipld_dagcbor::from_slice::<RecordId>(&cbor).unwrap(), id);
        assert!(serde_ipld_dagcbor::from_slice::<VersionId>(&cbor).is_err());
    }
}
