//! The one way into a log: what is written here, and what a peer sends.

use super::{
    admission::Admission,
    allowance::check_entry,
    check::{attach, check, entry_of},
    fork::{give_up_place, keep_run_elsewhere},
    index::{judge_all, log_again, put},
    log_writer::LogWriter,
    owner::LogOwner,
    quarantine::read_version,
    role::judge_role,
    run::{Quarantined, Refused, Run, RunResult},
    store::{LogStore, LoggedEntry},
};
use crate::record::{Kin, VersionBytes};

/// Logs a version that was made here. Its place is durable when the caller's transaction is.
pub fn write<S: LogStore>(
    store: &mut S,
    log_writer: &LogWriter,
    version: VersionBytes,
) -> Result<LoggedEntry, S::Error> {
    log_again(store, log_writer, version, None)
}

/// Puts back an entry that this side admitted before, as when a log in memory is filled from its
/// durable copy.
///
/// Trusts it: neither chain nor signature is checked again. Entries of one log must come in order.
pub fn restore<S: LogStore>(
    store: &mut S,
    logged: LoggedEntry,
    owner: LogOwner,
) -> Result<(), S::Error> {
    let judged = match logged.quarantine {
        None => read_version(&logged.entry).map(|version| Kin::from(&version)),
        Some(quarantine) if quarantine.waits_for_role() => match read_version(&logged.entry) {
            Ok(version) => judge_role(store, Kin::from(&version))?,
            Err(quarantine) => Err(quarantine),
        },
        Some(quarantine) => Err(quarantine),
    };
    put(store, logged.entry, logged.chain, owner, judged)?;
    Ok(())
}

/// Takes a run from a peer, or as much of its front as fits.
///
/// Entries held already are counted and skipped, so a run may be sent again. A log that went two
/// ways keeps the way whose chain is lower at the first difference, on every replica alike; the
/// versions of the other way are logged again under this side's own writer, so that none is lost. A
/// side that meets entries of its own log that it does not have (a restored backup, a cloned disk)
/// begins a new log.
pub fn take_run<S: LogStore>(
    store: &mut S,
    admission: &mut Admission<'_>,
    run: &Run,
) -> Result<RunResult, S::Error> {
    let mut answer = RunResult {
        writer: run.writer,
        durable: store.position(run.writer)?,
        known: 0,
        added: 0,
        quarantined: Vec::new(),
        refused: None,
        forked_at: None,
    };
    let owner = match attach(store, run, Some(admission.brought_by))? {
        Ok(owner) => owner,
        Err(code) => {
            answer.refused = Some(Refused { seq: run.after.seq.saturating_add(1), code });
            return Ok(answer);
        }
    };

    let mut held = answer.durable;
    let mut last = run.after;
    for (index, sent) in run.entries.iter().enumerate() {
        let seq = last.seq + 1;
        let entry = entry_of(store.project(), owner, last, sent);
        let (id, position) = entry.position();
        let held_chain = if seq <= held.seq { store.chain_at(run.writer, seq)? } else { None };
        if held_chain == Some(position.chain) {
            answer.known += 1;
            last = position;
            continue;
        }
        if let Err(code) = check(admission, owner, &entry, position) {
            answer.refused = Some(Refused { seq, code });
            break;
        }
        if let Some(mine) = held_chain {
            answer.forked_at = Some(seq);
            if admission.log_writer.writer() == run.writer {
                admission.log_writer.renew(admission.fresh_epoch);
            }
            if mine < position.chain {
                let (added, refused) =
                    keep_run_elsewhere(store, admission, owner, last, &run.entries[index..])?;
                answer.added += added;
                answer.refused = refused;
                break;
            }
        }
        let judged = judge_all(store, &entry, id, owner)?;
        if let Err(code) = check_entry(store, admission, owner, &entry, &judged)? {
            answer.refused = Some(Refused { seq, code });
            break;
        }
        if held_chain.is_some() {
            give_up_place(store, admission, owner, last, held)?;
        }
        if let Err(quarantine) = &judged {
            answer.quarantined.push(Quarantined { seq, quarantine: quarantine.clone() });
        }
        put(store, entry, position.chain, owner, judged)?;
        answer.added += 1;
        last = position;
        held = position;
        if admission.log_writer.writer() == run.writer {
            admission.log_writer.renew(admission.fresh_epoch);
        }
    }
    answer.durable = store.position(run.writer)?;
    Ok(answer)
}
