//! Starting again: over what was stored, over an older copy of it, and over damage.

use chasqui_shared::{Code, Notice};

use super::{harness::Phone, laptop::Laptop};
use crate::{Key, Phase, Store};

#[test]
fn with_the_laptop_gone_the_app_starts_with_everything_and_its_state() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("carried over");
    alice.pass(1_000);
    laptop.set_away(true);
    alice.record("still here");
    let before = alice.list();
    let met_at = alice.status().met_at;
    let mut again = Phone::start(10, &alice.disk, &laptop);
    assert_eq!(again.list(), before);
    let status = again.status();
    assert_eq!((status.phase, status.waiting), (Phase::Away, 1));
    assert_eq!((status.met_at, status.laptop.as_deref()), (met_at, Some("laptop 1")));
    assert_eq!(status.device, alice.status().device);
    assert!(status.device.is_some());
}

#[test]
fn a_restored_backup_takes_its_records_back_and_writes_a_new_log() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("before the backup");
    alice.pass(1_000);
    let backup = alice.disk.copied();
    alice.record("after the backup");
    alice.pass(1_000);
    let mut restored = Phone::start(11, &backup, &laptop);
    restored.pass(1_000);
    assert!(restored.notices().iter().any(|notice| matches!(notice, Notice::LogLost { .. })));
    restored.record("after the restore");
    restored.pass(1_000);
    let all = ["after the backup", "after the restore", "before the backup"];
    assert_eq!(restored.notes(), all);
    assert_eq!(laptop.notes(), all);
    assert_eq!(restored.status().waiting, 0);
    assert_eq!(Phone::start(11, &backup, &laptop).notes(), all);
}

#[test]
fn a_cloned_phone_that_wrote_apart_loses_nothing_of_either() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("common");
    alice.pass(1_000);
    laptop.set_away(true);
    let mut clone = Phone::start(11, &alice.disk.copied(), &laptop);
    alice.record("by the first");
    clone.record("by the clone");
    laptop.set_away(false);
    alice.engine.network_changed();
    alice.pass(5_000);
    clone.engine.network_changed();
    clone.pass(5_000);
    let all = ["by the clone", "by the first", "common"];
    assert_eq!(laptop.notes(), all);
    assert_eq!(clone.notes(), all);
    assert_eq!(clone.status().waiting, 0);
}

#[test]
fn a_row_that_cannot_be_read_costs_only_itself_and_comes_back_from_the_laptop() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    for note in ["a", "b", "c"] {
        alice.record(note);
    }
    alice.pass(1_000);
    let middle = alice.disk.rows()[1].clone();
    alice.disk.plant(Store::Entries, middle, b"\x01damage".to_vec());
    laptop.set_away(true);
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.notes(), ["a", "c"]);
    assert!(again.notices().iter().any(|n| matches!(n, Notice::EntryRefused { seq: 2, .. })));
    again.record("d");
    laptop.set_away(false);
    again.engine.network_changed();
    again.pass(10_000);
    assert_eq!(again.notes(), ["a", "b", "c", "d"]);
    assert_eq!(laptop.notes(), ["a", "b", "c", "d"]);
    assert_eq!(Phone::start(11, &again.disk, &laptop).notes(), ["a", "b", "c", "d"]);
}

#[test]
fn a_lost_row_at_the_end_never_makes_a_seq_be_given_again() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    alice.record("a");
    alice.record("b");
    let last = alice.disk.rows()[1].clone();
    let Key::Row(writer, 2) = last else { panic!("the second row") };
    alice.disk.remove(Store::Entries, &last);
    let mut again = Phone::start(11, &alice.disk, &laptop);
    again.record("c");
    assert_eq!(again.notes(), ["a", "c"]);
    let other =
        again.disk.rows().into_iter().any(|key| !matches!(key, Key::Row(w, _) if w == writer));
    assert!(other, "the new record is in a new log");
}

#[test]
fn an_identity_that_cannot_be_read_is_told_and_never_replaced() {
    let laptop = Laptop::new(1);
    let alice = Phone::new(10, &laptop);
    alice.disk.plant(Store::Keys, Key::name("device"), vec![9]);
    let engine = crate::Engine::new(
        alice.disk.clone(),
        super::wifi::Wifi::of(&laptop),
        super::harness::host(12),
        Vec::new(),
    );
    let failure = futures_executor::block_on(engine.open()).unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::StorageDamaged, false));
}
