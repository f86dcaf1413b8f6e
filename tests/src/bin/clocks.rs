//! Prints the table of the clocks compared: lost versions / false conflicts, over three seeds.

#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "this command's output is what it prints")]

use chasqui_tests::clocks::{Conditions, Row};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=3;

fn main() {
    let names: Vec<_> = Conditions::ALL.iter().map(|(name, _)| *name).collect();
    println!("| lost versions / false conflicts | {} |", names.join(" | "));
    println!("| --- |{}", " --- |".repeat(names.len()));
    let mut versions = [0; Conditions::ALL.len()];
    for row in Row::ALL {
        let mut cells = Vec::new();
        for (column, (_, conditions)) in Conditions::ALL.into_iter().enumerate() {
            let outcomes: Vec<_> = SEEDS.map(|seed| row.play(conditions, seed)).collect();
            let sum = |of: fn(&chasqui_tests::clocks::Outcome) -> usize| -> usize {
                outcomes.iter().map(of).sum()
            };
            versions[column] = sum(|outcome| outcome.versions);
            cells.push(format!("{} / {}", sum(|o| o.lost), sum(|o| o.false_conflicts)));
        }
        println!("| {} | {} |", row.name(), cells.join(" | "));
    }
    println!();
    println!("25 phones, 5 laptops, seeds {SEEDS:?}; versions written a column: {versions:?}.");
}
