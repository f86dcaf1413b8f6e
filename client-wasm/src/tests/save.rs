//! Saving: what is said to be saved is, what is not leaves nothing, and no seq is given twice.

use chasqui_shared::{Change, Code, RecordId};

use super::{
    harness::{Phone, draft},
    laptop::Laptop,
};
use crate::{DiskError, Key, Store};

#[test]
fn a_record_is_listed_as_soon_as_its_transaction_is_durable() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let saves = alice.disk.saves();
    let record = alice.record("oil on the river");
    assert_eq!(alice.disk.saves(), saves + 1);
    let view = &alice.listing("")["views"][0];
    assert_eq!(view["record"], record.to_string());
    assert_eq!(view["mine"], true);
    assert_eq!(view["state"], "on_phone");
    assert_eq!(view["observed_at"], "2020-09-13T12:26:40Z");
}

#[test]
fn a_full_phone_says_so_and_stores_nothing_and_the_next_save_works() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("first");
    alice.disk.fail_next(DiskError::Full);
    let failure = alice.try_record("second").unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::StorageFull, true));
    assert_eq!(alice.notes(), ["first"]);
    alice.record("third");
    assert_eq!(alice.notes(), ["first", "third"]);
    assert_eq!(Phone::start(11, &alice.disk, &laptop).notes(), ["first", "third"]);
}

#[test]
fn two_engines_on_one_disk_never_give_a_seq_twice() {
    let laptop = Laptop::new(1);
    let mut first = Phone::new(10, &laptop);
    let mut second = Phone::start(11, &first.disk, &laptop);
    laptop.set_away(true);
    first.record("by the first");
    let failure = second.try_record("by the second").unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::LogMoved, true));
    second.record("by the second, again");
    assert_eq!(second.notes(), ["by the first", "by the second, again"]);
    assert_eq!(first.try_record("stale").unwrap_err().code, Code::LogMoved);
    assert_eq!(first.entries(), 2);
}

#[test]
fn the_same_order_twice_makes_one_record() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = RecordId([3; 16]);
    alice.record_as(record, "once").unwrap();
    alice.record_as(record, "once").unwrap();
    assert_eq!(alice.entries(), 1);
}

#[test]
fn an_edit_that_changes_nothing_is_not_logged() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = alice.record("before");
    alice.edit(record, "after").unwrap();
    alice.edit(record, "after").unwrap();
    assert_eq!(alice.entries(), 2);
    assert_eq!(alice.notes(), ["after"]);
}

#[test]
fn an_edit_of_a_record_that_is_not_held_is_refused() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let failure = alice.edit(RecordId([9; 16]), "x").unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::RecordUnknown, false));
    assert_eq!(alice.entries(), 0);
}

#[test]
fn a_draft_over_a_limit_is_refused_by_name_and_one_at_the_limit_is_stored() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let limit = chasqui_shared::limits::NOTE_BYTES_MAX;
    let failure = alice.try_record(&"x".repeat(limit + 1)).unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::VersionTooLarge, false));
    alice.record(&"x".repeat(limit));
    assert_eq!(alice.entries(), 1);
}

#[test]
fn an_edit_keeps_a_conflict_for_a_manager_to_settle() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let record = alice.record("first words");
    alice.pass(1_000);
    laptop.set_away(true);
    laptop.write(record, "the laptop's words", Change::Edit);
    alice.edit(record, "the phone's words").unwrap();
    laptop.set_away(false);
    alice.engine.wake();
    alice.settle();
    assert_eq!(alice.listing("")["views"][0]["heads"].as_array().unwrap().len(), 2);
    alice.edit(record, "the phone's later words").unwrap();
    let view = &alice.listing("")["views"][0];
    assert_eq!(view["heads"].as_array().unwrap().len(), 2);
    assert_eq!(view["note"], "the phone's later words");
}

#[test]
fn many_saves_become_few_rows_and_lose_nothing() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    for n in 0..600 {
        alice.record(&format!("{n:03}"));
        alice.settle();
    }
    alice.pass(10_000);
    assert!(alice.disk.rows().len() <= 300, "{} rows", alice.disk.rows().len());
    let notes = alice.notes();
    assert_eq!(notes.len(), 600);
    assert_eq!(Phone::start(11, &alice.disk, &laptop).notes(), notes);
}

#[test]
fn rows_left_over_from_a_fold_that_was_killed_are_taken_once() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    let mut singles = Vec::new();
    for n in 0..257 {
        alice.record(&format!("{n:03}"));
        if n < 256 {
            singles = crate::storage::disk::Disk::load(&alice.disk).now().values;
        }
    }
    alice.pass(1_000);
    let folded = alice.disk.rows().len();
    assert!(folded < 10, "{folded} rows");
    for (store, key, bytes) in singles.into_iter().filter(|(store, _, _)| *store == Store::Entries)
    {
        if !alice.disk.rows().contains(&key) {
            alice.disk.plant(store, key, bytes);
        }
    }
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.entries(), 257);
    assert_eq!(again.notices(), []);
    again.record("one more");
    again.pass(1_000);
    assert!(again.disk.rows().len() < 10, "the leftovers are folded away");
    assert_eq!(Phone::start(10, &again.disk, &laptop).entries(), 258);
}

#[test]
fn the_first_save_of_all_makes_the_key() {
    let laptop = Laptop::new(1);
    let alice = Phone::new(10, &laptop);
    let stored = crate::storage::disk::Disk::load(&alice.disk).now();
    assert!(stored.values.iter().any(|(_, key, _)| *key == Key::name("device")));
    assert_eq!(draft("x").category, "oil_spill");
}

trait Now {
    type Output;
    fn now(self) -> Self::Output;
}

impl<T, F: Future<Output = Result<T, DiskError>>> Now for F {
    type Output = T;
    fn now(self) -> T {
        futures_executor::block_on(self).unwrap()
    }
}
