//! What is kept and passed on, and not shown.

use super::harness::Side;
use crate::{Code, LogView, VersionBytes, write};

#[test]
fn bytes_that_are_no_version_are_quarantined_and_the_log_goes_on() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    let noise = VersionBytes::new(vec![0xff; 10]).unwrap();
    write(&mut alice.log, &alice.log_writer, noise).unwrap();
    alice.write(1, "one");
    let answer = laptop.take(&alice.run(alice.log_writer.writer(), 0));
    assert_eq!((answer.added, answer.refused), (2, None));
    assert_eq!(answer.quarantined[0].quarantine.code, Code::VersionMalformed);
    assert_eq!(laptop.log.records().count(), 1);
}

#[test]
fn a_newer_format_is_kept_and_forwarded_unchanged() {
    let (mut alice, mut laptop, mut bob) = (Side::new(1), Side::new(2), Side::new(3));
    let newer =
        serde_ipld_dagcbor::to_vec(&std::collections::BTreeMap::from([("format", 2)])).unwrap();
    write(&mut alice.log, &alice.log_writer, VersionBytes::new(newer.clone()).unwrap()).unwrap();
    laptop.take(&alice.run(alice.log_writer.writer(), 0));
    let answer = bob.take(&laptop.run(alice.log_writer.writer(), 0));
    assert_eq!(answer.quarantined[0].quarantine.code, Code::VersionNewer);
    let held = bob.log.entry(alice.log_writer.writer(), 1).unwrap().unwrap();
    assert_eq!(held.entry.version.as_slice(), newer);
}

#[test]
fn a_version_in_somebody_elses_name_is_quarantined() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    let logged = alice.write(1, "one");
    let mut version = logged.entry.version.decode().unwrap();
    version.author = laptop.log_writer.owner().device;
    version.note = "forged".into();
    write(&mut alice.log, &alice.log_writer, version.encode().unwrap()).unwrap();
    let answer = laptop.take(&alice.run(alice.log_writer.writer(), 0));
    assert_eq!(answer.quarantined[0].quarantine.code, Code::AuthorMismatch);
}
