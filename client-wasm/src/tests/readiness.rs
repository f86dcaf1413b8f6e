//! When a laptop is told whether this phone is ready.

use chasqui_shared::{Check, Code, Failure, Readiness, Timestamp};

use super::{harness::Phone, laptop::Laptop, wifi::ORIGIN};

const READY: Readiness = Readiness {
    app_kept: Check::Yes,
    storage_persistent: Check::Yes,
    map_kept: Check::Yes,
    gps_allowed: Check::Yes,
    camera_allowed: Check::Yes,
    clock_right: Check::Yes,
    space_enough: Check::Yes,
    free_bytes: Some(1),
    checked_at: Timestamp::MIN,
};

fn reports(laptop: &Laptop) -> Vec<Readiness> {
    laptop.with(|laptop| laptop.reports.clone())
}

#[test]
fn a_laptop_is_told_once_and_again_when_something_changed() {
    let laptop = Laptop::new(1);
    let mut phone = Phone::new(2, &laptop);
    phone.engine.set_readiness(READY);
    phone.settle();
    assert_eq!(reports(&laptop), [READY]);

    let later = Readiness { free_bytes: None, checked_at: Timestamp::MAX, ..READY };
    phone.engine.set_readiness(later);
    phone.pass(60_000);
    assert_eq!(reports(&laptop), [READY], "the same is not told twice");

    let worse = Readiness { app_kept: Check::No, ..later };
    phone.engine.set_readiness(worse);
    phone.settle();
    assert_eq!(reports(&laptop), [READY, worse]);
}

#[test]
fn a_report_that_found_no_laptop_is_told_when_one_is_there() {
    let laptop = Laptop::new(1);
    let mut phone = Phone::new(2, &laptop);
    laptop.set_away(true);
    phone.engine.set_readiness(READY);
    phone.pass(60_000);
    assert_eq!(reports(&laptop), []);
    laptop.set_away(false);
    phone.engine.wake();
    phone.pass(60_000);
    assert_eq!(reports(&laptop), [READY]);
}

#[test]
fn a_laptop_that_lets_the_phone_in_anew_is_told_anew() {
    let laptop = Laptop::new(1);
    let mut phone = Phone::new(2, &laptop);
    phone.engine.set_readiness(READY);
    phone.settle();
    phone.pair(&laptop.link(ORIGIN)).unwrap();
    phone.settle();
    assert_eq!(reports(&laptop), [READY, READY]);
}

#[test]
fn a_laptop_that_knows_no_reports_is_not_asked_again() {
    let laptop = Laptop::new(1);
    let mut phone = Phone::new(2, &laptop);
    let unknown = Failure::new(Code::NotFound, "no such path");
    laptop.with(|laptop| laptop.refuse_reports = Some(unknown));
    phone.engine.set_readiness(READY);
    phone.pass(60_000);
    assert_eq!(laptop.with(|laptop| laptop.reports_asked), 1);
    assert_eq!(phone.status().phase, crate::Phase::Synced, "the sync itself is as it was");
}
