//! Shows that the judge can fail: the code is broken in one way at a time, and each is caught on
//! seeds that the code as it is passes; `simulation.rs` plays the same seeds. `make simulate
//! SEEDS="0..300 --mutants"` prints what was said of each.

use chasqui_tests::{Mutant, Plan, simulate};

const SEEDS: u64 = 300;

#[test]
fn each_way_to_break_the_code_is_caught() {
    let caught = |mutant: Mutant| {
        (0..SEEDS).any(|seed| simulate(&Plan::of(seed), Some(mutant), false).violation.is_some())
    };
    let missed: Vec<_> = Mutant::ALL.into_iter().filter(|&mutant| !caught(mutant)).collect();
    assert!(missed.is_empty(), "not caught in {SEEDS} seeds: {missed:?}");
}
