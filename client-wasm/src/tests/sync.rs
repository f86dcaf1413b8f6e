//! Syncing by itself: when, with whom, and what people are told.

use chasqui_shared::{Change, Code, Failure, RecordId, limits};

use super::{harness::Phone, laptop::Laptop};
use crate::{DiskError, Phase};

fn on_laptop(notes: &[&str]) -> Vec<(String, String)> {
    notes.iter().map(|note| ((*note).to_owned(), "on_laptop".to_owned())).collect()
}

#[test]
fn a_record_reaches_the_laptop_without_being_asked() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("oil");
    assert_eq!(alice.status().phase, Phase::Looking);
    assert_eq!(alice.status().waiting, 1);
    alice.pass(1_000);
    assert_eq!(laptop.notes(), ["oil"]);
    assert_eq!(alice.list(), on_laptop(&["oil"]));
    let status = alice.status();
    assert_eq!((status.phase, status.waiting), (Phase::Synced, 0));
    assert_eq!(status.laptop.as_deref(), Some("laptop 1"));
    assert!(status.met_at.is_some());
}

#[test]
fn several_saves_in_a_row_travel_together() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let before = laptop.with(|laptop| laptop.requests);
    for note in ["a", "b", "c"] {
        alice.record(note);
        alice.pass(50);
    }
    alice.pass(1_000);
    assert_eq!(laptop.with(|laptop| laptop.requests) - before, 2, "an offer and a push");
}

#[test]
fn it_is_not_on_the_laptop_until_the_laptop_says_so() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.with(|laptop| laptop.lose_answers = 1);
    alice.record("oil");
    alice.pass(400);
    assert_eq!(laptop.notes(), ["oil"]);
    assert_eq!(alice.list(), [("oil".to_owned(), "on_phone".to_owned())]);
    assert_eq!((alice.status().phase, alice.status().waiting), (Phase::Away, 1));
    alice.pass(5_000);
    assert_eq!(alice.list(), on_laptop(&["oil"]));
    assert_eq!(alice.status().phase, Phase::Synced);
}

#[test]
fn it_sends_when_the_laptop_appears() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    alice.record("oil");
    alice.pass(60_000);
    assert_eq!(alice.status().phase, Phase::Away);
    laptop.set_away(false);
    alice.pass(limits::RETRY_DELAY_MS_MAX);
    assert_eq!(laptop.notes(), ["oil"]);
}

#[test]
fn a_network_that_comes_makes_it_try_at_once() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    alice.record("oil");
    alice.pass(60_000);
    laptop.set_away(false);
    alice.engine.network_changed();
    alice.settle();
    assert_eq!(laptop.notes(), ["oil"]);
}

#[test]
fn what_others_recorded_arrives_by_patience_while_somebody_looks() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.write(RecordId([8; 16]), "by another", Change::Edit);
    alice.pass(limits::POLL_DELAY_MS);
    assert_eq!(alice.list(), on_laptop(&["by another"]));
    assert_eq!(alice.listing("")["views"][0]["mine"], false);
}

#[test]
fn while_nobody_looks_it_does_not_poll_and_still_sends_what_is_saved() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.engine.set_visible(false);
    alice.settle();
    let before = laptop.with(|laptop| laptop.requests);
    alice.pass(10 * limits::POLL_DELAY_MS);
    assert_eq!(laptop.with(|laptop| laptop.requests), before);
    alice.record("in the pocket");
    alice.pass(1_000);
    assert_eq!(laptop.notes(), ["in the pocket"]);
    laptop.write(RecordId([8; 16]), "by another", Change::Edit);
    alice.engine.set_visible(true);
    alice.settle();
    assert_eq!(alice.notes(), ["by another", "in the pocket"]);
}

#[test]
fn a_poll_that_finds_nothing_saves_nothing() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("oil");
    alice.pass(2 * limits::POLL_DELAY_MS);
    let (saves, met_at) = (alice.disk.saves(), alice.status().met_at);
    alice.pass(4 * limits::POLL_DELAY_MS);
    assert_eq!(alice.disk.saves(), saves);
    assert!(alice.status().met_at > met_at, "they did meet");
}

#[test]
fn what_a_laptop_refuses_is_told_as_a_problem_and_tried_again() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let refusal = Failure::new(Code::LaptopFull, "the laptop has no room left");
    laptop.with(|laptop| laptop.refuse_next = Some(refusal.clone()));
    alice.record("oil");
    alice.pass(400);
    let status = alice.status();
    assert_eq!((status.phase, status.problem), (Phase::Failed, Some(refusal)));
    alice.pass(5_000);
    assert_eq!((alice.status().phase, alice.status().problem), (Phase::Synced, None));
}

#[test]
fn a_second_laptop_gets_everything_too_and_takes_nothing_back() {
    let (first, second) = (Laptop::new(1), Laptop::new(2));
    let mut alice = Phone::new(10, &first);
    alice.record("oil");
    alice.pass(1_000);
    let mut alice = Phone::paired(10, &alice.disk, &second);
    assert_eq!(alice.list(), on_laptop(&["oil"]));
    alice.pass(1_000);
    assert_eq!(second.notes(), ["oil"]);
    assert_eq!(alice.list(), on_laptop(&["oil"]));
}

#[test]
fn a_fresh_phone_pulls_thousands_in_large_rows() {
    let laptop = Laptop::new(1);
    for n in 0u32..2_000 {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&n.to_be_bytes());
        laptop.write(RecordId(id), "x", Change::Edit);
    }
    let mut bob = Phone::new(20, &laptop);
    assert_eq!(bob.list().len(), 2_000);
    assert_eq!(bob.disk.rows().len(), 4);
    assert_eq!(Phone::start(20, &bob.disk, &laptop).list().len(), 2_000);
}

#[test]
fn a_full_phone_takes_nothing_in_and_goes_on_when_there_is_room() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.write(RecordId([8; 16]), "by another", Change::Edit);
    alice.disk.fail_next(DiskError::Full);
    alice.engine.wake();
    alice.settle();
    assert_eq!(alice.notes(), [""; 0]);
    assert_eq!(alice.status().problem.unwrap().code, Code::StorageFull);
    alice.pass(5_000);
    assert_eq!(alice.notes(), ["by another"]);
}

#[test]
fn what_could_not_be_noted_as_being_on_the_laptop_is_noted_later() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("oil");
    alice.disk.fail_next(DiskError::Full);
    alice.pass(400);
    assert_eq!(laptop.notes(), ["oil"]);
    assert_eq!(alice.list(), [("oil".to_owned(), "on_phone".to_owned())]);
    assert_eq!(alice.status().problem.unwrap().code, Code::StorageFull);
    alice.pass(5_000);
    assert_eq!(alice.list(), on_laptop(&["oil"]));
}

#[test]
fn a_disk_that_cannot_be_read_is_asked_again_only_now_and_then() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.disk.fail_loads(Some(DiskError::Failed { reason: "broken".into() }));
    alice.disk.fail_next(DiskError::Failed { reason: "broken".into() });
    assert_eq!(alice.try_record("lost with the disk").unwrap_err().code, Code::StorageFailed);
    let before = alice.disk.loads();
    alice.pass(60_000);
    assert!(alice.disk.loads() - before <= 20, "{} times", alice.disk.loads() - before);
    assert_eq!(alice.status().problem.unwrap().code, Code::StorageFailed);
    alice.disk.fail_loads(None);
    alice.pass(60_000);
    assert_eq!(alice.status().phase, Phase::Synced);
}
