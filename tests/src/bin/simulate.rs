//! Plays seeds: `simulate 1000..2000`, or `simulate 1234` for one. Prints the seed of each
//! violation, which replays it alone, and stops after ten.
//!
//! `--trace` prints what happened in each seed, and is meant for one. `--mutant NAME` breaks the
//! code in that way, and `--mutants` breaks it in each way in turn and prints the first seed that
//! catches it.

#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "this command's output is what it prints")]

use std::{
    ops::Range,
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use chasqui_tests::{Mutant, Plan, simulate};

/// After so many violations nothing more is played.
const BROKEN_MAX: u64 = 10;

/// What was asked for.
struct Order {
    seeds: Range<u64>,
    mutant: Option<Mutant>,
    all_mutants: bool,
    trace: bool,
}

fn main() -> ExitCode {
    let Some(order) = read(std::env::args().skip(1)) else {
        println!(
            "usage: simulate FIRST..END [--trace] [--mutants | --mutant NAME]   (or one SEED)"
        );
        println!("mutants: {:?}", Mutant::ALL);
        return ExitCode::from(2);
    };
    let good = if order.all_mutants {
        Mutant::ALL.iter().filter(|&&mutant| !is_caught(mutant, &order.seeds)).count() == 0
    } else if order.trace {
        order.seeds.clone().all(|seed| played(seed, &order))
    } else {
        play_all(&order)
    };
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(mut arguments: impl Iterator<Item = String>) -> Option<Order> {
    let mut order = Order { seeds: 0..0, mutant: None, all_mutants: false, trace: false };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--trace" => order.trace = true,
            "--mutants" => order.all_mutants = true,
            "--mutant" => order.mutant = Some(Mutant::named(&arguments.next()?)?),
            seeds => order.seeds = range(seeds)?,
        }
    }
    Some(order).filter(|order| !order.seeds.is_empty())
}

fn range(text: &str) -> Option<Range<u64>> {
    match text.split_once("..") {
        Some((first, end)) => Some(first.parse().ok()?..end.parse().ok()?),
        None => text.parse().ok().map(|seed: u64| seed..seed + 1),
    }
}

/// Plays the seeds on all cores; `false` if one broke something.
fn play_all(order: &Order) -> bool {
    let next = AtomicU64::new(order.seeds.start);
    let broken = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while broken.load(Ordering::Relaxed) < BROKEN_MAX {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= order.seeds.end {
                        break;
                    }
                    if !played(seed, order) {
                        broken.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let good = broken.into_inner() == 0;
    if good {
        println!("{} seeds, no violation", order.seeds.end - order.seeds.start);
    }
    good
}

fn played(seed: u64, order: &Order) -> bool {
    let story = simulate(&Plan::of(seed), order.mutant, order.trace);
    for line in &story.lines {
        println!("{line}");
    }
    if let Some(violation) = &story.violation {
        println!("seed {seed}: {violation}");
        println!("replay: make simulate SEEDS=\"{seed} --trace\"");
    } else if order.trace {
        println!(
            "seed {seed}: {} versions, {} acknowledged, no violation",
            story.versions, story.acknowledged
        );
    }
    story.violation.is_none()
}

fn is_caught(mutant: Mutant, seeds: &Range<u64>) -> bool {
    let caught = seeds.clone().find_map(|seed| {
        let violation = simulate(&Plan::of(seed), Some(mutant), false).violation?;
        Some((seed, violation))
    });
    match &caught {
        Some((seed, violation)) => println!("{mutant:?}: seed {seed}: {violation}"),
        None => println!("{mutant:?}: not caught"),
    }
    caught.is_some()
}
