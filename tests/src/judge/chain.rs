//! The hashes of a log, computed again from the words of the protocol.

use chasqui_shared::{Chain, LogOwner, LoggedEntry, ProjectId};

/// Whether the entries follow each other without a gap, each with the chain that its bytes give.
pub(crate) fn is_whole(project: ProjectId, owner: LogOwner, entries: &[LoggedEntry]) -> bool {
    let writer = &hash(&[b"chasqui writer 1", &owner.device.0, &owner.epoch.0])[..16];
    let mut before = hash(&[b"chasqui log 1", &project.0, &owner.device.0, &owner.epoch.0]);
    for (seq, logged) in (1u64..).zip(entries) {
        let entry = &logged.entry;
        let version = hash(&[b"chasqui version 1", entry.version.as_slice()]);
        let chain = hash(&[b"chasqui chain 1", &before, writer, &seq.to_be_bytes(), &version]);
        let fits = entry.seq == seq && entry.writer.0 == writer && entry.previous.0 == before;
        if !fits || logged.chain != Chain(chain) {
            return false;
        }
        before = chain;
    }
    true
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}
