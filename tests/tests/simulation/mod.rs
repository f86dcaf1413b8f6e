//! A fixed set of seeds of the simulation. `make simulate SEEDS=1000..2000` plays any others.
//!
//! `CHASQUI_SEEDS=1234..1235` plays those instead.

mod clocks;
mod mutants;
mod power;

use std::{env, thread};

use chasqui_tests::{Plan, Shape, simulate};

const SEEDS: std::ops::Range<u64> = 0..300;

fn seeds() -> Vec<u64> {
    match env::var("CHASQUI_SEEDS") {
        Ok(text) => {
            let (first, end) = text.split_once("..").expect("CHASQUI_SEEDS is FIRST..END");
            let read = |seed: &str| seed.parse::<u64>().expect("a seed is a number");
            (read(first)..read(end)).collect()
        }
        Err(_) => SEEDS.collect(),
    }
}

/// The seeds after `SEEDS` that begin with such logs.
fn seeds_of(shape: Shape, count: usize) -> Vec<u64> {
    (SEEDS.end..).filter(|&seed| Plan::of(seed).shape == shape).take(count).collect()
}

fn play(seeds: &[u64]) {
    let broken: Vec<String> = thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let players: Vec<_> = seeds
            .chunks(seeds.len().div_ceil(cores).max(1))
            .map(|seeds| {
                scope.spawn(|| seeds.iter().filter_map(|&seed| violation(seed)).collect::<Vec<_>>())
            })
            .collect();
        players.into_iter().flat_map(|player| player.join().expect("a story ends")).collect()
    });
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn violation(seed: u64) -> Option<String> {
    let violation = simulate(&Plan::of(seed), None, false).violation?;
    Some(format!("seed {seed}: {violation}\nreplay: make simulate SEEDS=\"{seed} --trace\""))
}

#[test]
fn nothing_is_lost_and_all_agree_when_it_is_quiet() {
    play(&seeds());
}

#[test]
fn versions_that_fill_a_batch_with_their_notes_arrive() {
    play(&seeds_of(Shape::LongNotes, 6));
}

#[test]
fn a_log_longer_than_a_batch_arrives() {
    play(&seeds_of(Shape::LongLog, 2));
}

#[test]
fn more_logs_than_an_offer_may_name_arrive() {
    play(&seeds_of(Shape::ManyLogs, 2));
}

#[test]
fn a_seed_always_tells_the_same_story() {
    for seed in 0..10 {
        let tell = || simulate(&Plan::of(seed), None, true).lines;
        assert_eq!(tell(), tell(), "seed {seed}");
    }
}

#[test]
fn stories_hold_what_they_are_about() {
    let stories: Vec<_> = (0..100).map(|seed| simulate(&Plan::of(seed), None, true)).collect();
    let lines: Vec<_> = stories.iter().flat_map(|story| &story.lines).collect();
    for told in [
        "is wiped",
        "gets its backup back",
        "copy ",
        "crashes before its commit",
        "crashes after its commit",
        "reads a drive",
        "forges",
        "begins a new log",
        "LogForked",
        "LogLost",
        "EntryQuarantined",
        "(timeout)",
        "(unreachable)",
        "(malformed)",
    ] {
        assert!(lines.iter().any(|line| line.contains(told)), "no story tells of {told:?}");
    }
    let acknowledged: usize = stories.iter().map(|story| story.acknowledged).sum();
    let versions: usize = stories.iter().map(|story| story.versions).sum();
    assert!(acknowledged * 2 > versions, "{acknowledged} of {versions} were acknowledged");
}
