//! What writes entries: a device's key and the log that it is writing.

use ed25519_dalek::{Signer, SigningKey};

use super::{
    clock::Position,
    entry::{Entry, Origin, chain_after, signed_message},
    owner::LogOwner,
};
use crate::{
    id::{DeviceId, Epoch, ProjectId, SignatureBytes, WriterId},
    record::VersionBytes,
};

/// The key of this device and its present log.
#[derive(Clone)]
pub struct LogWriter {
    key: SigningKey,
    owner: LogOwner,
}

impl LogWriter {
    /// From 32 secret random bytes (RFC 8032) and the epoch of the log.
    pub fn new(secret: &[u8; 32], epoch: Epoch) -> Self {
        let key = SigningKey::from_bytes(secret);
        let device = DeviceId(key.verifying_key().to_bytes());
        Self { key, owner: LogOwner { device, epoch } }
    }

    /// Begins another log of the same device.
    pub fn renew(&mut self, epoch: Epoch) {
        self.owner.epoch = epoch;
    }

    /// Whose log it writes.
    pub fn owner(&self) -> LogOwner {
        self.owner
    }

    /// The log that it writes.
    pub fn writer(&self) -> WriterId {
        self.owner.writer()
    }

    /// The entry that puts `version` after `last` in this log writer's log of `project`, signed.
    pub fn entry(
        &self,
        project: ProjectId,
        last: Position,
        version: VersionBytes,
        origin: Option<Origin>,
    ) -> Entry {
        let writer = self.writer();
        let seq = last.seq + 1;
        let previous = self.owner.chain_from(project, last);
        let chain = chain_after(previous, writer, seq, version.id());
        let signature = self.sign(&signed_message(chain, origin.as_ref()));
        Entry { writer, seq, previous, version, signature, origin }
    }

    /// Signs any message with the device's key.
    pub fn sign(&self, message: &[u8]) -> SignatureBytes {
        SignatureBytes(self.key.sign(message).to_bytes())
    }
}

impl std::fmt::Debug for LogWriter {
    /// Shows the log, never the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogWriter").field("owner", &self.owner).finish_non_exhaustive()
    }
}
