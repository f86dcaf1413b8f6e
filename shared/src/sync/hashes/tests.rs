//! Comparisons by hashes between two sets, message by message.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{from_cbor, to_cbor};

fn id(number: u32) -> VersionId {
    VersionId(*blake3::hash(&number.to_be_bytes()).as_bytes())
}

fn set(numbers: impl IntoIterator<Item = u32>) -> VersionSet {
    VersionSet::of(numbers.into_iter().map(id))
}

/// The difference, the messages in both directions, and the bytes of the longest.
fn compare(here: &VersionSet, there: &VersionSet) -> (Difference, usize, usize) {
    let (mut comparison, mut message) = Comparison::begin(here).unwrap();
    let (mut messages, mut longest) = (0, 0);
    loop {
        let reply = there.answer(&message).unwrap();
        messages += 2;
        longest = longest.max(message.0.len()).max(reply.0.len());
        match comparison.next(&reply).unwrap() {
            Some(next) => message = next,
            None => return (comparison.finish(), messages, longest),
        }
    }
}

#[test]
fn equal_sets_cost_one_round_trip_however_large() {
    for size in [0, 1, 10_000] {
        let (difference, messages, longest) = compare(&set(0..size), &set(0..size));
        assert_eq!(difference, Difference::default());
        assert!(messages == 2 && longest < 1_000, "{messages} messages of {longest} bytes");
    }
}

#[test]
fn a_large_difference_travels_in_many_messages_and_none_is_over_the_limit() {
    let (difference, messages, longest) = compare(&set(0..40_000), &set(20_000..60_000));
    assert_eq!((difference.here_only.len(), difference.there_only.len()), (20_000, 20_000));
    assert!(messages > 2);
    assert!(longest <= limits::HASH_MESSAGE_BYTES_MAX, "{longest}");
}

#[test]
fn a_message_over_the_limit_is_refused_and_one_at_the_limit_is_read() {
    let read = |length: usize| {
        let message = HashMessage(vec![0x61; length]);
        from_cbor::<HashMessage>(&to_cbor(&message).unwrap()).map(|read| assert_eq!(read, message))
    };
    assert!(read(limits::HASH_MESSAGE_BYTES_MAX).is_ok());
    assert!(read(limits::HASH_MESSAGE_BYTES_MAX + 1).is_err());
    let json = serde_json::to_string(&HashMessage(vec![1, 2])).unwrap();
    assert_eq!(json, r#""AQI=""#);
    assert_eq!(serde_json::from_str::<HashMessage>(&json).unwrap(), HashMessage(vec![1, 2]));
}

proptest! {
    #[test]
    fn exactly_what_differs_is_found(
        common in proptest::collection::btree_set(0u32..2_000, 0..300),
        here in proptest::collection::btree_set(2_000u32..3_000, 0..100),
        there in proptest::collection::btree_set(3_000u32..4_000, 0..100),
    ) {
        let ids = |numbers: &BTreeSet<u32>| {
            let mut ids: Vec<_> = numbers.iter().copied().map(id).collect();
            ids.sort_unstable();
            ids
        };
        let (difference, _, _) = compare(&set(&common | &here), &set(&common | &there));
        prop_assert_eq!(difference.here_only, ids(&here));
        prop_assert_eq!(difference.there_only, ids(&there));
    }

    #[test]
    fn noise_is_refused_or_answered_and_never_a_panic(
        mut noise in proptest::collection::vec(any::<u8>(), 0..200),
        is_versioned in any::<bool>(),
    ) {
        if is_versioned && !noise.is_empty() {
            noise[0] = 0x61;
        }
        let set = set(0..500);
        let _ = set.answer(&HashMessage(noise.clone()));
        let (mut comparison, _) = Comparison::begin(&set).unwrap();
        let _ = comparison.next(&HashMessage(noise));
    }
}
