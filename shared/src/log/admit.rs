//! The one way into a log: what is written here, and what a peer sends.

use super::{
    Entry, LogOwner, LogStore, LoggedEntry, Origin, Pen, Place, Position, Quarantine, Quarantined,
    Refusal, Refused, Run, RunAnswer, RunEntry, judge, quarantine::read_version, verify_chain,
};
use crate::{Chain, Epoch, Kin, ProjectId, VersionBytes, VersionId, limits};

/// How strictly a side takes what it is sent, and what it needs to log again what loses its place.
#[derive(Debug)]
pub struct Gate<'a> {
    /// Whether signatures are checked. A laptop always does; a phone trusts the laptop that it is paired with.
    pub verify: bool,
    /// Whether the sender's word that an entry is quarantined is taken over.
    pub trust_quarantine: bool,
    /// This side's own log.
    pub pen: &'a mut Pen,
    /// Taken for the pen's next log if its present one was lost or forked; see DESIGN §5. Random, used once.
    pub fresh_epoch: Epoch,
}

/// Logs a version that was made here. Its place is durable when the caller's transaction is.
pub fn write<S: LogStore>(
    store: &mut S,
    pen: &Pen,
    version: VersionBytes,
) -> Result<LoggedEntry, S::Error> {
    log_again(store, pen, version, None)
}

/// Puts back an entry that this side admitted before, as when a log in memory is filled from its durable copy.
///
/// Trusts it: neither chain nor signature is checked again. Entries of one log must come in order.
pub fn restore<S: LogStore>(
    store: &mut S,
    logged: LoggedEntry,
    owner: LogOwner,
) -> Result<(), S::Error> {
    let judged = match logged.quarantine {
        Some(quarantine) => Err(quarantine),
        None => read_version(&logged.entry),
    };
    put(store, logged.entry, logged.chain, owner, judged.map(Kin::from))?;
    Ok(())
}

/// Takes a run from a peer, or as much of its front as fits.
///
/// Entries held already are counted and skipped, so a run may be sent again. A log that went two ways keeps the way
/// whose chain is lower at the first difference, on every replica alike; the versions of the other way are
/// logged again under this side's own writer, so that none is lost. A side that meets entries of its
/// own log that it does not have (a restored backup, a cloned disk) begins a new log.
pub fn take_run<S: LogStore>(
    store: &mut S,
    gate: &mut Gate<'_>,
    run: &Run,
) -> Result<RunAnswer, S::Error> {
    let mut answer = RunAnswer {
        writer: run.writer,
        durable: store.position(run.writer)?,
        known: 0,
        added: 0,
        quarantined: Vec::new(),
        refused: None,
        forked_at: None,
    };
    let owner = match attach(store, run)? {
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
        if let Err(code) = check(gate, owner, &entry, position) {
            answer.refused = Some(Refused { seq, code });
            break;
        }
        if let Some(mine) = held_chain {
            answer.forked_at = Some(seq);
            if gate.pen.writer() == run.writer {
                gate.pen.renew(gate.fresh_epoch);
            }
            if mine < position.chain {
                answer.added +=
                    keep_run_elsewhere(store, gate, owner, last, &run.entries[index..])?;
                break;
            }
            give_up_place(store, gate, owner, last, held)?;
        }
        let judged = judge(&entry, id, owner);
        let judged = match sent.quarantine.clone().filter(|_| gate.trust_quarantine) {
            Some(flagged) => Err(flagged),
            None => judged,
        };
        if let Err(quarantine) = &judged {
            answer.quarantined.push(Quarantined { seq, quarantine: quarantine.clone() });
        }
        put(store, entry, position.chain, owner, judged.map(Kin::from))?;
        answer.added += 1;
        last = position;
        held = position;
        if gate.pen.writer() == run.writer {
            gate.pen.renew(gate.fresh_epoch);
        }
    }
    answer.durable = store.position(run.writer)?;
    Ok(answer)
}

