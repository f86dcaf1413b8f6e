//! Laws of merging, for any histories.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

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

/// Key by key from the definition, as it was merged before: each head's value compared with the
/// ancestor's.
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
