//! Which versions of a record are its heads.

use proptest::prelude::*;

use super::harness::Side;
use crate::{History, LogView, RecordId};

#[test]
fn two_edits_of_one_version_are_both_heads_and_a_monitors_third_keeps_the_conflict() {
    let (mut alice, mut bob) = (Side::new(1), Side::new(2));
    alice.write(1, "first");
    bob.take(&alice.run(alice.log_writer.writer(), 0));
    alice.write(1, "by alice");
    bob.write(1, "by bob");
    bob.take(&alice.run(alice.log_writer.writer(), 0));
    assert_eq!(bob.log.heads(RecordId([1; 16])).unwrap().len(), 2);
    bob.write(1, "by bob, who saw both");
    assert_eq!(bob.log.heads(RecordId([1; 16])).unwrap().len(), 2);
}

proptest! {
    /// The heads are the versions without children, however the runs arrive.
    #[test]
    fn heads_never_depend_on_the_order_of_arrival(
        writes in proptest::collection::vec((0usize..3, 0u8..3, any::<bool>()), 1..20),
        seed in any::<u64>(),
    ) {
        let mut sides = [Side::new(1), Side::new(2), Side::new(3)];
        for (who, record, meet) in writes {
            sides[who].write(record, "note");
            if meet {
                let writer = sides[who].log_writer.writer();
                let run = sides[who].run(writer, 0);
                sides[(who + 1) % 3].take(&run);
            }
        }
        let mut runs: Vec<_> = sides.iter().filter_map(|side| {
            let writer = side.log_writer.writer();
            (side.log.position(writer).unwrap().seq > 0).then(|| side.run(writer, 0))
        }).collect();
        let mut forwards = Side::new(4);
        for run in &runs {
            forwards.take(run);
        }
        fastrand::Rng::with_seed(seed).shuffle(&mut runs);
        let mut shuffled = Side::new(4);
        for run in &runs {
            shuffled.take(run);
        }
        prop_assert!(forwards.log.records().eq(shuffled.log.records()));
        for (record, heads) in forwards.log.records() {
            let history = History::load_all(&forwards.log, record).unwrap();
            prop_assert_eq!(history.heads(), heads);
        }
    }
}
