//! A wifi that falls silent without telling anybody is noticed soon, and one that is only slow is
//! not taken for silent.

use chasqui_shared::limits::{
    REQUEST_TIMEOUT_MS, RETRY_DELAY_MS_MIN, SLICE_BYTES_MAX, SLICE_BYTES_MIN,
};

use super::{
    down::{add, pulled},
    harness::Phone,
    laptop::Laptop,
    upload::{bytes, record},
};
use crate::limits::{SLICE_PATIENCE_MS_MIN, UPLOADS_MAX};

const GOOD_BYTES_PER_S: u64 = 1_000_000;
const FILM_BYTES: u64 = 8_000_000;
const POOR_BYTES_PER_S: u64 = 20_000;

/// A phone on its way to send a film over a good wifi, which it has got to know.
fn sending() -> (Laptop, Phone) {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.air.set_bytes_per_s(GOOD_BYTES_PER_S);
    record(&mut alice, "film", &bytes(1, FILM_BYTES));
    alice.pass(5_000);
    assert!(durable(&laptop) > GOOD_BYTES_PER_S);
    (laptop, alice)
}

/// Bytes that came of all files; none twice.
fn durable(laptop: &Laptop) -> u64 {
    laptop.with(|laptop| laptop.files.slices.iter().map(|(.., len)| len).sum())
}

fn held(laptop: &Laptop) -> usize {
    laptop.with(|laptop| laptop.files.held.len())
}

#[test]
fn an_upload_in_a_silence_is_given_up_and_goes_on_while_other_requests_would_still_wait() {
    let (laptop, mut alice) = sending();
    alice.air.fall_silent();
    // It asks for news in the silence, too, and nothing of a file is sent before it got an answer.
    alice.engine.wake();
    alice.pass(1_500);
    let before = durable(&laptop);
    alice.pass(SLICE_PATIENCE_MS_MIN + RETRY_DELAY_MS_MIN);
    assert!(durable(&laptop) > before);
    alice.pass(60_000);
    assert_eq!((held(&laptop), durable(&laptop)), (1, FILM_BYTES));
}

#[test]
fn a_conversation_in_a_silence_begins_anew_at_once_when_the_network_changes() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.air.fall_silent();
    alice.record("Mancha de crudo");
    alice.pass(1_000);
    assert!(laptop.notes().is_empty());
    alice.engine.network_changed();
    alice.pass(RETRY_DELAY_MS_MIN);
    assert_eq!(laptop.notes(), ["Mancha de crudo"]);
}

#[test]
fn a_wifi_that_was_always_poor_brings_files_without_one_slice_given_up() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.air.set_bytes_per_s(POOR_BYTES_PER_S);
    let sizes = [1_000, SLICE_BYTES_MIN + 1, 300_000, 400_000, 500_000];
    for (n, size) in sizes.into_iter().enumerate() {
        record(&mut alice, &n.to_string(), &bytes(n as u64, size));
    }
    let all_bytes: u64 = sizes.iter().sum();
    alice.pass(1_000 * all_bytes / POOR_BYTES_PER_S + 5_000);
    assert_eq!((held(&laptop), durable(&laptop)), (5, all_bytes));
    assert_eq!(alice.air.given_up(), 0);
}

#[test]
fn a_good_wifi_that_becomes_poor_goes_on_bringing_files_and_soon_gives_no_slice_up() {
    let (laptop, mut alice) = sending();
    for n in 2..=UPLOADS_MAX as u64 {
        record(&mut alice, &n.to_string(), &bytes(n, 2 * SLICE_BYTES_MAX));
    }
    alice.pass(1_000);
    alice.air.set_bytes_per_s(POOR_BYTES_PER_S);
    let mut before = durable(&laptop);
    let mut given_up = Vec::new();
    for _ in 0..8 {
        alice.pass(REQUEST_TIMEOUT_MS);
        let now = durable(&laptop);
        assert!(now > before, "something comes in any half minute");
        before = now;
        given_up.push(alice.air.given_up());
    }
    let (first, last) = (given_up[2], given_up[7]);
    assert!(0 < first && first == last, "{given_up:?} slices were given up");
    alice.air.set_bytes_per_s(GOOD_BYTES_PER_S);
    alice.pass(60_000);
    assert_eq!(held(&laptop), UPLOADS_MAX);
    assert_eq!(durable(&laptop), FILM_BYTES + 2 * 2 * SLICE_BYTES_MAX);
}

#[test]
fn a_file_that_is_fetched_comes_over_a_wifi_that_became_poor() {
    let (laptop, mut alice, film) = pulled(&bytes(1, 4 * SLICE_BYTES_MAX));
    alice.fetch_file(film.hash).unwrap();
    let photo = add(&laptop, 2, &bytes(2, 600_000));
    alice.engine.wake();
    alice.settle();
    // Not even the smallest slice comes within the least patience.
    alice.air.set_bytes_per_s(1_000 * SLICE_BYTES_MIN / (SLICE_PATIENCE_MS_MIN + 2_000));
    alice.fetch_file(photo.hash).unwrap();
    assert!(alice.air.given_up() > 0);
}
