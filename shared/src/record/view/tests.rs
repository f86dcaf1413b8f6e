//! What is shown, and that it depends on the set of versions alone.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

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

/// Histories of up to 8 versions, each following one or two earlier ones.
fn histories() -> impl Strategy<Value = History> {
    let step = (any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), 0u8..3, 0u8..4);
    proptest::collection::vec(step, 0..8).prop_map(|steps| {
        let mut history = History::default();
        let mut ids = vec![add(&mut history, &first())];
        for (one, two, note, change) in steps {
            let mut parents = vec![*one.get(&ids), *two.get(&ids)];
            parents.sort_unstable();
            parents.dedup();
            let mut version = child(&history, &parents, note);
            match change {
                0 => version.note = note.to_string(),
                1 => {
                    version.answers.insert("depth".into(), Answer::Integer(note.into()));
                }
                2 if version.media.iter().all(|has| has.hash.0[0] != note) => {
                    let at = usize::from(note).min(version.media.len());
                    version.media.insert(at, media(note));
                }
                2 => version.media.rotate_left(1),
                _ => {
                    version.change = Change::Delete;
                    version.role = Role::Manager;
                }
            }
            ids.push(add(&mut history, &version));
        }
        history
    })
}

fn joined(a: &History, b: &History) -> History {
    let mut history = a.clone();
    history.join(b);
    history
}

/// Any part of a history, as it may be held half way through a sync.
fn parts() -> impl Strategy<Value = (History, History, History)> {
    (histories(), proptest::collection::vec(0u8..8, 8)).prop_map(|(whole, membership)| {
        let mut parts = [History::default(), History::default(), History::default()];
        for (index, (id, version)) in whole.iter().enumerate() {
            for (bit, part) in parts.iter_mut().enumerate() {
                if membership.get(index).is_some_and(|m| m & (1 << bit) != 0) {
                    part.insert(id, version.clone());
                }
            }
        }
        let [a, b, c] = parts;
        (a, b, c)
    })
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent((a, b, c) in parts()) {
        prop_assert_eq!(View::of(&joined(&a, &b)), View::of(&joined(&b, &a)));
        prop_assert_eq!(
            View::of(&joined(&joined(&a, &b), &c)),
            View::of(&joined(&a, &joined(&b, &c)))
        );
        prop_assert_eq!(View::of(&joined(&a, &a)), View::of(&a));
    }

    /// Of the files that are shown, the best head's stand in its order, and no file stands twice.
    #[test]
    fn merged_files_keep_the_order_of_the_best_head_and_stand_once(history in histories()) {
        let view = View::of(&history).unwrap();
        let best = history.get(view.winner).unwrap();
        let shown: Vec<_> = view.media.iter().filter(|media| best.media.contains(media)).collect();
        let own: Vec<_> = best.media.iter().filter(|media| view.media.contains(media)).collect();
        prop_assert_eq!(shown, own);
        let once: BTreeSet<_> = view.media.iter().map(|media| media.hash).collect();
        prop_assert_eq!(once.len(), view.media.len());
    }

    /// Two people add files to the same list without moving any: each finds its own order again.
    #[test]
    fn files_added_on_two_sides_keep_the_order_of_both(
        sides in proptest::collection::vec(0u8..4, 0..12),
    ) {
        // 0: there before, 1: added on one side, 2: on the other, 3: on both.
        let list = |wanted: &[u8]| -> Vec<_> {
            let numbered = sides.iter().enumerate().filter(|(_, side)| wanted.contains(side));
            numbered.map(|(at, _)| media(at as u8 * 7 + 1)).collect()
        };
        let mut history = History::default();
        let root = add(&mut history, &Version { media: list(&[0]), ..first() });
        let one = Version { note: "1".into(), media: list(&[0, 1, 3]), ..child(&history, &[root], 2) };
        let two = Version { note: "2".into(), media: list(&[0, 2, 3]), ..child(&history, &[root], 3) };
        add(&mut history, &one);
        add(&mut history, &two);
        let shown = View::of(&history).unwrap().media;
        prop_assert_eq!(shown.len(), sides.len());
        for side in [one, two] {
            let order: Vec<_> =
                shown.iter().filter(|media| side.media.contains(media)).cloned().collect();
            prop_assert_eq!(order, side.media);
        }
    }

    #[test]
    fn every_value_of_a_head_is_shown_or_listed_or_was_there_before(history in histories()) {
        let view = View::of(&history).unwrap();
        let Ok(heads) = Heads::load(&history);
        let base = heads.base.map(|v| v.note);
        for head in &view.heads {
            let version = history.get(*head).unwrap();
            if version.change == Change::Delete && !view.deleted {
                continue;
            }
            let listed = view.conflicts.iter().filter(|c| c.field == "note").any(|c| {
                c.values.iter().any(|v| v.value == FieldValue::Text(version.note.clone()))
            });
            prop_assert!(
                version.note == view.note || listed || Some(&version.note) == base.as_ref()
            );
        }
    }
}

