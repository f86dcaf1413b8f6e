//! What holds for every log in memory, whatever was sent to it.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    History, LogView, MemoryLog, Position, RecordId, Version, VersionId, View, restore,
};

use super::side::charter;
use crate::judge::is_whole;

/// Checks that the logs are whole, that the clock says how far they go, and that every version is
/// where it is said to be.
///
/// # Panics
/// If not.
pub(super) fn check_logs(log: &MemoryLog) {
    let Ok(clock) = log.clock();
    let mut held = BTreeSet::new();
    for (writer, owner, entries) in log.logs() {
        assert!(
            is_whole(charter().project(), owner, entries),
            "a log has no gap, and its chains hold"
        );
        let end = entries.last().map_or(Position::START, |last| Position {
            seq: entries.len() as u64,
            chain: last.chain,
        });
        assert_eq!(clock.get(writer).unwrap_or(Position::START), end, "the clock is the log's end");
        held.extend(entries.iter().map(|logged| logged.entry.version.id()));
    }
    assert_eq!(clock.len(), log.logs().filter(|(_, _, entries)| !entries.is_empty()).count());
    let placed: BTreeSet<_> = log.versions().map(|(id, _)| id).collect();
    assert_eq!(placed, held, "what is held has a place, and nothing else has");
    for (id, place) in log.versions() {
        let Ok(found) = log.entry(place.writer, place.seq);
        let found = found.map(|logged| logged.entry.version.id());
        assert_eq!(found, Some(id), "a version is where it is said to be");
    }
}

/// Checks that the heads of each record are the shown versions that no shown version names, and
/// that people see them.
///
/// # Panics
/// If not.
pub(super) fn check_heads(log: &MemoryLog) {
    let truth = heads(log);
    let said: BTreeMap<_, _> = log.records().map(|(id, heads)| (id, heads.to_vec())).collect();
    let said_of_any = said.iter().filter(|(_, heads)| !heads.is_empty());
    assert!(truth.iter().eq(said_of_any), "the heads are {truth:?}, and {said:?} are named");
    for (&record, heads) in &truth {
        let Ok(shown) = View::load(log, record);
        let Ok(all) = History::load_all(log, record);
        let view = shown.expect("a record with a head is shown");
        assert_eq!(&view.heads, heads, "people see the heads");
        assert_eq!(View::of(&all), Some(view), "a view of all that is held is no other");
    }
}

/// Checks that a log that is filled again from its durable copy says the same.
///
/// # Panics
/// If not.
pub(super) fn check_restored(log: &MemoryLog) {
    let mut again = MemoryLog::new(charter());
    for (_, owner, entries) in log.logs() {
        for logged in entries {
            let Ok(()) = restore(&mut again, logged.clone(), owner);
        }
    }
    check_logs(&again);
    assert_eq!(again.clock(), log.clock());
    assert!(again.records().eq(log.records()), "heads do not depend on the order of the logs");
}

/// The versions held.
pub(super) fn versions(log: &MemoryLog) -> BTreeSet<VersionId> {
    log.versions().map(|(id, _)| id).collect()
}

/// From the words of the design: versions that some entry shows, and that none of them names as
/// parent.
fn heads(log: &MemoryLog) -> BTreeMap<RecordId, Vec<VersionId>> {
    let mut shown: BTreeMap<RecordId, BTreeMap<VersionId, Version>> = BTreeMap::new();
    for (_, _, entries) in log.logs() {
        for logged in entries.iter().filter(|logged| logged.quarantine.is_none()) {
            let version = logged.entry.version.decode().expect("what is shown can be read");
            let id = logged.entry.version.id();
            shown.entry(version.record).or_default().insert(id, version);
        }
    }
    let of_record = |versions: BTreeMap<VersionId, Version>| {
        let named: BTreeSet<_> = versions.values().flat_map(|v| v.parents.clone()).collect();
        versions.into_keys().filter(|id| !named.contains(id)).collect()
    };
    shown.into_iter().map(|(record, versions)| (record, of_record(versions))).collect()
}
