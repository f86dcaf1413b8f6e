//! What is shown, and that it depends on the set of versions alone.

mod bounds;
mod laws;

use std::collections::BTreeMap;

use super::*;
use crate::{
    Answer, Change, DeviceId, History, Kind, Location, LocationSource, MediaRef, RecordId, Role,
    Timestamp, VERSION_FORMAT, Version, VersionId, limits, record::heads::Heads,
};

const RECORD: RecordId = RecordId([1; 16]);

fn first() -> Version {
    Version {
        format: VERSION_FORMAT,
        record: RECORD,
        kind: Kind::Observation,
        parents: vec![],
        generation: 1,
        author: DeviceId([1; 32]),
        role: Role::Monitor,
        change: Change::Edit,
        observed_at: Timestamp::from_millis(0).into(),
        zone_assumed: false,
        written_at: Timestamp::from_millis(0),
        location: None,
        category: "oil_spill".into(),
        answers: BTreeMap::new(),
        note: "first".into(),
        media: vec![],
        source: String::new(),
    }
}

fn add(history: &mut History, version: &Version) -> VersionId {
    let id = version.encode().unwrap().id();
    history.insert(id, version.clone());
    id
}

fn child(history: &History, parents: &[VersionId], author: u8) -> Version {
    let best = history.get(parents[0]).unwrap();
    let generation = parents.iter().map(|p| history.get(*p).unwrap().generation).max().unwrap();
    let mut parents = parents.to_vec();
    parents.sort_unstable();
    Version { parents, generation: generation + 1, author: DeviceId([author; 32]), ..best.clone() }
}

fn media(byte: u8) -> MediaRef {
    MediaRef {
        hash: crate::ContentHash([byte; 32]),
        bytes: 1,
        media_type: "image/jpeg".into(),
        name: format!("{byte}.jpg"),
    }
}

#[test]
fn a_record_with_one_head_is_shown_as_it_is() {
    let mut history = History::default();
    let id = add(&mut history, &first());
    let view = View::of(&history).unwrap();
    assert_eq!((view.winner, view.heads, view.note), (id, vec![id], "first".to_owned()));
    assert!(view.conflicts.is_empty() && !view.deleted);
}

#[test]
fn nothing_held_shows_nothing() {
    assert_eq!(View::of(&History::default()), None);
}

#[test]
fn changes_of_different_fields_are_both_taken() {
    let mut history = History::default();
    let root = add(&mut history, &first());
    let place = Location {
        lat: crate::Latitude::from_degrees(-3.7).unwrap(),
        lon: crate::Longitude::from_degrees(-73.2).unwrap(),
        accuracy_m: Some(8),
        altitude_m: None,
        source: LocationSource::Gps,
    };
    let note = Version { note: "by alice".into(), ..child(&history, &[root], 2) };
    let location = Version { location: Some(place), ..child(&history, &[root], 3) };
    add(&mut history, &note);
    add(&mut history, &location);
    let view = View::of(&history).unwrap();
    assert_eq!((view.note.as_str(), view.location), ("by alice", Some(place)));
    assert_eq!(view.heads.len(), 2);
    assert!(view.conflicts.is_empty());
}

#[test]
fn different_changes_of_one_field_show_the_best_head_and_list_the_other() {
    let mut history = History::default();
    let root = add(&mut history, &first());
    let a = Version { note: "a".into(), ..child(&history, &[root], 2) };
    let a = add(&mut history, &a);
    let a2 = Version { note: "a2".into(), ..child(&history, &[a], 2) };
    let a2 = add(&mut history, &a2);
    let b = Version { note: "b".into(), ..child(&history, &[root], 3) };
    let b = add(&mut history, &b);
    let view = View::of(&history).unwrap();
    assert_eq!((view.note.as_str(), view.winner), ("a2", a2));
    assert_eq!(view.conflicts.len(), 1);
    assert_eq!(view.conflicts[0].field, "note");
    let versions: Vec<_> = view.conflicts[0].values.iter().map(|v| v.version).collect();
    assert_eq!(versions, [a2, b]);
}

#[test]
fn an_edit_against_a_delete_stays_visible_and_is_flagged() {
    let mut history = History::default();
    let root = add(&mut history, &first());
    let edit = Version { note: "edited".into(), ..child(&history, &[root], 2) };
    add(&mut history, &edit);
    let delete =
        Version { change: Change::Delete, role: Role::Manager, ..child(&history, &[root], 3) };
    add(&mut history, &delete);
    let view = View::of(&history).unwrap();
    assert!(!view.deleted && view.edit_against_delete);
    assert_eq!(view.note, "edited");
}

#[test]
fn photos_of_all_heads_are_kept_and_a_removed_one_goes() {
    let mut history = History::default();
    let root = add(&mut history, &Version { media: vec![media(1), media(2)], ..first() });
    let added =
        Version { media: vec![media(1), media(2), media(3)], ..child(&history, &[root], 2) };
    let removed = Version { media: vec![media(2), media(4)], ..child(&history, &[root], 3) };
    add(&mut history, &added);
    add(&mut history, &removed);
    assert_eq!(View::of(&history).unwrap().media, [media(2), media(3), media(4)]);
}

