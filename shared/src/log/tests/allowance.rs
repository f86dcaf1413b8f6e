//! How much one device may bring, on both sides of each limit.

use super::harness::{Side, charter};
use crate::{
    Admission, Answer, Author, Change, Draft, Epoch, LogView, LogWriter, MemoryLog, Position,
    Range, RecordId, Refusal, Role, Run, Timestamp, VersionBytes, collect, limits, take_run, write,
};

/// A log of one entry by the device of this key.
fn log_of(key: u16, epoch: u16) -> Run {
    let mut secret = [0; 32];
    secret[..2].copy_from_slice(&key.to_be_bytes());
    let mut salt = [0; 16];
    salt[..2].copy_from_slice(&epoch.to_be_bytes());
    let log_writer = LogWriter::new(&secret, Epoch(salt));
    let mut log = MemoryLog::new(charter());
    let now = Timestamp::from_millis(0);
    let by = Author { device: log_writer.owner().device, role: Role::Monitor, now };
    let draft = Draft { category: "fire".into(), ..Draft::default() };
    let version = draft.version(&log, RecordId([1; 16]), Change::Edit, by).unwrap();
    write(&mut log, &log_writer, version.encode().unwrap()).unwrap();
    run_of(&log, &log_writer, 0)
}

fn run_of(log: &MemoryLog, log_writer: &LogWriter, after: u64) -> Run {
    let until = log.position(log_writer.writer()).unwrap();
    let chain = log.chain_at(log_writer.writer(), after).unwrap().unwrap();
    let range = Range { writer: log_writer.writer(), after: Position { seq: after, chain }, until };
    collect(log, log_writer.writer(), &[range]).unwrap().runs.remove(0)
}

fn take(log: &mut MemoryLog, run: &Run, brought_by: Role) -> Option<Refusal> {
    let mut log_writer = LogWriter::new(&[77; 32], Epoch([77; 16]));
    let mut admission = Admission {
        verify: false,
        log_writer: &mut log_writer,
        fresh_epoch: Epoch([78; 16]),
        brought_by,
    };
    take_run(log, &mut admission, run).unwrap().refused.map(|refused| refused.code)
}

#[test]
fn a_phone_brings_a_hundred_logs_of_a_device_and_no_more() {
    let mut log = MemoryLog::new(charter());
    for epoch in 0..limits::LOGS_OF_DEVICE_MAX as u16 {
        assert_eq!(take(&mut log, &log_of(1, epoch), Role::Monitor), None);
    }
    let one_more = log_of(1, 60_000);
    assert_eq!(take(&mut log, &one_more, Role::Monitor), Some(Refusal::TooManyLogs));
    assert_eq!(log.logs_of(one_more.owner.unwrap().device), Ok(limits::LOGS_OF_DEVICE_MAX));
    assert_eq!(take(&mut log, &log_of(2, 0), Role::Monitor), None, "another device");
    assert_eq!(take(&mut log, &one_more, Role::Manager), None, "another laptop took it");
    assert_eq!(take(&mut log, &one_more, Role::Monitor), None, "it is held");
}

#[test]
fn two_laptops_that_took_different_logs_of_a_device_end_up_with_the_same() {
    let (mut here, mut there) = (Side::new(1), Side::new(2));
    let most = limits::LOGS_OF_DEVICE_MAX as u16;
    for epoch in 0..most {
        assert_eq!(take(&mut here.log, &log_of(3, epoch), Role::Monitor), None);
        assert_eq!(take(&mut there.log, &log_of(3, most + epoch), Role::Monitor), None);
    }
    here.takes_all_of(&there);
    there.takes_all_of(&here);
    assert_eq!(here.log.clock(), there.log.clock());
    assert_eq!(here.log.clock().unwrap().len(), 2 * usize::from(most));
    assert_eq!(here.shown(RecordId([1; 16])), there.shown(RecordId([1; 16])));
}

