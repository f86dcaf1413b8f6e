//! Whatever the two sides held before, both end with the same, in few and small messages.

use super::harness::{Side, meet, session_of};
use crate::{Epoch, LogView, Output, Position, Progress, Range, WriterId, collect, limits};

#[test]
fn both_sides_end_with_the_same_and_the_next_meeting_is_one_small_round_trip() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    (0..1200).for_each(|record| alice.write(record));
    (2000..2700).for_each(|record| laptop.write(record));
    let mut session = session_of(&alice);
    let first = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(first.end, Some(Output::Finished(_))));
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
    assert_eq!(session.progress(), Progress { done: 1900, total: 1900 });

    let next = meet(&mut session, &mut alice, &mut laptop);
    assert_eq!(next.requests, 1);
    assert!(next.bytes_up_max <= 300 && next.bytes_down_max <= 300);
}

#[test]
fn a_project_of_many_writers_costs_no_more_than_the_writers_that_moved() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    for number in 0..600u16 {
        let mut other = Side::new(3);
        let mut epoch = [0; 16];
        epoch[..2].copy_from_slice(&number.to_be_bytes());
        other.log_writer.renew(Epoch(epoch));
        other.write(number);
        let clock = other.log.clock().unwrap();
        let runs =
            clock.iter().map(|(writer, until)| Range { writer, after: Position::START, until });
        let batch = collect(&other.log, writer_of(&other), &runs.collect::<Vec<_>>()).unwrap();
        laptop.store(&batch, 90);
    }
    let mut session = session_of(&alice);
    let first = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(first.end, Some(Output::Finished(_))));
    assert_eq!(alice.log.clock().unwrap().len(), 600);

    alice.write(1000);
    laptop.write(1001);
    let next = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(next.end, Some(Output::Finished(_))));
    assert!(next.requests <= 4, "offer, push, pull, and an offer at most");
    assert!(next.bytes_up_max <= 1000 && next.bytes_down_max <= 1000);
}

fn writer_of(side: &Side) -> WriterId {
    side.log_writer.writer()
}

#[test]
fn a_laptop_that_forgot_the_last_meeting_asks_for_the_whole_clock() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1);
    let mut session = session_of(&alice);
    meet(&mut session, &mut alice, &mut laptop);
    let mut other = Side::new(4);
    other.write(2);
    let next = meet(&mut session, &mut alice, &mut other);
    assert!(matches!(next.end, Some(Output::Finished(_))));
    assert_eq!(other.log.clock().unwrap(), alice.log.clock().unwrap());
}

/// A laptop back from a long journey had more logs for another laptop than one batch may name, and
/// every try to send them was refused as too large.
#[test]
fn more_logs_than_a_batch_may_name_are_sent_in_several() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    for number in 0..=limits::RANGES_MAX as u16 {
        let mut epoch = [7; 16];
        epoch[..2].copy_from_slice(&number.to_be_bytes());
        alice.log_writer.renew(Epoch(epoch));
        alice.write(number);
    }
    let mut session = session_of(&alice);
    let traffic = meet(&mut session, &mut alice, &mut laptop);
    assert!(matches!(traffic.end, Some(Output::Finished(_))), "{:?}", traffic.end);
    assert_eq!(alice.log.clock().unwrap(), laptop.log.clock().unwrap());
}
