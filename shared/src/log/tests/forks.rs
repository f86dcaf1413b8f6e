//! A phone that was restored from a backup, and one that was cloned.

use super::harness::Side;
use crate::LogView;

/// A phone's storage was restored from a backup: the laptop knows its log further than it does
/// itself. Going on writing at the old seq would put two entries at one place.
#[test]
fn a_restored_phone_gets_its_entries_back_and_begins_a_new_log() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    let backup = alice.log.clone();
    alice.write(2, "two");
    laptop.take(&alice.run(alice.log_writer.writer(), 0));
    alice.log = backup;
    let old = alice.log_writer.writer();
    let answer = alice.take(&laptop.run(old, 0));
    assert_eq!((answer.known, answer.added), (1, 1));
    assert_ne!(alice.log_writer.writer(), old);
    assert_eq!(alice.versions(), laptop.versions());
}

/// A phone was cloned, and both copies wrote at the same place of one log. Whoever learns of it
/// first, every version is kept, and all agree on who keeps the place.
#[test]
fn both_ways_of_a_cloned_log_are_kept_and_the_place_goes_to_the_same_way_everywhere() {
    let mut alice = Side::new(1);
    alice.write(1, "before");
    let mut clone =
        Side { log: alice.log.clone(), log_writer: alice.log_writer.clone(), epochs: 200 };
    let shared_log = alice.log_writer.writer();
    alice.write(2, "by the original");
    clone.write(3, "by the clone");
    clone.write(3, "by the clone again");
    let (original, cloned) = (alice.run(shared_log, 0), clone.run(shared_log, 0));

    let mut places = Vec::new();
    for order in [[&original, &cloned], [&cloned, &original]] {
        let mut laptop = Side::new(5);
        laptop.take(order[0]);
        let answer = laptop.take(order[1]);
        assert_eq!(answer.forked_at, Some(2));
        assert_eq!(laptop.versions().len(), 4, "no version is lost");
        assert_eq!(laptop.log.records().count(), 3);
        places.push(laptop.log.position(shared_log).unwrap());

        // A version that had to move still proves who signed it first, and is shown.
        let moved = laptop.run(laptop.log_writer.writer(), 0);
        assert!(moved.entries.iter().all(|entry| entry.origin.is_some()));
        assert!(moved.entries.iter().all(|entry| entry.quarantine.is_none()));
    }
    assert_eq!(places[0], places[1]);

    alice.take(&cloned);
    clone.take(&original);
    assert_ne!(alice.log_writer.writer(), shared_log, "the original goes on in a new log");
    assert_ne!(clone.log_writer.writer(), shared_log, "the clone goes on in a new log");
    assert_eq!(alice.versions(), clone.versions());
}