/// Finds whose log the run is of, and whether its front touches what is held.
pub(super) fn attach<S: LogStore>(
    store: &S,
    run: &Run,
) -> Result<Result<LogOwner, Refusal>, S::Error> {
    if run.owner.is_some_and(|owner| owner.writer() != run.writer) {
        return Ok(Err(Refusal::OwnerMismatch));
    }
    let owner = match (store.owner(run.writer)?, run.owner) {
        (Some(held), _) => held,
        (None, _) if run.after.seq > 0 => return Ok(Err(Refusal::Gap)),
        (None, None) => return Ok(Err(Refusal::OwnerMissing)),
        (None, Some(_)) if store.writers()? >= limits::WRITERS_MAX => {
            return Ok(Err(Refusal::TooManyWriters));
        }
        (None, Some(owner)) => owner,
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
fn check(gate: &Gate<'_>, owner: LogOwner, entry: &Entry, at: Position) -> Result<(), Refusal> {
    if entry.seq > limits::SEQ_MAX {
        return Err(Refusal::SeqOutOfRange);
    }
    if entry.version.as_slice().len() > limits::VERSION_BYTES_MAX {
        return Err(Refusal::VersionTooLarge);
    }
    if gate.verify && !verify_chain(owner.device, at.chain, entry.origin.as_ref(), &entry.signature)
    {
        return Err(Refusal::SignatureInvalid);
    }
    Ok(())
}

/// Logs the versions of a run that lost its place, unless they are held somewhere.
fn keep_run_elsewhere<S: LogStore>(
    store: &mut S,
    gate: &Gate<'_>,
    owner: LogOwner,
    mut last: Position,
    sent: &[RunEntry],
) -> Result<u64, S::Error> {
    let mut added = 0;
    for sent in sent {
        let entry = entry_of(store.project(), owner, last, sent);
        let (id, position) = entry.position();
        if check(gate, owner, &entry, position).is_err() {
            break;
        }
        let missing = match store.place(id)? {
            None => true,
            Some(_) => !is_shown(store, id)? && judge(&entry, id, owner).is_ok(),
        };
        if missing {
            let origin = origin_of(&entry, owner);
            log_again(store, gate.pen, entry.version, Some(origin))?;
            added += 1;
        }
        last = position;
    }
    Ok(added)
}

/// Cuts a log back to `last`, and logs the versions again that had no other place.
fn give_up_place<S: LogStore>(
    store: &mut S,
    gate: &Gate<'_>,
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
        let again = log_again(store, gate.pen, entry.version, Some(origin))?;
        // It was no head where it was, and its new place may show it.
        if quarantine.is_some()
            && again.quarantine.is_none()
            && let Ok(kin) = again.entry.version.kin()
        {
            index(store, again.entry.version.id(), &kin)?;
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

/// Appends to this side's own log.
fn log_again<S: LogStore>(
    store: &mut S,
    pen: &Pen,
    version: VersionBytes,
    origin: Option<Origin>,
) -> Result<LoggedEntry, S::Error> {
    let last = store.position(pen.writer())?;
    let entry = pen.entry(store.project(), last, version, origin);
    let (id, position) = entry.position();
    let judged = judge(&entry, id, pen.owner());
    put(store, entry, position.chain, pen.owner(), judged.map(Kin::from))
}

/// Puts an entry at the end of its log and, if its version was not shown yet and may be, into the heads of its
/// record.
///
/// A version that is held in quarantine alone is shown as soon as an entry comes that may be: which of the
/// two came first changes nothing.
pub(super) fn put<S: LogStore>(
    store: &mut S,
    entry: Entry,
    chain: Chain,
    owner: LogOwner,
    judged: Result<Kin, Quarantine>,
) -> Result<LoggedEntry, S::Error> {
    let id = entry.version.id();
    let place = Place { writer: entry.writer, seq: entry.seq };
    let before = store.place(id)?;
    let held = match before {
        None => None,
        Some(place) => store
            .entry(place.writer, place.seq)?
            .filter(|logged| logged.entry.version == entry.version),
    };
    let logged = LoggedEntry { entry, chain, quarantine: judged.as_ref().err().cloned() };
    store.put_entry(&logged, owner)?;
    let freed = held.as_ref().is_some_and(|held| held.quarantine.is_some()) && judged.is_ok();
    if held.is_none() || freed {
        store.set_place(id, place)?;
    }
    if (before.is_none() || freed)
        && let Ok(kin) = judged
    {
        index(store, id, &kin)?;
    }
    Ok(logged)
}

/// Makes a version a head unless it is superseded already, and its parents none.
fn index<S: LogStore>(store: &mut S, id: VersionId, kin: &Kin) -> Result<(), S::Error> {
    let mut heads = store.heads(kin.record)?;
    heads.retain(|head| !kin.parents.contains(head));
    for &parent in &kin.parents {
        if !is_shown(store, parent)? {
            store.set_named(kin.record, parent)?;
        }
    }
    if !store.is_named(kin.record, id)? {
        heads.push(id);
        heads.sort_unstable();
    }
    store.set_heads(kin.record, &heads)
}

/// Whether a version is held in an entry that is not in quarantine.
fn is_shown<S: LogStore>(store: &S, id: VersionId) -> Result<bool, S::Error> {
    let Some(place) = store.place(id)? else { return Ok(false) };
    let logged = store.entry(place.writer, place.seq)?;
    Ok(logged.is_some_and(|logged| logged.quarantine.is_none()))
}
