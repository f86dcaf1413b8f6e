//! The table of failures, a row a test: how it is noticed, what is done, and what the manager
//! reads.

use std::{
    io::Write,
    net::{Shutdown, TcpStream},
};

use chasqui_harness::{Phone, bearer, copy, on_ports::Laptop};
use chasqui_shared::{Epoch, LogView, LogWriter, Request, Timestamp, VersionBytes, offer, to_cbor};

/// One post of CBOR as it travels.
fn http(laptop: &Laptop, path: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /api/v1/{path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/cbor\r\n\
         authorization: {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        bearer(&laptop.key),
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn connect(laptop: &Laptop) -> TcpStream {
    TcpStream::connect(laptop.url.strip_prefix("http://").unwrap()).unwrap()
}

#[test]
fn a_phone_restored_from_a_backup_gets_its_records_back_and_goes_on_in_a_new_log() {
    let laptop = Laptop::start();
    let mut alice = Phone::new(&laptop, 1);
    alice.record(1, "before the backup");
    let backup = alice.clone();
    let after = alice.record(2, "after the backup");
    alice.sync_by_http(&laptop);

    let mut alice = backup;
    let old = alice.log_writer.writer();
    assert_eq!(alice.sync_by_http(&laptop), ["log_lost"]);
    assert!(alice.holds(after));
    assert_ne!(alice.log_writer.writer(), old);
    alice.record(3, "after the restore");
    alice.sync_by_http(&laptop);
    assert_eq!(laptop.notes(), ["after the backup", "after the restore", "before the backup"]);
    assert!(laptop.notices().contains(&"log_lost".into()));
}

#[test]
fn a_laptop_restored_from_a_backup_gets_its_records_back_and_goes_on_in_a_new_log() {
    let (town, village) = {
        let town = Laptop::start();
        let village = Laptop::start_with(&town);
        (town, village)
    };
    village.observe("1", "before the backup");
    let directory = village.stop();
    let backup = copy(directory.path());
    let village = Laptop::start_in(directory);
    village.observe("2", "after the backup");
    assert_eq!(village.meet(&town).failure, None);
    drop(village);

    let village = Laptop::start_in(backup);
    let old = village.writer();
    assert_eq!(village.notes(), ["before the backup"]);
    let met = village.meet(&town);
    assert_eq!(met.failure, None);
    assert_eq!(met.notices[0].code, "log_lost");
    assert_ne!(village.writer(), old);
    village.observe("3", "after the restore");
    village.meet(&town);
    for laptop in [&village, &town] {
        let notes = ["after the backup", "after the restore", "before the backup"];
        assert_eq!(laptop.notes(), notes);
        assert!(laptop.notices().contains(&"log_lost".into()));
    }
    assert_eq!(village.digest(), town.digest());
}

#[test]
fn a_cloned_phone_and_its_original_are_both_kept_and_neither_goes_on_in_the_shared_log() {
    let laptop = Laptop::start();
    let mut alice = Phone::new(&laptop, 1);
    alice.record(1, "before");
    let shared = alice.log_writer.writer();
    let mut clone = alice.clone();
    alice.record(2, "by the original");
    clone.record(3, "by the clone");
    alice.sync_by_http(&laptop);
    clone.sync_by_http(&laptop);
    alice.sync_by_http(&laptop);
    assert_ne!(clone.log_writer.writer(), shared);
    assert_eq!(laptop.notes(), ["before", "by the clone", "by the original"]);
    assert!(laptop.notices().contains(&"log_forked".into()));
    assert_eq!(alice.log.clock().unwrap(), clone.log.clock().unwrap());
}

#[test]
fn a_cloned_laptop_and_its_original_are_both_kept_and_write_two_logs_from_then_on() {
    let original = Laptop::start();
    original.observe("1", "before");
    let directory = original.stop();
    let clone = Laptop::start_in(copy(directory.path()));
    let original = Laptop::start_in(directory);
    assert_eq!(original.writer(), clone.writer());
    original.observe("2", "by the original");
    clone.observe("3", "by the clone");
    assert_eq!(clone.meet(&original).failure, None);
    for laptop in [&original, &clone] {
        assert_eq!(laptop.notes(), ["before", "by the clone", "by the original"]);
        assert!(laptop.notices().contains(&"log_forked".into()), "{:?}", laptop.notices());
    }
    original.observe("4", "later by the original");
    clone.observe("5", "later by the clone");
    assert_eq!(original.meet(&clone).failure, None);
    assert_eq!(original.notes().len(), 5);
    assert_eq!(original.notes(), clone.notes());
    assert_ne!(original.writer(), clone.writer());
    assert_eq!(original.digest(), clone.digest());
}

#[test]
fn a_wiped_phone_begins_a_new_log_and_its_old_one_lives_on() {
    let laptop = Laptop::start();
    let mut alice = Phone::new(&laptop, 1);
    let before = alice.record(1, "before the wipe");
    alice.sync_by_http(&laptop);
    let old = alice.log_writer.writer();
    assert_eq!(laptop.notices(), ["device_new"]);

    let mut alice = Phone::new(&laptop, 2);
    alice.record(2, "after the wipe");
    alice.sync_by_http(&laptop);
    assert!(alice.holds(before), "the phone has everything again");
    assert_eq!(laptop.notices(), ["device_new", "device_new"]);
    let peers = laptop.read("peers");
    let old = peers.as_array().unwrap().iter().find(|peer| peer["writer"] == old.to_string());
    assert_eq!(old.unwrap()["received"], 1);
}

#[test]
fn a_phone_that_was_told_to_begin_again_is_no_new_device() {
    let laptop = Laptop::start();
    let mut alice = Phone::new(&laptop, 1);
    alice.record(1, "before");
    alice.sync_by_http(&laptop);
    alice.log_writer.renew(Epoch([77; 16]));
    alice.record(2, "after");
    alice.sync_by_http(&laptop);
    assert_eq!(laptop.notices(), ["device_new"]);
}

#[test]
fn a_batch_that_was_cut_leaves_nothing_and_is_missed_until_it_is_sent_again() {
    let laptop = Laptop::start();
    let mut alice = Phone::new(&laptop, 1);
    for record in 0..3 {
        alice.record(record, "on the river");
    }
    let Ok(offered) = offer(&alice.log, alice.log_writer.writer(), None, Vec::new());
    laptop.answer(&Request::Offer(offered)).unwrap();
    let request = http(&laptop, "changes", &to_cbor(&alice.batch()).unwrap());
    let mut cut = connect(&laptop);
    cut.write_all(&request[..request.len() - 10]).unwrap();
    cut.shutdown(Shutdown::Both).unwrap();
    assert_eq!(laptop.read("status")["entries"], 0);
    assert_eq!(laptop.read("peers")[0]["missing"], 3);

    alice.sync_by_http(&laptop);
    assert_eq!(laptop.read("status")["entries"], 3);
    assert_eq!(laptop.read("peers")[0]["missing"], 0);
}

#[test]
fn a_batch_whose_answer_was_lost_is_sent_again_and_counted_once() {
    let laptop = Laptop::start();
    let mut alice = Phone::new(&laptop, 1);
    for record in 0..3 {
        alice.record(record, "on the river");
    }
    let mut lost = connect(&laptop);
    lost.write_all(&http(&laptop, "changes", &to_cbor(&alice.batch()).unwrap())).unwrap();
    while laptop.read("status")["entries"] != 3 {}
    drop(lost);
    alice.sync_by_http(&laptop);
    assert_eq!(laptop.read("status")["versions"], 3);
    assert_eq!(laptop.notices(), ["device_new"]);
}

#[test]
fn of_a_batch_with_a_corrupt_entry_the_good_prefix_is_kept_and_the_entry_is_named() {
    let laptop = Laptop::start();
    let mut alice = Phone::new(&laptop, 1);
    for record in 0..3 {
        alice.record(record, "on the river");
    }
    let mut batch = alice.batch();
    let mut bytes = batch.runs[0].entries[1].version.as_slice().to_vec();
    let at = bytes.len() - 1;
    bytes[at] ^= 1;
    batch.runs[0].entries[1].version = VersionBytes::new(bytes).unwrap();
    laptop.answer(&Request::Push(batch)).unwrap();
    assert_eq!(laptop.read("status")["entries"], 1);
    let notices = laptop.read("notices");
    assert_eq!(notices[0]["code"], "entry_refused");
    assert!(notices[0]["message"].as_str().unwrap().contains("entry 2"), "{notices}");

    alice.sync_by_http(&laptop);
    assert_eq!(laptop.read("status")["entries"], 3, "the true entries are still welcome");
}

#[test]
fn a_clock_that_is_years_off_is_told_to_the_manager_and_changes_no_winner() {
    let laptop = Laptop::start();
    let mut alice = Phone::new(&laptop, 1);
    alice.now = Timestamp::parse("2043-01-01T00:00:00Z").unwrap();
    alice.record(1, "by the phone from the future");
    alice.sync_by_http(&laptop);
    let mut bob = Phone::new(&laptop, 2);
    bob.now = Timestamp::parse("1999-01-01T00:00:00Z").unwrap();
    bob.sync_by_http(&laptop);
    bob.record(1, "by the phone from the past, later");
    bob.sync_by_http(&laptop);
    assert_eq!(laptop.notes(), ["by the phone from the past, later"]);
    assert_eq!(laptop.read("status")["conflicts"], 0);

    let tell = |phone: &Phone| {
        let Ok(offered) = offer(&phone.log, phone.log_writer.writer(), None, Vec::new());
        let told = ureq::post(format!("{}/api/v1/sync/offer", laptop.url))
            .header("content-type", "application/cbor")
            .header("authorization", bearer(&laptop.key))
            .header("chasqui-time", phone.now.as_millis().to_string())
            .send(&to_cbor(&offered).unwrap());
        assert_eq!(told.unwrap().status(), 200);
    };
    tell(&bob);
    tell(&bob);
    let off = |notices: Vec<String>| notices.iter().filter(|code| *code == "clock_off").count();
    assert_eq!(off(laptop.notices()), 1, "told once");
    let peers = laptop.read("peers");
    let bobs = bob.log_writer.writer().to_string();
    let row = peers.as_array().unwrap().iter().find(|peer| peer["writer"] == bobs);
    assert!(row.unwrap()["clock_offset_ms"].as_i64().unwrap() < -600_000_000_000);
    bob.now = Timestamp::parse("2043-01-01T00:00:00Z").unwrap();
    tell(&bob);
    assert_eq!(off(laptop.notices()), 2, "another offset is news");
}

#[test]
fn a_version_of_a_newer_format_goes_from_phone_to_laptop_to_laptop_to_phone_unchanged() {
    let town = Laptop::start();
    let village = Laptop::start_with(&town);
    let mut alice = Phone::new(&village, 1);
    // A map of one entry: "format" → 2.
    let newer = b"\xa1\x66format\x02".to_vec();
    let id = alice.write(VersionBytes::new(newer.clone()).unwrap());
    alice.record(1, "of today's format");
    alice.sync_by_http(&village);
    assert_eq!(village.meet(&town).failure, None);
    for laptop in [&village, &town] {
        assert_eq!(laptop.notes(), ["of today's format"]);
        assert!(laptop.notices().contains(&"entry_quarantined".into()));
    }
    let mut bob = Phone::new(&town, 2);
    bob.sync_by_http(&town);
    let Ok(Some(place)) = bob.log.place(id) else { panic!("the version travelled") };
    let Ok(Some(held)) = bob.log.entry(place.writer, place.seq) else { panic!("and its entry") };
    assert_eq!(held.entry.version.as_slice(), newer);
    assert_eq!(place.writer, LogWriter::new(&[1; 32], Epoch([1; 16])).writer());
}