/// Photos were shown by hash: the one of before and the one of after changed places.
#[test]
fn photos_stand_in_the_order_in_which_they_were_taken_on_both_sides() {
    let of = |bytes: &[u8]| bytes.iter().map(|byte| media(*byte)).collect::<Vec<_>>();
    type Lists<'a> = (&'a [u8], &'a [u8], &'a [u8], &'a [u8]);
    let cases: [Lists<'_>; 7] = [
        (&[9, 1, 5], &[9, 1, 5], &[9, 1, 5], &[9, 1, 5]),
        (&[9, 1], &[9, 1, 7], &[9, 1, 3], &[9, 1, 7, 3]),
        (&[9, 1], &[9, 7, 1], &[9, 3, 1], &[9, 7, 3, 1]),
        (&[9, 1], &[9, 1], &[8, 9, 1], &[8, 9, 1]),
        (&[9, 1, 5], &[5, 9, 1], &[9, 1, 5, 2], &[5, 9, 1, 2]),
        (&[9, 1, 5], &[9, 5], &[9, 1, 5, 2], &[9, 5, 2]),
        (&[], &[4, 2], &[3, 4, 1], &[3, 4, 2, 1]),
    ];
    for (before, best, other, expected) in cases {
        let mut history = History::default();
        let root = add(&mut history, &Version { media: of(before), ..first() });
        // The higher generation is the better head.
        let one = Version { note: "one".into(), media: of(best), ..child(&history, &[root], 2) };
        let one = add(&mut history, &one);
        let better = child(&history, &[one], 2);
        add(&mut history, &better);
        let two = Version { media: of(other), ..child(&history, &[root], 3) };
        add(&mut history, &two);
        let shown = View::of(&history).unwrap().media;
        let shown: Vec<_> = shown.iter().map(|media| media.hash.0[0]).collect();
        assert_eq!(shown, expected, "{before:?} {best:?} {other:?}");
    }
}

/// Whoever corrected a record last was shown as the one who saw it.
#[test]
fn the_observer_is_the_author_of_the_first_version_whoever_edits() {
    let mut history = History::default();
    let root = add(&mut history, &Version { source: "lago.csv".into(), ..first() });
    let a = Version { note: "a".into(), ..child(&history, &[root], 2) };
    let a = add(&mut history, &Version { source: String::new(), ..a });
    let shown = View::of(&history).unwrap();
    assert_eq!((shown.observer, shown.author), (Some(DeviceId([1; 32])), DeviceId([2; 32])));
    assert_eq!(shown.source, "lago.csv");
    let b = Version { note: "b".into(), ..child(&history, &[root], 3) };
    let b = add(&mut history, &b);
    assert_eq!(View::of(&history).unwrap().observer, Some(DeviceId([1; 32])));
    let settled =
        Version { change: Change::Resolve, role: Role::Manager, ..child(&history, &[a, b], 4) };
    add(&mut history, &settled);
    assert_eq!(View::of(&history).unwrap().observer, Some(DeviceId([1; 32])));
}

#[test]
fn nobody_is_named_observer_where_the_first_version_is_not_held() {
    let mut whole = History::default();
    let root = add(&mut whole, &first());
    let edit = child(&whole, &[root], 2);
    let mut part = History::default();
    add(&mut part, &edit);
    assert_eq!(View::of(&part).unwrap().observer, None);
}

/// After an edit by this phone both values of a conflict were said to be this phone's.
#[test]
fn each_value_of_a_conflict_names_who_wrote_it_after_edits_and_merges() {
    let mut history = History::default();
    let root = add(&mut history, &first());
    let a = Version { note: "a".into(), ..child(&history, &[root], 2) };
    let a = add(&mut history, &a);
    let b = Version { note: "b".into(), ..child(&history, &[root], 3) };
    let b = add(&mut history, &b);
    let authors = |history: &History| {
        let conflicts = View::of(history).unwrap().conflicts;
        let note = conflicts.into_iter().find(|conflict| conflict.field == "note").unwrap();
        let mut said: Vec<_> = note
            .values
            .into_iter()
            .map(|choice| (choice.value, choice.author.unwrap().0[0]))
            .collect();
        said.sort_by_key(|(_, author)| *author);
        said
    };
    let said = [(FieldValue::Text("a".into()), 2), (FieldValue::Text("b".into()), 3)];
    assert_eq!(authors(&history), said);
    // A third person corrects another field of either, and then again.
    let (mut a, mut b) = (a, b);
    for category in ["fire", "fish_kill"] {
        let edit = Version { category: category.into(), ..child(&history, &[a], 7) };
        a = add(&mut history, &edit);
        let edit = Version { category: category.into(), ..child(&history, &[b], 7) };
        b = add(&mut history, &edit);
        assert_eq!(authors(&history), said);
    }
    // Two edits of one value are settled, and the settled one stands against the other value.
    let c = Version { category: "c".into(), ..child(&history, &[a], 8) };
    let c = add(&mut history, &c);
    let d = Version { category: "d".into(), ..child(&history, &[a], 9) };
    let d = add(&mut history, &d);
    let resolve =
        Version { change: Change::Resolve, role: Role::Manager, ..child(&history, &[c, d], 4) };
    add(&mut history, &resolve);
    assert_eq!(authors(&history), said);
}

#[test]
fn a_resolve_of_all_heads_ends_the_conflict_and_a_late_head_reopens_it() {
    let mut history = History::default();
    let root = add(&mut history, &first());
    let a = Version { note: "a".into(), ..child(&history, &[root], 2) };
    let a = add(&mut history, &a);
    let b = Version { note: "b".into(), ..child(&history, &[root], 3) };
    let b = add(&mut history, &b);
    let resolve = Version {
        note: "settled".into(),
        change: Change::Resolve,
        role: Role::Manager,
        ..child(&history, &[a, b], 4)
    };
    add(&mut history, &resolve);
    let view = View::of(&history).unwrap();
    assert_eq!((view.note.as_str(), view.heads.len()), ("settled", 1));
    let late = Version { note: "late".into(), ..child(&history, &[root], 5) };
    add(&mut history, &late);
    let view = View::of(&history).unwrap();
    assert_eq!((view.heads.len(), view.conflicts.len()), (2, 1));
}
