//! One paired phone that does whatever it likes, beside two honest ones, against the real program.
//!
//! Each seed is one device with a few acts, legal and illegal ones. After each of them an honest
//! phone saves and syncs: both succeed at the first try, in as many requests as ever and with
//! answers within bounds. What the manager's page reads is within bounds too, nothing that an
//! honest phone brought is missing or altered in the end, and with the device's access everything
//! ends that it held open. Nothing here looks at a clock.
//!
//! What one device leaves behind the next finds: [`SEEDS_A_LAPTOP`] devices come to one laptop, one
//! after the other. `CHASQUI_HOSTILE_SEEDS=10000` plays more than the seeds of `make test`;
//! `CHASQUI_SEED=…` plays the one that failed, after those that came to the same laptop before it.

mod acts;
mod device;
mod honest;
mod manager;

use std::ops::Range;

use self::{acts::ACTS, device::Device, honest::Honest, manager::Manager};
use chasqui_harness::process::Laptop;

/// Seeds of one run of the tests.
const SEEDS: u64 = 100;
/// Hostile devices of one laptop. Fewer would begin anew what adds up.
const SEEDS_A_LAPTOP: u64 = 50;
const ACTS_OF_ONE: usize = 6;

#[test]
fn one_hostile_phone_neither_stops_nor_fills_nor_blinds_two_honest_ones() {
    for seeds in seeds() {
        play(seeds);
    }
}

/// One laptop and the devices of these seeds.
fn play(seeds: Range<u64>) {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let mut manager = Manager::new(&laptop);
    let mut honest = [1, 2].map(|number| Honest::new(&laptop, number));
    for seed in seeds {
        eprintln!("{}", replay(seed));
        let mut random = fastrand::Rng::with_seed(seed);
        let mut hostile = Device::new(&laptop, seed);
        for _ in 0..ACTS_OF_ONE {
            let (name, act) = random.choice(ACTS).unwrap();
            eprintln!("  {name}");
            hostile.speaks_again();
            act(&mut hostile, &honest, &mut random);
            let phone = random.usize(0..honest.len());
            honest[phone].saves_and_syncs();
        }
        honest[random.usize(0..2)].saves_a_photo(&mut random);
        manager.looks();
        hostile.end(&laptop);
        laptop.has_not_panicked();
    }
    honest.iter().for_each(Honest::finds_what_it_saved);
    manager.sees_all_points();
}

/// How the device of a seed is played again.
fn replay(seed: u64) -> String {
    format!("CHASQUI_SEED={seed} cargo test -p chasqui-tests one_hostile_phone")
}

/// The seeds, a laptop's at a time.
fn seeds() -> Vec<Range<u64>> {
    let of = |name| std::env::var(name).ok().map(|number| number.parse::<u64>().unwrap());
    if let Some(seed) = of("CHASQUI_SEED") {
        return std::iter::once(seed - seed % SEEDS_A_LAPTOP..seed + 1).collect();
    }
    let seeds = of("CHASQUI_HOSTILE_SEEDS").unwrap_or(SEEDS);
    let first = (0..seeds).step_by(SEEDS_A_LAPTOP as usize);
    first.map(|first| first..seeds.min(first + SEEDS_A_LAPTOP)).collect()
}
