//! Power cuts at any write of the laptop's redb file. `CHASQUI_SEEDS=1234..1235` plays those
//! instead.

use std::env;

use chasqui_tests::{DiskKind, cut_power};

fn seeds() -> std::ops::Range<u64> {
    let Ok(text) = env::var("CHASQUI_SEEDS") else { return 0..40 };
    let (first, end) = text.split_once("..").expect("CHASQUI_SEEDS is FIRST..END");
    let read = |seed: &str| seed.parse().expect("a seed is a number");
    read(first)..read(end)
}

/// A laptop without a battery lost power in the rainy season, while phones brought records, some
/// from copied disks. What it had told a phone that it has must be there when it starts again, with
/// every head, and nothing half.
#[test]
fn a_power_cut_at_any_write_takes_nothing_that_was_promised() {
    let mut cuts = 0;
    for seed in seeds() {
        match cut_power(seed, DiskKind::Honest) {
            Ok(count) => cuts += count,
            Err(violation) => panic!("CHASQUI_SEEDS={seed}..{}: {violation}", seed + 1),
        }
    }
    assert!(cuts > 0, "the power went in no story");
}

/// Shows that the judge can fail.
#[test]
fn a_disk_that_forgets_what_it_synced_is_found_out() {
    assert!((0..40).any(|seed| cut_power(seed, DiskKind::Lying).is_err()));
}
