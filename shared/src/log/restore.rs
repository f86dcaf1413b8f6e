//! Taking back what this side itself admitted and stored, without judging it a second time.

use super::{
    LogStore, Refusal, Refused, Run,
    admit::{attach, entry_of, put},
    judge,
};
use crate::{Kin, VersionError};

/// Takes a run from this side's own storage; what an earlier run held already is passed over.
///
/// Never for what came from elsewhere: neither signatures nor versions are checked, only that the run goes on where its
/// log ends. Says which entry could not be taken, if any; nothing after it was looked at.
pub fn restore_run<S: LogStore>(store: &mut S, run: &Run) -> Result<Option<Refused>, S::Error> {
    let mut last = run.after;
    let refused = |seq, code| Ok(Some(Refused { seq, code }));
    let owner = match attach(store, run)? {
        Ok(owner) => owner,
        Err(code) => return refused(last.seq.saturating_add(1), code),
    };
    let held = store.position(run.writer)?;
    for sent in &run.entries {
        let entry = entry_of(store.project(), owner, last, sent);
        let (id, position) = entry.position();
        if position.seq <= held.seq {
            if store.chain_at(run.writer, position.seq)? != Some(position.chain) {
                return refused(position.seq, Refusal::ChainMismatch);
            }
        } else {
            let judged = match (&sent.quarantine, entry.version.kin()) {
                // What was too new for an older program may be read by this one.
                (Some(flagged), _) if flagged.code == VersionError::NEWER => {
                    judge(&entry, id, owner).map(Kin::from)
                }
                (Some(flagged), _) => Err(flagged.clone()),
                (None, Ok(kin)) => Ok(kin),
                (None, Err(_)) => return refused(position.seq, Refusal::SignatureInvalid),
            };
            put(store, entry, position.chain, owner, judged)?;
        }
        last = position;
    }
    Ok(None)
}
