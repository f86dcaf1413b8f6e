//! What is refused before anything of it is kept.

use super::{
    admission::Admission,
    allowance::check_new_log,
    clock::Position,
    entry::{Entry, verify_chain},
    owner::LogOwner,
    run::{Refusal, Run, RunEntry},
    store::LogStore,
};
use crate::{id::ProjectId, limits, record::Role};

/// Finds whose log the run is of, and whether its front touches what is held. `brought_by` is
/// `None` where it comes from this side's own storage, which has room for all that it holds.
pub(super) fn attach<S: LogStore>(
    store: &S,
    run: &Run,
    brought_by: Option<Role>,
) -> Result<Result<LogOwner, Refusal>, S::Error> {
    if run.owner.is_some_and(|owner| owner.writer() != run.writer) {
        return Ok(Err(Refusal::OwnerMismatch));
    }
    let owner = match (store.owner(run.writer)?, run.owner) {
        (Some(held), _) => held,
        (None, _) if run.after.seq > 0 => return Ok(Err(Refusal::Gap)),
        (None, None) => return Ok(Err(Refusal::OwnerMissing)),
        (None, Some(owner)) => {
            if let Some(role) = brought_by
                && let Err(code) = check_new_log(store, owner.device, role)?
            {
                return Ok(Err(code));
            }
            owner
        }
    };
    Ok(match store.chain_at(run.writer, run.after.seq)? {
        None => Err(Refusal::Gap),
        Some(chain) if chain != run.after.chain => Err(Refusal::ChainMismatch),
        Some(_) => Ok(owner),
    })
}

/// The entry that comes after `last` if its sender told the truth.
pub(super) fn entry_of(
    project: ProjectId,
    owner: LogOwner,
    last: Position,
    sent: &RunEntry,
) -> Entry {
    Entry {
        writer: owner.writer(),
        seq: last.seq + 1,
        previous: owner.chain_from(project, last),
        version: sent.version.clone(),
        signature: sent.signature,
        origin: sent.origin,
    }
}

/// Whether an entry that is not held may be kept.
pub(super) fn check(
    admission: &Admission<'_>,
    owner: LogOwner,
    entry: &Entry,
    at: Position,
) -> Result<(), Refusal> {
    if entry.seq > limits::SEQ_MAX {
        return Err(Refusal::SeqOutOfRange);
    }
    if entry.version.as_slice().len() > limits::VERSION_BYTES_MAX {
        return Err(Refusal::VersionTooLarge);
    }
    if admission.verify
        && !verify_chain(owner.device, at.chain, entry.origin.as_ref(), &entry.signature)
    {
        return Err(Refusal::SignatureInvalid);
    }
    Ok(())
}
