//! The parts of a round, and how far each is.

use std::collections::VecDeque;

use crate::{
    log::{LogView, Position, Range, RunResult},
    sync::message::Batch,
};

/// A part of a round. The ranges shrink as they are done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Push(VecDeque<Range>),
    Pull(VecDeque<Range>),
}

impl Step {
    pub fn entries(&self) -> u64 {
        let (Step::Push(ranges) | Step::Pull(ranges)) = self;
        ranges.iter().fold(0, |entries: u64, range| {
            entries.saturating_add(range.until.seq.saturating_sub(range.after.seq))
        })
    }
}

/// Moves the ranges past what the answers call durable, and drops those that cannot go on: all of
/// them if the answers are about none, so that a peer that talks of something else is not asked for
/// ever. Returns how many entries were passed.
pub(super) fn advance<V: LogView>(
    view: &V,
    ranges: &mut VecDeque<Range>,
    answers: &[RunResult],
) -> Result<u64, V::Error> {
    let mut passed: u64 = 0;
    if !answers.iter().any(|answer| ranges.iter().any(|range| range.writer == answer.writer)) {
        ranges.clear();
    }
    for answer in answers {
        let Some(index) = ranges.iter().position(|range| range.writer == answer.writer) else {
            continue;
        };
        let range = &mut ranges[index];
        let taken = answer.known.saturating_add(answer.added);
        let seq = range.after.seq.saturating_add(taken);
        let held = view.chain_at(range.writer, seq)?;
        passed = passed.saturating_add(taken);
        match held {
            Some(chain)
                if taken > 0
                    && answer.refused.is_none()
                    && answer.forked_at.is_none()
                    && seq < range.until.seq =>
            {
                range.after = Position { seq, chain };
            }
            _ => {
                ranges.remove(index);
            }
        }
    }
    Ok(passed)
}

/// Drops the ranges before the batch's last run that gave no run: this side no longer holds them as
/// they were planned.
pub(super) fn drop_passed_over(ranges: &mut VecDeque<Range>, batch: &Batch) {
    let last = batch.runs.last().map(|run| run.writer);
    let mut behind = last.is_some();
    ranges.retain(|range| {
        let sent = batch.runs.iter().any(|run| run.writer == range.writer);
        let keep = sent || !behind;
        behind &= Some(range.writer) != last;
        keep && last.is_some()
    });
}
