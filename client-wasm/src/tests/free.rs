//! Making room: what leaves the phone is on the laptop at that moment, and its record is too.

use chasqui_shared::{Code, Draft, Failure, MediaRef, RecordId, limits::RETRY_DELAY_MS_MAX};

use super::{
    harness::{Phone, draft},
    laptop::Laptop,
    wifi::ORIGIN,
};
use crate::{
    DiskError, FileSum, Filled,
    limits::FREE_QUESTIONS_MAX,
    storage::disk::{Key, Store},
};

const NOTHING: FileSum = FileSum { count: 0, bytes: 0 };

fn filled(note: &str, media: &MediaRef) -> Filled {
    let draft = Draft { media: vec![media.clone()], ..draft(note) };
    Filled { draft, keeps_media: false, draft_key: Some(note.into()), base: None }
}

fn record(phone: &mut Phone, note: &str) -> (RecordId, MediaRef) {
    let media = phone.take(note, note.as_bytes());
    (phone.record_filled(filled(note, &media)).unwrap(), media)
}

/// A phone whose photo `photo` is on the laptop.
fn sent() -> (Laptop, Phone, MediaRef) {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let (_, photo) = record(&mut alice, "photo");
    alice.pass(1_000);
    assert!(laptop.with(|laptop| laptop.files.held.contains_key(&photo.hash)));
    (laptop, alice, photo)
}

#[test]
fn what_the_laptop_holds_leaves_and_its_record_stays_as_it_was() {
    let (laptop, mut alice, photo) = sent();
    let before = alice.listing("")["views"].clone();
    assert_eq!(alice.freeable(), FileSum { count: 1, bytes: 5 });
    let saves = alice.disk.saves();
    assert_eq!(alice.free_space(), Ok(FileSum { count: 1, bytes: 5 }));
    assert_eq!(alice.disk.saves(), saves + 1, "one transaction");
    assert!(alice.disk.files().is_empty());
    assert_eq!((alice.file(photo.hash), alice.freeable()), (None, NOTHING));
    assert_eq!(alice.listing("")["views"], before);
    alice.pass(RETRY_DELAY_MS_MAX);
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.listing("")["views"], before);
    assert_eq!((again.status().files.waiting, again.freeable()), (0, NOTHING));
    assert_eq!(alice.free_space(), Ok(NOTHING));
}

#[test]
fn without_a_laptop_nothing_leaves() {
    let (laptop, mut alice, photo) = sent();
    laptop.set_away(true);
    let failure = alice.free_space().unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::LaptopAway, true));
    assert_eq!(alice.disk.files(), [photo.hash]);
    assert_eq!(alice.freeable().count, 1);
    laptop.set_away(false);
    laptop.with(|laptop| laptop.files.refuse_questions = Some(Failure::new(Code::Busy, "later")));
    assert_eq!(alice.free_space().unwrap_err().code, Code::Busy);
    assert_eq!(alice.disk.files(), [photo.hash]);
}

#[test]
fn a_laptop_that_lost_a_file_keeps_it_here_and_gets_it_again() {
    let (laptop, mut alice, photo) = sent();
    let (_, other) = record(&mut alice, "another");
    alice.pass(1_000);
    laptop.with(|laptop| laptop.files.held.remove(&photo.hash));
    assert_eq!(alice.free_space(), Ok(FileSum { count: 1, bytes: 7 }));
    assert_eq!(alice.disk.files(), [photo.hash]);
    assert_eq!(alice.file(other.hash), None);
    assert_eq!(alice.freeable(), NOTHING, "no laptop is known to hold it");
    alice.pass(1_000);
    assert!(laptop.with(|laptop| laptop.files.held.contains_key(&photo.hash)));
    assert_eq!(alice.free_space(), Ok(FileSum { count: 1, bytes: 5 }));
}

#[test]
fn a_phone_that_dies_in_between_has_the_file_and_says_so() {
    let (laptop, mut alice, photo) = sent();
    let before = alice.disk.copied();
    alice.disk.fail_next(DiskError::Failed { reason: "the battery is dead".into() });
    assert_eq!(alice.free_space().unwrap_err().code, Code::StorageFailed);
    for disk in [&alice.disk, &before] {
        let mut again = Phone::start(11, disk, &laptop);
        assert_eq!(again.file(photo.hash).as_deref(), Some(&b"photo"[..]));
        assert_eq!(again.freeable().count, 1);
    }
}

