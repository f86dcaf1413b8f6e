//! A phone whose clock and the laptop's differ says so, with the time of each.

use chasqui_shared::Timestamp;

use super::{
    harness::{Phone, STARTED_MS},
    laptop::Laptop,
};
use crate::{Clocks, limits::CLOCK_OFF_MS_MIN};

const YEAR_MS: i64 = 365 * 24 * 3_600 * 1_000;
const OFF_MS: i64 = CLOCK_OFF_MS_MIN as i64;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(STARTED_MS + ms)
}

fn clocks(alice: &mut Phone) -> Option<(Timestamp, Timestamp, bool)> {
    alice.status().clocks.map(|Clocks { phone, laptop, is_now }| (phone, laptop, is_now))
}

#[test]
fn clocks_that_agree_are_not_told_of_and_others_are_both_named() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    for fine in [0, OFF_MS, -OFF_MS] {
        alice.set_clock(fine);
        assert_eq!(clocks(&mut alice), None, "{fine}");
    }
    for off in [OFF_MS + 1, -OFF_MS - 1, 6 * YEAR_MS, -6 * YEAR_MS] {
        alice.set_clock(off);
        assert_eq!(clocks(&mut alice), Some((at(off), at(0), true)), "{off}");
    }
}

#[test]
fn the_laptops_clock_goes_on_while_it_is_away_and_a_clock_that_is_set_right_is_believed_at_once() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    alice.set_clock(-6 * YEAR_MS);
    alice.pass(3_600_000);
    let (phone, told, is_now) = clocks(&mut alice).unwrap();
    assert_eq!((phone, told, is_now), (at(3_600_000 - 6 * YEAR_MS), at(3_600_000), true));
    alice.set_clock(0);
    assert_eq!(clocks(&mut alice), None);
}

#[test]
fn a_clock_that_went_back_while_the_app_was_closed_is_named_before_any_laptop_answers() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.pass(1_000);
    laptop.set_away(true);
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(clocks(&mut again), None);
    again.set_clock(-YEAR_MS);
    let (_, told, is_now) = clocks(&mut again).unwrap();
    assert_eq!((told, is_now), (at(0), false));
    // That time has passed since is no sign of anything.
    again.set_clock(YEAR_MS);
    assert_eq!(clocks(&mut again), None);
}

#[test]
fn a_laptop_whose_clock_is_wrong_is_named_just_the_same_and_nothing_is_held_up() {
    let laptop = Laptop::new(1);
    laptop.with(|laptop| laptop.hello.time = at(-14 * YEAR_MS));
    let mut alice = Phone::new(10, &laptop);
    assert_eq!(clocks(&mut alice), Some((at(0), at(-14 * YEAR_MS), true)));
    alice.record("a");
    alice.pass(1_000);
    assert_eq!(laptop.notes(), ["a"]);
}

#[test]
fn whoever_has_not_let_this_phone_in_says_nothing_of_clocks() {
    let laptop = Laptop::new(1);
    let other = Laptop::new(2);
    other.with(|other| other.hello.time = at(14 * YEAR_MS));
    let alice = Phone::new(10, &laptop);
    let mut again = Phone::start(11, &alice.disk, &other);
    again.pass(1_000);
    assert_eq!(clocks(&mut again), None);
}
