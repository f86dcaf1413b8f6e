//! Logs that went two ways: who keeps the place, and where the versions of the other way go.

use super::{
    admission::Admission,
    allowance::check_entry,
    check::{check, entry_of},
    clock::Position,
    entry::{Entry, Origin},
    index::{is_shown, judge_all, log_again, show},
    owner::LogOwner,
    run::{Refused, RunEntry},
    store::{LogStore, LoggedEntry, Place},
};

/// Logs the versions of a run that lost its place, unless they are held somewhere. Says how many,
/// and what stopped it.
pub(super) fn keep_run_elsewhere<S: LogStore>(
    store: &mut S,
    admission: &Admission<'_>,
    owner: LogOwner,
    mut last: Position,
    sent: &[RunEntry],
) -> Result<(u64, Option<Refused>), S::Error> {
    let mut added = 0;
    for sent in sent {
        let entry = entry_of(store.project(), owner, last, sent);
        let (id, position) = entry.position();
        if let Err(code) = check(admission, owner, &entry, position) {
            return Ok((added, Some(Refused { seq: entry.seq, code })));
        }
        let judged = judge_all(store, &entry, id, owner)?;
        let missing = match store.place(id)? {
            None => true,
            Some(_) => !is_shown(store, id)? && judged.is_ok(),
        };
        if missing {
            if let Err(code) = check_entry(store, admission, owner, &entry, &judged)? {
                return Ok((added, Some(Refused { seq: entry.seq, code })));
            }
            let origin = origin_of(&entry, owner);
            log_again(store, admission.log_writer, entry.version, Some(origin))?;
            added += 1;
        }
        last = position;
    }
    Ok((added, None))
}

/// Cuts a log back to `last`, and logs the versions again that had no other place.
pub(super) fn give_up_place<S: LogStore>(
    store: &mut S,
    admission: &Admission<'_>,
    owner: LogOwner,
    last: Position,
    held: Position,
) -> Result<(), S::Error> {
    let writer = owner.writer();
    let mut homeless = Vec::new();
    for seq in last.seq + 1..=held.seq {
        let Some(logged) = store.entry(writer, seq)? else { continue };
        if store.place(logged.entry.version.id())? == Some(Place { writer, seq }) {
            homeless.push(logged);
        }
    }
    store.cut_log(writer, last)?;
    for LoggedEntry { entry, quarantine, .. } in homeless {
        let origin = origin_of(&entry, owner);
        let again = log_again(store, admission.log_writer, entry.version, Some(origin))?;
        // It was no head where it was, and its new place may show it.
        if quarantine.is_some()
            && again.quarantine.is_none()
            && let Ok(kin) = again.entry.version.kin()
        {
            show(store, &again.entry.version, &kin)?;
        }
    }
    Ok(())
}

/// Who logged the version first, as it is known from this entry.
fn origin_of(entry: &Entry, owner: LogOwner) -> Origin {
    entry.origin.unwrap_or(Origin {
        owner,
        seq: entry.seq,
        previous: entry.previous,
        signature: entry.signature,
    })
}
