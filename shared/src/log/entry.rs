//! A version at its place in a writer's log.

use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::{clock::Position, owner::LogOwner};
use crate::{
    id::{Chain, DeviceId, SignatureBytes, VersionId, WriterId},
    record::VersionBytes,
};

/// Who logged a version first, kept when the version had to move to another log.
///
/// Enough to check the first signature without the log that it was made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Whose log it was.
    pub owner: LogOwner,
    /// Its place there.
    pub seq: u64,
    /// The chain before it there.
    pub previous: Chain,
    /// The signature that it had there.
    pub signature: SignatureBytes,
}

impl Origin {
    /// Whether the owner's device did sign this version.
    pub fn verify(&self, version: VersionId) -> bool {
        let chain = chain_after(self.previous, self.owner.writer(), self.seq, version);
        verify_chain(self.owner.device, chain, None, &self.signature)
    }
}

/// A version at its place in a log, as it is stored and forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The log.
    pub writer: WriterId,
    /// Its place: 1, 2, 3, … without gaps.
    pub seq: u64,
    /// The chain before it; for seq 1 the genesis of its [`LogOwner`].
    pub previous: Chain,
    /// What was written.
    pub version: VersionBytes,
    /// The device's Ed25519 signature over "chasqui entry 1" ‖ chain, and ‖ origin if there is one;
    /// see [`verify_chain`].
    pub signature: SignatureBytes,
    /// Set when the version was first logged elsewhere.
    pub origin: Option<Origin>,
}

impl Entry {
    /// Hashes the version and the place.
    pub fn position(&self) -> (VersionId, Position) {
        let id = self.version.id();
        (
            id,
            Position {
                seq: self.seq,
                chain: chain_after(self.previous, self.writer, self.seq, id),
            },
        )
    }
}

/// BLAKE3("chasqui chain 1" ‖ previous ‖ writer ‖ seq as 8 bytes, big-endian ‖ version id).
pub fn chain_after(previous: Chain, writer: WriterId, seq: u64, version: VersionId) -> Chain {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(b"chasqui chain 1")
        .update(&previous.0)
        .update(&writer.0)
        .update(&seq.to_be_bytes())
        .update(&version.0);
    Chain(*hasher.finalize().as_bytes())
}

/// Whether `device` signed an entry with this chain and origin. Strict: no malleable signature, no
/// weak key.
///
/// The chain says nothing of the origin, so the signature does: whoever passes an entry on can
/// neither strip its origin nor invent one, and so hide a version.
pub fn verify_chain(
    device: DeviceId,
    chain: Chain,
    origin: Option<&Origin>,
    signature: &SignatureBytes,
) -> bool {
    verify_message(device, &signed_message(chain, origin), signature)
}

/// Whether `device` signed `message` (RFC 8032). Strict: no malleable signature, no weak key.
pub fn verify_message(device: DeviceId, message: &[u8], signature: &SignatureBytes) -> bool {
    VerifyingKey::from_bytes(&device.0)
        .is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(&signature.0)).is_ok())
}

/// The bytes that a signature of an entry is over: "chasqui entry 1" ‖ chain, and of an entry that
/// was first logged elsewhere ‖ device ‖ epoch ‖ seq as 8 bytes, big-endian ‖ previous ‖ signature
/// of its origin.
pub(super) fn signed_message(chain: Chain, origin: Option<&Origin>) -> Vec<u8> {
    let mut message = [b"chasqui entry 1".as_slice(), &chain.0].concat();
    if let Some(Origin { owner, seq, previous, signature }) = origin {
        message.extend(owner.device.0.iter().chain(&owner.epoch.0).chain(&seq.to_be_bytes()));
        message.extend(previous.0.iter().chain(&signature.0));
    }
    message
}
