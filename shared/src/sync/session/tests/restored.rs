//! A phone whose storage went back, or was copied.

use super::harness::{Side, meet, session_of};
use crate::{LogView, Notice, Output};

#[test]
fn a_phone_that_lost_its_tail_is_told_so_and_begins_a_new_log() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1);
    let backup = alice.log.clone();
    alice.write(2);
    meet(&mut session_of(&alice), &mut alice, &mut laptop);
    let old = alice.log_writer.writer();
    alice.log = backup;
    let traffic = meet(&mut session_of(&alice), &mut alice, &mut laptop);
    assert_eq!(traffic.notices, [Notice::LogLost { writer: old }]);
    assert_ne!(alice.log_writer.writer(), old);
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
}

#[test]
fn a_log_that_went_two_ways_ends_the_same_on_both_sides_whichever_is_longer() {
    for (original, cloned) in [(1, 1), (40, 3), (3, 40)] {
        let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
        (0..20).for_each(|record| alice.write(record));
        let mut clone = Side { log: alice.log.clone(), log_writer: alice.log_writer.clone() };
        (100..100 + original).for_each(|record| alice.write(record));
        (200..200 + cloned).for_each(|record| clone.write(record));
        meet(&mut session_of(&alice), &mut alice, &mut laptop);
        let traffic = meet(&mut session_of(&clone), &mut clone, &mut laptop);
        assert!(matches!(traffic.end, Some(Output::Finished(_))), "{original} and {cloned}");
        let records = usize::from(20 + original + cloned);
        assert_eq!(laptop.log.records().count(), records);
        assert_eq!(clone.log.records().count(), records);
        assert!(!traffic.notices.is_empty());
    }
}

/// A phone's storage went back to before it held the laptop's log, while its memory of the last
/// meeting did not. The offer told only what had moved, so the laptop believed that the phone still
/// held that log, and never gave it again.
#[test]
fn a_phone_that_went_back_to_before_it_held_a_log_is_given_it_again() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1);
    laptop.write(2);
    let backup = alice.log.clone();
    let mut session = session_of(&alice);
    meet(&mut session, &mut alice, &mut laptop);
    alice.log = backup;
    laptop.write(3);
    let again = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(again.end, Some(Output::Finished(_))));
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
}
