//! A version as its author wrote it: the bytes that are stored, sent and hashed.

use std::sync::Arc;

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use super::{
    error::VersionError,
    fields::{Change, Kind, Role, VERSION_FORMAT},
    state::{Version, within},
};
use crate::{
    id::{DeviceId, RecordId, VersionId},
    limits,
};

/// The encoded version exactly as its author wrote it. Cheap to clone.
///
/// The bytes are what is stored, sent and hashed; they are never encoded again, so that a version
/// of a newer format passes through unchanged. A byte string in CBOR, base64 (RFC 4648 §4) in JSON.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct VersionBytes(Arc<[u8]>);

impl VersionBytes {
    /// Takes bytes of at most [`limits::VERSION_BYTES_MAX`], whatever they say.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Result<Self, VersionError> {
        let bytes = bytes.into();
        within("version", bytes.len(), limits::VERSION_BYTES_MAX)?;
        Ok(Self(bytes))
    }

    /// BLAKE3("chasqui version 1" ‖ bytes). Writer and seq are not in it, so that a version moved
    /// to another log is still itself.
    pub fn id(&self) -> VersionId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"chasqui version 1").update(&self.0);
        VersionId(*hasher.finalize().as_bytes())
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// Reads the version.
    ///
    /// Refuses, by name, bytes that are no version, are of a newer format, break a limit, or are
    /// not the deterministic encoding of what they say.
    pub fn decode(&self) -> Result<Version, VersionError> {
        #[derive(Deserialize)]
        struct Format {
            format: u8,
        }

        let malformed = |reason: String| VersionError::Malformed { reason };
        let version = match serde_ipld_dagcbor::from_slice::<Version>(&self.0) {
            Ok(version) => version,
            Err(error) => {
                return Err(match serde_ipld_dagcbor::from_slice::<Format>(&self.0) {
                    Ok(Format { format }) if format > VERSION_FORMAT => {
                        VersionError::Newer { format }
                    }
                    _ => malformed(error.to_string()),
                });
            }
        };
        version.check()?;
        let again = serde_ipld_dagcbor::to_vec(&version).map_err(|e| malformed(e.to_string()))?;
        if again != self.as_slice() {
            return Err(VersionError::NotDeterministic);
        }
        Ok(version)
    }
}

impl VersionBytes {
    /// Reads a version that passed [`Self::decode`] when it was admitted; nothing is checked a
    /// second time.
    pub fn decode_admitted(&self) -> Result<Version, VersionError> {
        serde_ipld_dagcbor::from_slice(&self.0)
            .map_err(|error| VersionError::Malformed { reason: error.to_string() })
    }

    /// Reads only where the version stands among others, under the same condition.
    pub fn kin(&self) -> Result<Kin, VersionError> {
        serde_ipld_dagcbor::from_slice(&self.0)
            .map_err(|error| VersionError::Malformed { reason: error.to_string() })
    }
}

impl Version {
    /// The one encoding of this version.
    ///
    /// Fails if it breaks a limit or a rule of its fields, so that nothing is written that a peer
    /// would quarantine.
    pub fn encode(&self) -> Result<VersionBytes, VersionError> {
        self.check()?;
        let bytes = serde_ipld_dagcbor::to_vec(self)
            .map_err(|error| VersionError::Malformed { reason: error.to_string() })?;
        VersionBytes::new(bytes)
    }
}

/// Where a version stands among others.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Kin {
    /// The record that it is a state of.
    pub record: RecordId,
    /// The versions that it follows.
    pub parents: Vec<VersionId>,
    /// One more than the highest generation among them, by its author's word.
    pub generation: u32,
    /// What its record is about.
    pub kind: Kind,
    /// Who wrote it.
    pub author: DeviceId,
    /// In what role.
    pub role: Role,
    /// What it does to its record.
    pub change: Change,
}

impl From<&Version> for Kin {
    fn from(version: &Version) -> Self {
        let Version { record, parents, generation, kind, author, role, change, .. } = version;
        Self {
            record: *record,
            parents: parents.clone(),
            generation: *generation,
            kind: *kind,
            author: *author,
            role: *role,
            change: *change,
        }
    }
}

impl std::fmt::Debug for VersionBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VersionBytes({} bytes)", self.0.len())
    }
}

impl Serialize for VersionBytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&BASE64.encode(&self.0))
        } else {
            serializer.serialize_bytes(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for VersionBytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let bytes = if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            BASE64.decode(text.as_bytes()).map_err(D::Error::custom)?
        } else {
            serde_bytes::ByteBuf::deserialize(deserializer)?.into_vec()
        };
        // The size is judged where the entry is admitted, so that one fat version is quarantined or
        // refused by name and does not hide behind a decoding error of its whole batch.
        Ok(Self(bytes.into()))
    }
}
