//! What is taken from a run, and what is refused by name.

use super::harness::{Side, charter};
use crate::{Charter, Epoch, LogView, MemoryLog, Refusal, Refused, VersionBytes, limits, write};

#[test]
fn a_run_is_taken_once_and_counted_once() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    alice.write(2, "two");
    let run = alice.run(alice.log_writer.writer(), 0);
    let first = laptop.take(&run);
    assert_eq!((first.known, first.added, first.durable.seq), (0, 2, 2));
    let again = laptop.take(&run);
    assert_eq!((again.known, again.added, again.durable), (2, 0, first.durable));
    assert_eq!(laptop.log.clock().unwrap(), alice.log.clock().unwrap());
}

#[test]
fn a_gap_is_refused_and_nothing_is_kept() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    alice.write(2, "two");
    let answer = laptop.take(&alice.run(alice.log_writer.writer(), 1));
    assert_eq!(answer.refused, Some(Refused { seq: 2, code: Refusal::Gap }));
    assert!(laptop.log.clock().unwrap().is_empty());
}

#[test]
fn an_altered_version_is_refused_and_the_prefix_before_it_is_kept() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    alice.write(2, "two");
    let mut run = alice.run(alice.log_writer.writer(), 0);
    let mut version = run.entries[1].version.decode().unwrap();
    version.note = "altered".into();
    run.entries[1].version = version.encode().unwrap();
    let answer = laptop.take(&run);
    assert_eq!((answer.added, answer.durable.seq), (1, 1));
    assert_eq!(answer.refused, Some(Refused { seq: 2, code: Refusal::SignatureInvalid }));
}

#[test]
fn an_entry_of_another_project_is_refused() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.log = MemoryLog::new(Charter { salt: Epoch([8; 16]), ..charter() });
    alice.write(1, "one");
    let answer = laptop.take(&alice.run(alice.log_writer.writer(), 0));
    assert_eq!(answer.refused, Some(Refused { seq: 1, code: Refusal::SignatureInvalid }));
}

#[test]
fn a_log_without_or_with_a_foreign_owner_is_refused() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    let mut run = alice.run(alice.log_writer.writer(), 0);
    run.owner = Some(laptop.log_writer.owner());
    assert_eq!(laptop.take(&run).refused.unwrap().code, Refusal::OwnerMismatch);
    run.owner = None;
    assert_eq!(laptop.take(&run).refused.unwrap().code, Refusal::OwnerMissing);
}

#[test]
fn a_wrong_chain_before_the_run_is_refused() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    laptop.take(&alice.run(alice.log_writer.writer(), 0));
    alice.write(2, "two");
    let mut run = alice.run(alice.log_writer.writer(), 1);
    run.after.chain.0[0] ^= 1;
    assert_eq!(laptop.take(&run).refused.unwrap().code, Refusal::ChainMismatch);
}

#[test]
fn a_version_over_the_limit_is_refused_and_one_at_the_limit_is_kept() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    let largest = VersionBytes::new(vec![0; limits::VERSION_BYTES_MAX]).unwrap();
    assert!(VersionBytes::new(vec![0; limits::VERSION_BYTES_MAX + 1]).is_err());
    write(&mut alice.log, &alice.log_writer, largest).unwrap();
    let mut run = alice.run(alice.log_writer.writer(), 0);
    assert_eq!(laptop.take(&run).added, 1);
    let fat = vec![0; limits::VERSION_BYTES_MAX + 1];
    let fat = serde_ipld_dagcbor::to_vec(&serde_bytes::ByteBuf::from(fat)).unwrap();
    run.entries[0].version = serde_ipld_dagcbor::from_slice(&fat).unwrap();
    assert_eq!(Side::new(4).take(&run).refused.unwrap().code, Refusal::VersionTooLarge);
}

/// A phone that passed an entry on stripped its origin, or invented one. The signature did not
/// cover it, so the laptop took the version for a stranger's word, hid it, and never asked for the
/// true entry again.
#[test]
fn an_entry_whose_origin_was_stripped_or_invented_on_the_way_is_refused() {
    let (mut alice, mut laptop, mut bob) = (Side::new(1), Side::new(2), Side::new(3));
    let mut clone =
        Side { log: alice.log.clone(), log_writer: alice.log_writer.clone(), epochs: 200 };
    alice.write(1, "by the original");
    clone.write(2, "by the clone");
    laptop.take(&alice.run(alice.log_writer.writer(), 0));
    laptop.take(&clone.run(clone.log_writer.writer(), 0));
    let moved = laptop.run(laptop.log_writer.writer(), 0);

    let (mut stripped, mut invented) = (moved.clone(), alice.run(alice.log_writer.writer(), 0));
    stripped.entries[0].origin = None;
    invented.entries[0].origin = moved.entries[0].origin;
    for run in [&stripped, &invented] {
        let refused = Refused { seq: 1, code: Refusal::SignatureInvalid };
        assert_eq!(bob.take(run).refused, Some(refused));
    }
    assert_eq!(bob.take(&moved).quarantined, []);
}
