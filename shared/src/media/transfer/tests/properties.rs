//! What holds whatever goes wrong. `CHASQUI_SEED` plays one seed again.

#![expect(clippy::print_stdout, reason = "a test that fails shows the seed that it was at")]

use super::{
    ends::Taken,
    faults::Faults,
    world::{SLICE_BYTES_MAX, World},
};
use crate::{Code, ContentHash, transfer::Output};

const SEEDS: u64 = 400;
const FAULTS_MS: u64 = 20 * 60 * 1_000;
/// Long after the last fault: several of the longest pauses.
const CALM_MS: u64 = 60 * 60 * 1_000;

fn seeds() -> impl Iterator<Item = u64> {
    let one: Option<u64> = std::env::var("CHASQUI_SEED").ok().map(|seed| seed.parse().unwrap());
    (0..SEEDS).filter(move |seed| one.is_none_or(|one| one == *seed))
}

/// A world with files of all kinds, and those that can arrive.
fn world(seed: u64) -> (World, Vec<Taken>) {
    let mut random = fastrand::Rng::with_seed(seed ^ 0xf11e);
    let mut world = World::new(seed, Faults::all(&mut random));
    let mut sound = Vec::new();
    for n in 0..random.u64(1..20) {
        // No two files are the same: there is but one that is empty.
        let size = (random.u64(0..=4) * random.u64(0..=1_000)).max(16 * n.min(1));
        let taken = Taken::new(seed * 100 + n, size);
        let (here, there) =
            [(true, false), (false, true), (true, true), (false, false)][random.usize(..4)];
        world.add(&taken, here, there);
        let is_damaged = size > 0 && random.u8(..) < 30;
        if is_damaged {
            for end in [&mut world.here, &mut world.there] {
                end.whole.entry(taken.file.hash).and_modify(|bytes| bytes[0] ^= 1);
            }
        } else if here != there {
            sound.push(taken);
        }
    }
    (world, sound)
}

#[test]
fn every_file_that_both_ends_can_carry_arrives_whole_exactly_once() {
    for seed in seeds() {
        println!("seed {seed}");
        let (mut world, sound) = world(seed);
        world.wake();
        // Whoever drives it asks anew again and again, as a phone does after each conversation.
        while world.now_ms < FAULTS_MS {
            world.run_until(FAULTS_MS);
            world.now_ms += 60_000;
            world.wake();
        }
        world.faults = Faults::none(100);
        let until = world.now_ms + CALM_MS;
        world.run_until(until);
        for taken in &sound {
            let hash = taken.file.hash;
            for end in [&world.here, &world.there] {
                assert_eq!(end.whole.get(&hash), Some(&taken.bytes), "{}", taken.file.name);
            }
            let arrivals = world.here.arrivals.get(&hash).or(world.there.arrivals.get(&hash));
            assert_eq!(arrivals, Some(&1), "{}", taken.file.name);
            let traffic = &world.traffic.get(&hash);
            let (sent, lost) = traffic.map_or((0, 0), |traffic| (traffic.bytes, traffic.lost));
            let again = lost * SLICE_BYTES_MAX + world.forgotten.get(&hash).unwrap_or(&0);
            assert!(sent <= taken.file.bytes + again, "{sent} bytes and {lost} lost slices");
        }
        assert!(world.requests < 20_000, "{} requests", world.requests);
    }
}

#[test]
fn a_bad_file_is_tried_again_without_haste() {
    for seed in seeds() {
        println!("seed {seed}");
        let (mut world, _) = world(seed);
        world.faults = Faults::none(100);
        world.wake();
        world.run_until(CALM_MS);
        let before = world.requests;
        world.run_until(2 * CALM_MS);
        let bad = world.here.whole.len() + world.there.whole.len();
        // A round is at least half of the longest pause apart; a file has five slices at most, and
        // some are asked about.
        let rounds = CALM_MS / (150 * 1_000);
        assert!(world.requests - before <= rounds * (1 + 8 * bad as u64));
    }
}

/// Each code, for one file alone, as often as that file is tried.
#[test]
fn no_code_that_is_of_one_file_keeps_others_back() {
    for code in Code::ALL.iter().cloned().chain([Code::Other("too_tired".into())]) {
        for is_sent in [true, false] {
            let mut world = World::new(1, Faults::none(10));
            let files: Vec<_> = (0..6).map(|n| Taken::new(n, 500 * n + 1)).collect();
            for taken in &files {
                world.add(taken, is_sent, !is_sent);
            }
            let bad: ContentHash = files[2].file.hash;
            world.faults.refused_files.insert(bad, code.clone());
            world.wake();
            // Whoever drives it asks anew; the file is among the last from then on.
            for _ in 0..20 {
                let until_ms = world.now_ms + 600_000;
                world.run_until(until_ms);
            }
            let end = if is_sent { &world.there } else { &world.here };
            let is_about_all = world.told.iter().any(|output| matches!(output, Output::GaveUp(_)));
            if is_about_all {
                assert!(!code.is_retryable(), "{code} is waited for");
                continue;
            }
            assert_eq!(end.arrivals.len(), files.len() - 1, "{code}");
            assert!(!end.whole.contains_key(&bad));
        }
    }
}
