//! A draft is saved once, whatever is killed, and an edit takes back nothing that the person did
//! not touch.

use chasqui_shared::{Change, Draft, RecordId, VersionId};

use super::{
    harness::{Phone, draft},
    laptop::Laptop,
};
use crate::{DiskError, Filled, limits::SAVED_DRAFTS_MAX};

fn filled(draft: Draft, key: &str, base: Option<VersionId>) -> Filled {
    Filled { draft, keeps_media: true, draft_key: Some(key.into()), base }
}

/// The version that the page shows of the only record.
fn shown(phone: &mut Phone) -> VersionId {
    let listing = phone.listing("");
    VersionId::from_hex(listing["views"][0]["winner"].as_str().unwrap()).unwrap()
}

fn heads(phone: &mut Phone) -> usize {
    phone.listing("")["views"][0]["heads"].as_array().unwrap().len()
}

#[test]
fn a_draft_is_known_as_saved_by_the_transaction_that_saves_its_record() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.disk.fail_next(DiskError::Full);
    assert!(alice.record_filled(filled(draft("a"), "d1", None)).is_err());
    assert_eq!(alice.saved(&["d1"]), Vec::<String>::new());
    let saves = alice.disk.saves();
    alice.record_filled(filled(draft("a"), "d1", None)).unwrap();
    assert_eq!(alice.disk.saves(), saves + 1);
    assert_eq!(Phone::start(11, &alice.disk, &laptop).saved(&["d1", "d2"]), ["d1"]);
}

#[test]
fn an_edit_that_was_killed_after_its_save_makes_no_second_version() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = alice.record("before");
    let base = Some(shown(&mut alice));
    alice.edit_filled(record, filled(draft("after"), "d", base)).unwrap();
    let mut again = Phone::start(11, &alice.disk, &laptop);
    again.edit_filled(record, filled(draft("after"), "d", base)).unwrap();
    assert_eq!((again.entries(), heads(&mut again)), (2, 1));
    again.edit_filled(record, filled(draft("after all"), "d", base)).unwrap();
    assert_eq!((again.notes(), heads(&mut again)), (vec!["after all".to_owned()], 1));
}

#[test]
fn a_new_record_that_is_saved_again_with_other_words_is_an_edit_and_loses_none() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = RecordId([3; 16]);
    alice.record_as(record, "in one window").unwrap();
    alice.pass(1_000);
    alice.record_as(record, "in one window").unwrap();
    assert_eq!(alice.entries(), 1);
    alice.record_as(record, "in another window").unwrap();
    assert_eq!((alice.entries(), alice.notes()), (2, vec!["in another window".to_owned()]));
}

#[test]
fn an_edit_begun_before_somebody_elses_arrived_takes_back_nothing_of_it() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = alice.record("first words");
    alice.pass(1_000);
    let base = shown(&mut alice);
    laptop.write(record, "the manager's words", Change::Edit);
    alice.engine.wake();
    alice.settle();
    assert_eq!(alice.notes(), ["the manager's words"]);
    // The form was opened before that, and only its category was changed.
    let edited = Draft { category: "fire".into(), ..draft("first words") };
    alice.edit_filled(record, filled(edited, "d", Some(base))).unwrap();
    let view = &alice.listing("")["views"][0];
    assert_eq!((&view["note"], &view["category"]), (&"the manager's words".into(), &"fire".into()));
    assert_eq!(view["conflicts"].as_array().unwrap().len(), 0);
}

#[test]
fn both_values_are_shown_where_two_people_wrote_from_the_same_version() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = alice.record("first words");
    alice.pass(1_000);
    let base = shown(&mut alice);
    laptop.write(record, "the manager's words", Change::Edit);
    alice.engine.wake();
    alice.settle();
    alice.edit_filled(record, filled(draft("the monitor's words"), "d", Some(base))).unwrap();
    let conflicts = &alice.listing("")["views"][0]["conflicts"];
    assert_eq!(conflicts[0]["values"].as_array().unwrap().len(), 2);
}

#[test]
fn a_base_that_is_not_held_or_of_another_record_is_the_best_head() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let other = alice.record("another record");
    let foreign = shown(&mut alice);
    let record = alice.record("before");
    for (words, base) in [("one", foreign), ("two", VersionId([9; 32]))] {
        alice.edit_filled(record, filled(draft(words), words, Some(base))).unwrap();
    }
    assert_ne!(other, record);
    assert_eq!(alice.notes(), ["another record", "two"]);
    assert_eq!(alice.entries(), 4);
}

#[test]
fn the_drafts_saved_longest_ago_are_forgotten() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    let keys: Vec<_> = (0..=SAVED_DRAFTS_MAX).map(|n| format!("d{n}")).collect();
    for key in &keys {
        alice.record_filled(filled(draft(key), key, None)).unwrap();
    }
    let asked: Vec<_> = keys.iter().map(String::as_str).collect();
    assert_eq!(Phone::start(11, &alice.disk, &laptop).saved(&asked), keys[1..]);
}
