//! What is shown of a record with many heads is bounded.

use super::*;

/// Heads of which each says keys of its own, as who floods a record would; with nothing before
/// them, or one version.
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
