//! How much one device may bring, so that it cannot use up what is there for all.
//!
//! Counted exactly, at the moment at which an entry is to be taken: what is over a limit is refused
//! by name, and all that came before it stays. The limits are those of what a monitor's phone
//! brings. What a manager's device brings, such as another laptop, was let in there under the same
//! limits, so that it may be [`limits::MANAGER_FACTOR`] times as much: two laptops that took
//! different logs of one device take each other's, and end up with the same.

use super::{
    admission::Admission,
    entry::Entry,
    owner::LogOwner,
    quarantine::Quarantine,
    run::Refusal,
    store::{LogStore, LogView},
};
use crate::{
    id::DeviceId,
    limits,
    record::{Kin, Member, Role},
};

/// Whether one more log of this device may be begun.
pub(super) fn check_new_log<V: LogView>(
    view: &V,
    device: DeviceId,
    brought_by: Role,
) -> Result<Result<(), Refusal>, V::Error> {
    if view.writers()? >= limits::WRITERS_MAX {
        return Ok(Err(Refusal::TooManyWriters));
    }
    if view.logs_of(device)? >= most(limits::LOGS_OF_DEVICE_MAX, brought_by) {
        return Ok(Err(Refusal::TooManyLogs));
    }
    if !Member::is_member(view, device)?
        && view.stranger_logs()? >= most(limits::STRANGER_LOGS_MAX, brought_by)
    {
        return Ok(Err(Refusal::TooManyStrangers));
    }
    Ok(Ok(()))
}

/// Whether an entry that was judged may be taken, by what is held of its device already.
pub(super) fn check_entry<S: LogStore>(
    store: &S,
    admission: &Admission<'_>,
    owner: LogOwner,
    entry: &Entry,
    judged: &Result<Kin, Quarantine>,
) -> Result<Result<(), Refusal>, S::Error> {
    let is_within = match judged {
        Ok(kin) => {
            may_add_head(store, kin, most(limits::HEADS_OF_DEVICE_MAX, admission.brought_by))?
        }
        Err(_) => {
            let device = entry.origin.as_ref().map_or(owner.device, |origin| origin.owner.device);
            let held = store.quarantine_usage(device)?;
            let bytes = held.bytes.saturating_add(entry.version.as_slice().len() as u64);
            held.entries < most(limits::QUARANTINED_OF_DEVICE_MAX, admission.brought_by) as u64
                && bytes
                    <= most(limits::QUARANTINED_BYTES_OF_DEVICE_MAX, admission.brought_by) as u64
        }
    };
    Ok(match (is_within, judged) {
        (true, _) => Ok(()),
        (false, Ok(_)) => Err(Refusal::TooManyHeads),
        (false, Err(_)) => Err(Refusal::TooManyQuarantined),
    })
}

/// Whether the author may have this version as one more head of its record. Heads are only read
/// where there are as many in all.
fn may_add_head<S: LogStore>(store: &S, kin: &Kin, heads_max: usize) -> Result<bool, S::Error> {
    let heads = store.heads(kin.record)?;
    let follows = |parent| heads.binary_search(parent).is_ok();
    if heads.len() < heads_max || kin.parents.iter().any(follows) {
        return Ok(true);
    }
    let mut own = 0;
    for head in heads {
        own += usize::from(store.kin(head)?.is_some_and(|head| head.author == kin.author));
    }
    Ok(own < heads_max)
}

fn most(limit: usize, brought_by: Role) -> usize {
    match brought_by {
        Role::Monitor => limit,
        Role::Manager => limit * limits::MANAGER_FACTOR,
    }
}
