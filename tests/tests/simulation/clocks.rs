//! The reasons for this project's clock, kept true. `make clocks` prints the whole table.

use chasqui_tests::clocks::{Conditions, Outcome, Row};

const ALL_FAULTS: Conditions = Conditions { cut_percent: 20, wrong_clocks: true, restores: true };

fn outcome(row: Row) -> Outcome {
    row.play(ALL_FAULTS, 1)
}

#[test]
fn append_only_logs_lose_nothing_and_show_no_false_conflict() {
    let ours = outcome(Row::Ours);
    assert!(ours.versions > 900);
    assert_eq!((ours.lost, ours.false_conflicts), (0, 0));
}

#[test]
fn a_counter_that_moves_at_sync_loses_versions() {
    assert!(outcome(Row::ProposalLiterally).lost > 10);
    assert!(outcome(Row::NodeClock).lost > 10);
}

#[test]
fn pruning_shows_false_conflicts() {
    assert!(outcome(Row::ProposalPruned(10)).false_conflicts > 100);
    assert!(outcome(Row::RecordClockPruned(5)).false_conflicts > 100);
}

#[test]
fn the_last_writer_loses_what_others_wrote() {
    assert!(outcome(Row::LastWriter).lost > 100);
}