/// Heads of which each says keys of its own, as who floods a record would; with nothing before them, or one version.
fn flooded(heads: usize, keys: usize, bytes: usize, has_root: bool) -> View {
    let mut history = History::default();
    let root = has_root.then(|| add(&mut history, &first()));
    for head in 0..heads {
        let answers =
            (0..keys).map(|key| (format!("{head}.{key}"), Answer::Text("x".repeat(bytes))));
        let answers = answers.collect();
        let generation = 1 + u32::from(has_root);
        let parents = root.into_iter().collect();
        let note = head.to_string();
        add(&mut history, &Version { answers, note, parents, generation, ..first() });
    }
    View::of(&history).unwrap()
}

#[test]
fn what_is_shown_of_many_heads_is_bounded_and_the_rest_is_counted() {
    let few = flooded(limits::HEADS_SHOWN_MAX, 1, 1, false);
    assert_eq!((few.heads.len(), few.heads_more), (limits::HEADS_SHOWN_MAX, 0));
    // A field for each key, and the note.
    assert_eq!((few.conflicts.len(), few.conflicts_more), (limits::CONFLICTS_SHOWN_MAX, 1));

    let many = flooded(200, limits::ANSWERS_MAX, 2, false);
    assert_eq!((many.heads.len(), many.heads_more), (limits::HEADS_SHOWN_MAX, 200 - 64));
    assert_eq!(many.conflicts.len(), limits::CONFLICTS_SHOWN_MAX);
    assert_eq!(many.conflicts_more, (64 * limits::ANSWERS_MAX + 1 - 64) as u64);

    let merged = flooded(200, limits::ANSWERS_MAX, 2, true);
    assert_eq!((merged.heads.len(), merged.heads_more), (limits::HEADS_SHOWN_MAX, 200 - 64));
    assert_eq!(merged.answers.len(), limits::ANSWERS_MAX);
    assert_eq!(merged.answers_more, (63 * limits::ANSWERS_MAX) as u64);
    assert_eq!((merged.conflicts.len(), merged.conflicts_more), (1, 0), "the note alone");

    for has_root in [false, true] {
        let large = flooded(100, 11, limits::ANSWER_BYTES_MAX, has_root);
        let json = serde_json::to_string(&large).unwrap().len();
        let bound = limits::VERSION_BYTES_MAX + limits::CONFLICT_BYTES_MAX + 64 * 1024;
        assert!(json <= bound, "{json} bytes");
    }
}

#[test]
fn the_winners_answers_are_all_shown_whatever_others_add() {
    let mut history = History::default();
    let said = |prefix: &str, number| -> BTreeMap<_, _> {
        let keys = (0..limits::ANSWERS_MAX).map(|key| format!("{prefix}{key}"));
        keys.map(|key| (key, Answer::Integer(number))).collect()
    };
    let root = add(&mut history, &first());
    let longer = child(&history, &[root], 2);
    let longer = add(&mut history, &longer);
    let best = Version { answers: said("z", 1), ..child(&history, &[longer], 2) };
    add(&mut history, &best);
    let other = Version { answers: said("a", 2), ..child(&history, &[root], 3) };
    add(&mut history, &other);
    let view = View::of(&history).unwrap();
    assert_eq!((view.answers, view.answers_more), (said("z", 1), limits::ANSWERS_MAX as u64));
}

