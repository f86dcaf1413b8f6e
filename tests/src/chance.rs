//! Keys and logs from random numbers, and a phone's sync that takes its next log from them.

use chasqui_harness::{Phone, Terms};
use chasqui_shared::{Epoch, Failure, LogChange, LogWriter, Reply, Request};
use fastrand::Rng;

/// The key and the first log of a device that nobody has used.
pub(crate) fn fresh_log_writer(random: &mut Rng) -> LogWriter {
    let mut secret = [0; 32];
    random.fill(&mut secret);
    LogWriter::new(&secret, fresh_epoch(random))
}

/// What tells a device's next log from all others.
pub(crate) fn fresh_epoch(random: &mut Rng) -> Epoch {
    let mut epoch = Epoch([0; 16]);
    random.fill(&mut epoch.0);
    epoch
}

/// Syncs a phone with a peer until both have the same or nothing more can be done; says how it
/// ended and what changed on the phone.
pub(crate) fn sync(
    phone: &mut Phone,
    peer: usize,
    random: &mut Rng,
    answer: impl FnMut(&Request) -> Result<Reply, Failure>,
) -> (Result<(), Failure>, Vec<LogChange>) {
    let fresh_epoch = &mut || fresh_epoch(random);
    let (peer, changes) = (Some(peer), Vec::new());
    let mut terms = Terms { peer, seed: 0, verify: false, fresh_epoch, changes };
    let end = phone.sync_with(&mut terms, answer).map(drop);
    (end, terms.changes)
}
