//! From a logged entry to what is shown: places, heads, and who is a manager.

use super::{
    entry::{Entry, Origin},
    log_writer::LogWriter,
    owner::LogOwner,
    quarantine::{Quarantine, judge},
    role::judge_role,
    store::{LogStore, LogView, LoggedEntry, Place},
};
use crate::{
    id::{Chain, DeviceId, VersionId},
    record::{Kin, Kind, Member, Role, VersionBytes},
};

/// Appends to this side's own log.
pub(super) fn log_again<S: LogStore>(
    store: &mut S,
    log_writer: &LogWriter,
    version: VersionBytes,
    origin: Option<Origin>,
) -> Result<LoggedEntry, S::Error> {
    let last = store.position(log_writer.writer())?;
    let entry = log_writer.entry(store.project(), last, version, origin);
    let (id, position) = entry.position();
    let judged = judge_all(store, &entry, id, log_writer.owner())?;
    put(store, entry, position.chain, log_writer.owner(), judged)
}

/// Puts an entry at the end of its log and, if its version was not shown yet and may be, into the
/// heads of its record.
///
/// A version that is held in quarantine alone is shown as soon as an entry comes that may be: which
/// of the two came first changes nothing.
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
    match judged {
        Ok(kin) if before.is_none() || freed => show(store, &logged.entry.version, &kin)?,
        Ok(_) => {}
        Err(quarantine) if quarantine.waits_for_role() => {
            if let Ok(kin) = logged.entry.version.kin() {
                store.set_waiting(kin.author, place)?;
            }
        }
        Err(_) => {}
    }
    Ok(logged)
}

/// Everything that decides whether an entry may be shown here now.
pub(super) fn judge_all<V: LogView>(
    view: &V,
    entry: &Entry,
    id: VersionId,
    owner: LogOwner,
) -> Result<Result<Kin, Quarantine>, V::Error> {
    match judge(entry, id, owner) {
        Ok(version) => judge_role(view, Kin::from(&version)),
        Err(quarantine) => Ok(Err(quarantine)),
    }
}

/// Puts a version into the heads of its record. If it names a manager, what waited for that is
/// shown too.
pub(super) fn show<S: LogStore>(
    store: &mut S,
    version: &VersionBytes,
    kin: &Kin,
) -> Result<(), S::Error> {
    index(store, version.id(), kin)?;
    set_aside_as_said(store, version, kin)?;
    let mut named: Vec<DeviceId> = manager_named_by(version, kin).into_iter().collect();
    while let Some(manager) = named.pop() {
        if store.is_manager(manager)? {
            continue;
        }
        let waiting = store.waiting(manager)?;
        store.set_manager(manager)?;
        for place in waiting {
            // One at a time: what is out of quarantine and not in the heads yet would pass for
            // superseded or settled.
            if let Some((version, kin)) = free(store, place, manager)? {
                index(store, version.id(), &kin)?;
                set_aside_as_said(store, &version, &kin)?;
                named.extend(manager_named_by(&version, &kin));
            }
        }
    }
    Ok(())
}

/// Takes over what managers now say of the records of the device that a version names.
fn set_aside_as_said<S: LogStore>(
    store: &mut S,
    version: &VersionBytes,
    kin: &Kin,
) -> Result<(), S::Error> {
    if kin.kind != Kind::Member {
        return Ok(());
    }
    let named = version.decode_admitted().ok().and_then(|version| Member::named_by(&version));
    let Some(device) = named.map(|named| named.device) else { return Ok(()) };
    let is_aside = Member::load(store, device)?.is_some_and(|member| member.is_aside);
    if store.is_aside(device)? != is_aside {
        store.set_aside(device, is_aside)?;
    }
    Ok(())
}

fn manager_named_by(version: &VersionBytes, kin: &Kin) -> Option<DeviceId> {
    if kin.kind != Kind::Member || kin.role != Role::Manager {
        return None;
    }
    Member::manager_named_by(&version.decode_admitted().ok()?)
}

/// Takes an entry of this author that waited for its role out of quarantine. Gives its version if
/// it was not shown yet.
fn free<S: LogStore>(
    store: &mut S,
    place: Place,
    author: DeviceId,
) -> Result<Option<(VersionBytes, Kin)>, S::Error> {
    let Some(logged) = store.entry(place.writer, place.seq)? else { return Ok(None) };
    let waits = logged.quarantine.as_ref().is_some_and(Quarantine::waits_for_role);
    let version = logged.entry.version;
    let (true, Ok(kin)) = (waits, version.kin()) else { return Ok(None) };
    if kin.author != author {
        return Ok(None);
    }
    let is_new = !is_shown(store, version.id())?;
    store.free_entry(place)?;
    if is_new {
        store.set_place(version.id(), place)?;
    }
    Ok(is_new.then_some((version, kin)))
}

/// Makes a version a head unless it is superseded already, and its parents none.
fn index<S: LogStore>(store: &mut S, id: VersionId, kin: &Kin) -> Result<(), S::Error> {
    let mut heads = store.heads(kin.record)?;
    for &parent in &kin.parents {
        if let Ok(at) = heads.binary_search(&parent) {
            heads.remove(at);
        } else if !is_shown(store, parent)? {
            store.set_named(kin.record, parent)?;
        }
    }
    if !store.is_named(kin.record, id)?
        && let Err(at) = heads.binary_search(&id)
    {
        heads.insert(at, id);
    }
    store.set_heads(kin.record, &heads)
}

/// Whether a version is held in an entry that is not in quarantine.
pub(super) fn is_shown<S: LogStore>(store: &S, id: VersionId) -> Result<bool, S::Error> {
    let Some(place) = store.place(id)? else { return Ok(false) };
    let logged = store.entry(place.writer, place.seq)?;
    Ok(logged.is_some_and(|logged| logged.quarantine.is_none()))
}
