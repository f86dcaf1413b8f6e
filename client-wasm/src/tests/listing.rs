//! The list that the pages keep by asking for what changed.

use chasqui_shared::{Change, RecordId};

use super::{harness::Phone, laptop::Laptop};

#[test]
fn only_what_changed_is_listed_again() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    let record = alice.record("a");
    alice.record("b");
    let first = alice.listing("");
    assert_eq!(
        (first["whole"].as_bool(), first["views"].as_array().unwrap().len()),
        (Some(true), 2)
    );
    let token = first["token"].as_str().unwrap();
    let same = alice.listing(token);
    assert_eq!(
        (same["whole"].as_bool(), same["views"].as_array().unwrap().len()),
        (Some(false), 0)
    );
    alice.edit(record, "a, edited").unwrap();
    let changed = alice.listing(token);
    assert_eq!(changed["views"].as_array().unwrap().len(), 1);
    assert_eq!(changed["views"][0]["note"], "a, edited");
}

#[test]
fn a_record_that_reached_the_laptop_is_listed_again() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("a");
    let listing = alice.listing("");
    alice.pass(1_000);
    let changed = alice.listing(listing["token"].as_str().unwrap());
    assert_eq!(changed["views"][0]["state"], "on_laptop");
}

#[test]
fn a_record_that_a_manager_deleted_is_gone() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = alice.record("a");
    alice.pass(1_000);
    let listing = alice.listing("");
    laptop.write(record, "a", Change::Delete);
    alice.engine.wake();
    alice.settle();
    let changed = alice.listing(listing["token"].as_str().unwrap());
    assert_eq!(changed["gone"][0], record.to_string());
    assert_eq!(alice.listing("")["gone"].as_array().unwrap().len(), 0);
    assert_eq!(alice.notes(), [""; 0]);
}

#[test]
fn a_token_of_another_engine_gets_the_whole_list() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("a");
    let token = alice.listing("")["token"].as_str().unwrap().to_owned();
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.listing(&token)["whole"], true);
    assert_eq!(again.listing("nonsense")["whole"], true);
}

#[test]
fn after_a_failed_save_the_whole_list_is_told_again() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("a");
    let token = alice.listing("")["token"].as_str().unwrap().to_owned();
    alice.disk.fail_next(crate::DiskError::Full);
    alice.try_record("b").unwrap_err();
    assert_eq!(alice.listing(&token)["whole"], true);
}

#[test]
fn an_edit_of_what_another_recorded_does_not_make_it_mine() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = RecordId([8; 16]);
    laptop.write(record, "by another", Change::Edit);
    alice.engine.wake();
    alice.settle();
    alice.edit(record, "corrected").unwrap();
    assert_eq!(alice.listing("")["views"][0]["mine"], false);
    let own = alice.record("own");
    alice.edit(own, "own, corrected").unwrap();
    let mut again = Phone::start(10, &alice.disk, &laptop);
    let listing = again.listing("");
    let mine: Vec<_> = listing["views"].as_array().unwrap().iter().map(|v| &v["mine"]).collect();
    assert_eq!(mine.iter().filter(|mine| mine.as_bool() == Some(true)).count(), 1);
}