#[test]
fn files_beyond_what_is_shown_are_counted() {
    for (heads, more) in [(4, 0), (5, limits::MEDIA_MAX)] {
        let mut history = History::default();
        for head in 0..heads {
            let files =
                (0..limits::MEDIA_MAX).map(|at| media((head * limits::MEDIA_MAX + at) as u8));
            let files = files.enumerate().map(|(at, file)| MediaRef {
                hash: crate::ContentHash(
                    [(head * limits::MEDIA_MAX + at) as u8, head as u8]
                        .repeat(16)
                        .try_into()
                        .unwrap(),
                ),
                ..file
            });
            let mut files: Vec<_> = files.collect();
            files.sort_unstable();
            add(&mut history, &Version { media: files, note: head.to_string(), ..first() });
        }
        let view = View::of(&history).unwrap();
        assert_eq!((view.media.len(), view.media_more), (limits::MEDIA_SHOWN_MAX, more as u64));
    }
}

/// Key by key from the definition, as it was merged before: each head's value compared with the ancestor's.
fn merged_key_by_key(history: &History) -> Vec<(String, Vec<FieldValue>)> {
    let Ok(Heads { best, base, .. }) = Heads::load(history);
    let kept: Vec<_> = best.iter().filter(|(_, v)| v.change != Change::Delete).collect();
    let heads = if kept.is_empty() { best.iter().collect() } else { kept };
    let keys: BTreeSet<_> = heads.iter().flat_map(|(_, v)| v.answers.keys().cloned()).collect();
    let mut merged = Vec::new();
    for key in keys {
        let unchanged = base.as_ref().map(|base| base.answers.get(&key).cloned());
        let mut values: Vec<Option<Answer>> = Vec::new();
        for (_, head) in &heads {
            let value = head.answers.get(&key).cloned();
            if unchanged.as_ref() != Some(&value) && !values.contains(&value) {
                values.push(value);
            }
        }
        merged
            .push((format!("answers.{key}"), values.into_iter().map(FieldValue::Answer).collect()));
    }
    merged
}

proptest! {
    #[test]
    fn answers_merged_in_one_pass_are_those_merged_key_by_key(
        heads in prop::collection::vec(prop::collection::btree_map("[a-d]", 0i64..3, 0..4), 1..6),
        has_root: bool,
    ) {
        let mut history = History::default();
        let said = |answers: &BTreeMap<String, i64>| {
            answers.iter().map(|(key, n)| (key.clone(), Answer::Integer(*n))).collect()
        };
        let root = add(&mut history, &Version { answers: said(&heads[0]), ..first() });
        for (at, answers) in heads.iter().enumerate().skip(1) {
            let parents = if has_root || at % 2 == 0 { vec![root] } else { vec![] };
            let generation = 1 + parents.len() as u32;
            let note = at.to_string();
            add(&mut history, &Version { parents, generation, note, answers: said(answers), ..first() });
        }
        let view = View::of(&history).unwrap();
        for (field, values) in merged_key_by_key(&history) {
            let conflict = view.conflicts.iter().find(|conflict| conflict.field == field);
            match conflict {
                Some(conflict) => {
                    let listed: Vec<_> = conflict.values.iter().map(|v| v.value.clone()).collect();
                    prop_assert_eq!(&listed, &values);
                }
                None => prop_assert!(values.len() < 2, "{} is not listed", field),
            }
            let key = field.trim_start_matches("answers.");
            if let Some(value) = values.first() {
                prop_assert_eq!(&FieldValue::Answer(view.answers.get(key).cloned()), value);
            }
        }
    }
}