#[test]
fn logs_of_devices_that_nobody_named_never_fill_a_project() {
    let (mut laptop, mut named) = (Side::new(9), Side::new(1));
    for key in 0..limits::STRANGER_LOGS_MAX as u16 {
        assert_eq!(take(&mut laptop.log, &log_of(key, 0), Role::Monitor), None);
    }
    let stranger = log_of(60_000, 0);
    assert_eq!(take(&mut laptop.log, &stranger, Role::Monitor), Some(Refusal::TooManyStrangers));
    named.write(2, "by somebody who was let in");
    let run = named.run(named.log_writer.writer(), 0);
    assert_eq!(take(&mut laptop.log, &run, Role::Monitor), Some(Refusal::TooManyStrangers));
    laptop.name(&named);
    assert_eq!(take(&mut laptop.log, &run, Role::Monitor), None);
    assert_eq!(laptop.log.stranger_logs(), Ok(limits::STRANGER_LOGS_MAX));
    laptop.write(3, "the founder needs nobody to name it");
}

#[test]
fn what_is_held_in_quarantine_of_a_device_is_counted_and_bounded() {
    let log_writer = LogWriter::new(&[5; 32], Epoch([5; 16]));
    let mut theirs = MemoryLog::new(charter());
    let bytes = limits::VERSION_BYTES_MAX;
    let most = limits::QUARANTINED_BYTES_OF_DEVICE_MAX / bytes;
    for _ in 0..=most {
        write(&mut theirs, &log_writer, VersionBytes::new(vec![0xff; bytes]).unwrap()).unwrap();
    }
    let mut log = MemoryLog::new(charter());
    let all = run_of(&theirs, &log_writer, 0).entries.len();
    let (mut after, mut refused) = (0, None);
    while refused.is_none() && after <= most as u64 {
        refused = take(&mut log, &run_of(&theirs, &log_writer, after), Role::Monitor);
        after = log.position(log_writer.writer()).unwrap().seq;
    }
    assert!(all > 0 && refused == Some(Refusal::TooManyQuarantined), "{refused:?} after {after}");
    let held = log.quarantine_usage(log_writer.owner().device).unwrap();
    assert_eq!((held.entries, held.bytes), (after, after * bytes as u64));
    assert_eq!(after, most as u64, "not one less");
    assert_eq!(take(&mut log, &run_of(&theirs, &log_writer, after), Role::Manager), None);
}

#[test]
fn a_device_has_so_many_heads_of_a_record_and_no_more() {
    let log_writer = LogWriter::new(&[5; 32], Epoch([5; 16]));
    let mut theirs = MemoryLog::new(charter());
    let device = log_writer.owner().device;
    let by = Author { device, role: Role::Monitor, now: Timestamp::from_millis(0) };
    let alone = MemoryLog::new(charter());
    let record = RecordId([1; 16]);
    let version = |on: &MemoryLog, note: usize| {
        let answers = [("n".to_owned(), Answer::Integer(note as i64))].into();
        let draft = Draft { category: "fire".into(), answers, ..Draft::default() };
        draft.version(on, record, Change::Edit, by).unwrap().encode().unwrap()
    };
    for note in 0..=limits::HEADS_OF_DEVICE_MAX {
        write(&mut theirs, &log_writer, version(&alone, note)).unwrap();
    }
    let mut log = MemoryLog::new(charter());
    let mut refused = None;
    while refused.is_none() {
        let after = log.position(log_writer.writer()).unwrap().seq;
        refused = take(&mut log, &run_of(&theirs, &log_writer, after), Role::Monitor);
    }
    assert_eq!(refused, Some(Refusal::TooManyHeads));
    assert_eq!(log.heads(record).unwrap().len(), limits::HEADS_OF_DEVICE_MAX);

    let mut honest = Side::new(1);
    honest.write(1, "by another");
    let run = honest.run(honest.log_writer.writer(), 0);
    assert_eq!(take(&mut log, &run, Role::Monitor), None, "another device has its own");
}
