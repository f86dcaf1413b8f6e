//! The list that the pages keep by asking for what changed.

use chasqui_shared::{Change, Draft, ObservedAt, RecordId, Timestamp};

use super::{
    harness::{Phone, draft},
    laptop::Laptop,
};

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

/// A record of 2035 stood first in every phone's list for nine years.
#[test]
fn what_a_wrong_clock_dated_ahead_stands_where_it_can_have_been_and_is_marked() {
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let mut bob = Phone::new(20, &laptop);
    laptop.set_away(true);
    let dated = |phone: &mut Phone, note: &str, at: Option<&str>| {
        let draft = Draft { observed_at: at.and_then(ObservedAt::parse), ..draft(note) };
        phone.record_filled(draft.into()).unwrap();
    };
    let at = |days: i64| {
        let ms = super::harness::STARTED_MS + days * DAY_MS;
        Timestamp::from_millis(ms).to_string()
    };
    alice.set_clock(0);
    dated(&mut alice, "before", Some(&at(-2)));
    // The clock of the phone was nine years ahead, and was put right.
    alice.set_clock(9 * 365 * DAY_MS);
    dated(&mut alice, "ahead", None);
    alice.set_clock(0);
    dated(&mut alice, "after", Some(&at(0)));
    bob.set_clock(20 * 365 * DAY_MS);
    dated(&mut bob, "never put right", None);
    laptop.set_away(false);
    for _ in 0..3 {
        bob.engine.wake();
        bob.settle();
        alice.engine.wake();
        alice.settle();
    }
    let listing = alice.listing("");
    let views = listing["views"].as_array().unwrap();
    let told: Vec<_> = views
        .iter()
        .map(|view| (view["note"].as_str().unwrap(), view["is_ahead"].as_bool().unwrap()))
        .collect();
    assert_eq!(told.last(), Some(&("never put right", true)), "{told:?}");
    let place = |note: &str| told.iter().position(|(told, _)| *told == note).unwrap();
    assert!(place("ahead") < place("before"), "{told:?}");
    assert!(told.contains(&("ahead", true)) && told.contains(&("after", false)), "{told:?}");
    let listed: Vec<_> = views.iter().map(|view| view["listed_ms"].as_i64().unwrap()).collect();
    assert!(listed.is_sorted_by(|a, b| a >= b), "{listed:?}");
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

#[test]
fn a_long_list_is_read_in_pieces_and_what_is_saved_meanwhile_comes_with_the_next() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    for n in 0..5 {
        alice.record(&format!("{n}"));
    }
    let notes = |listing: &serde_json::Value| -> Vec<String> {
        let views = listing["views"].as_array().unwrap();
        views.iter().map(|view| view["note"].as_str().unwrap().to_owned()).collect()
    };
    let first = alice.listing_of("", 2);
    assert_eq!((&first["whole"], &first["more"]), (&true.into(), &true.into()));
    assert_eq!((notes(&first).len(), &first["total"]), (2, &5.into()));
    alice.record("new");
    let second = alice.listing_of(first["token"].as_str().unwrap(), 2);
    assert_eq!((&second["whole"], &second["more"]), (&false.into(), &true.into()));
    assert!(notes(&second).contains(&"new".to_owned()));
    let third = alice.listing_of(second["token"].as_str().unwrap(), 2);
    assert_eq!(third["more"], false);
    let mut all: Vec<_> = [&first, &second, &third].into_iter().flat_map(notes).collect();
    all.sort();
    all.dedup();
    assert_eq!(all, ["0", "1", "2", "3", "4", "new"]);
    let end = alice.listing_of(third["token"].as_str().unwrap(), 2);
    assert_eq!((notes(&end).len(), &end["more"]), (0, &false.into()));
}

#[test]
fn what_a_save_costs_the_list_does_not_grow_with_it() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    let looked = |alice: &mut Phone, token: &str| {
        let listing = alice.listing_of(token, 1);
        let engine = alice.engine.clone();
        let looked = engine.copy().with(|state| Ok(state.looked()));
        let looked = alice.pool.run_until(looked).unwrap();
        (listing["token"].as_str().unwrap().to_owned(), looked)
    };
    alice.record("first");
    let (token, _) = looked(&mut alice, "");
    for n in 0..200 {
        alice.record(&format!("{n}"));
    }
    let (token, many) = looked(&mut alice, &token);
    alice.record("last");
    let (token, one) = looked(&mut alice, &token);
    assert_eq!((many, one), (200, 1));
    // All that were on this phone alone are confirmed at once; after that, again one.
    laptop.set_away(false);
    alice.engine.wake();
    alice.pass(1_000);
    let (token, confirmed) = looked(&mut alice, &token);
    assert_eq!(confirmed, 202);
    alice.record("after");
    assert_eq!(looked(&mut alice, &token).1, 1);
}