#[test]
fn a_file_of_a_draft_and_one_of_a_record_that_is_not_sent_stay() {
    let (laptop, mut alice, photo) = sent();
    let (_, second) = record(&mut alice, "second");
    alice.pass(1_000);
    alice.take("open form", b"photo");
    laptop.with(|laptop| laptop.refuse_next = Some(Failure::new(Code::LaptopFull, "no room")));
    // Two records share a photo, and the later one is only here.
    let again = alice.take("shared", b"second");
    alice.record_filled(filled("shared", &again)).unwrap();
    assert_eq!(alice.freeable(), NOTHING);
    assert_eq!(alice.free_space().unwrap_err().code, Code::LaptopFull, "it is asked what it lacks");
    assert!(alice.file(photo.hash).is_some() && alice.file(second.hash).is_some());
    alice.discard("open form", None).unwrap();
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(alice.free_space().unwrap().count, 2);
}

#[test]
fn a_laptop_that_never_had_the_record_frees_nothing() {
    let (laptop, mut alice, photo) = sent();
    let other = Laptop::new(2);
    let file = laptop.with(|laptop| laptop.files.held.clone());
    other.with(|other| other.files.held = file);
    alice.wifi.clear();
    alice.wifi.put(ORIGIN, &other);
    alice.pair(&other.link(ORIGIN)).unwrap();
    // It answers questions for files, and not yet the sync.
    assert_eq!(alice.free_space(), Ok(NOTHING));
    assert_eq!(alice.disk.files(), [photo.hash]);
    alice.pass(1_000);
    assert_eq!(alice.free_space().unwrap().count, 1);
}

#[test]
fn a_photo_that_is_taken_again_after_it_left_goes_with_its_draft() {
    let (_, mut alice, photo) = sent();
    alice.free_space().unwrap();
    alice.take("again", b"photo");
    assert_eq!(alice.disk.files(), [photo.hash]);
    alice.discard("again", None).unwrap();
    assert!(alice.disk.files().is_empty());
}

#[test]
fn a_file_leaves_only_once_the_laptop_hashed_it_and_stays_without_being_sent_again_until_then() {
    let (laptop, mut alice, photo) = sent();
    laptop.with(|laptop| laptop.files.unhashed = u64::from(FREE_QUESTIONS_MAX));
    assert_eq!(alice.free_space(), Ok(NOTHING));
    assert_eq!(alice.disk.files(), [photo.hash]);
    assert_eq!(alice.freeable().count, 1, "the laptop still is known to have it");
    laptop.with(|laptop| laptop.files.unhashed = 3);
    assert_eq!(alice.free_space(), Ok(FileSum { count: 1, bytes: 5 }));
}

#[test]
fn a_laptop_whose_backup_came_back_has_the_photo_and_not_its_record_and_frees_nothing() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    record(&mut alice, "before the backup");
    alice.pass(1_000);
    let backup = laptop.with(|laptop| laptop.log.clone());
    let (_, photo) = record(&mut alice, "after the backup");
    alice.pass(1_000);
    assert!(laptop.with(|laptop| laptop.files.held.contains_key(&photo.hash)));
    laptop.with(|laptop| laptop.log = backup);
    assert_eq!(alice.free_space().unwrap().count, 1, "the one from before");
    assert_eq!(alice.disk.files(), [photo.hash]);
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(alice.free_space().unwrap().count, 1, "once its record is there again");
}

#[test]
fn a_draft_that_is_discarded_takes_no_photo_with_it_that_a_record_names_whatever_is_said_of_it() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    let (_, photo) = record(&mut alice, "photo");
    alice.take("open form", b"photo");
    // The row that says that the photo is here is lost; the record that names it is not.
    alice.disk.remove(Store::Meta, &Key::name(format!("media.{}", photo.hash)));
    let mut alice = Phone::start(11, &alice.disk, &laptop);
    alice.discard("open form", None).unwrap();
    assert_eq!(alice.disk.files(), [photo.hash]);

    alice.take("another form", b"nobody's");
    alice.discard("another form", None).unwrap();
    assert_eq!(alice.disk.files(), [photo.hash], "what nothing names goes");
}
