//! What laptops have confirmed of the logs on this phone, and which records that concerns.

use std::collections::BTreeSet;

use chasqui_shared::{Batch, Clock, LogView, Position, RecordId, Run, RunResult, WriterId};

use super::Ledger;

impl Ledger {
    /// A laptop answered that these runs are durable there. Says whether that is news.
    pub fn confirm_batch(&mut self, batch: &Batch, answers: &[RunResult]) -> bool {
        let mut news = false;
        for (run, answer) in batch.runs.iter().zip(answers) {
            if run.writer == answer.writer {
                news |= self.confirm_run(run, answer);
            }
        }
        news
    }

    /// A laptop and this phone held exactly this. Says whether that is news.
    pub fn confirm(&mut self, clock: &Clock) -> bool {
        let mut news = false;
        for (writer, position) in clock.iter() {
            news |= self.confirm_position(writer, position);
        }
        news
    }

    /// How far laptops have confirmed each log.
    pub fn confirmed(&self) -> &Clock {
        &self.confirmed
    }

    /// How far laptops have confirmed a log, as it is held here now.
    pub fn confirmed_seq(&self, writer: WriterId) -> u64 {
        self.seq_held(&self.confirmed, writer)
    }

    /// How far somebody who has this clock holds a log, as it is here now.
    pub fn seq_held(&self, clock: &Clock, writer: WriterId) -> u64 {
        let Some(end) = clock.get(writer) else { return 0 };
        let Ok(held) = self.log.chain_at(writer, end.seq);
        if held == Some(end.chain) { end.seq } else { 0 }
    }

    /// Entries in this phone's own logs that no laptop has confirmed.
    pub fn waiting(&self) -> u64 {
        let device = self.log_writer.owner().device;
        let own = self.log.logs().filter(|(_, owner, _)| owner.device == device);
        own.map(|(writer, _, entries)| entries.len() as u64 - self.confirmed_seq(writer)).sum()
    }

    /// The records of which laptops may have confirmed more or less since the last call; `None` if
    /// it may be any.
    pub fn take_moved(&mut self) -> Option<BTreeSet<RecordId>> {
        let moved = std::mem::take(&mut self.moved);
        if std::mem::take(&mut self.all_moved) { None } else { Some(moved) }
    }

    pub(super) fn confirm_run(&mut self, run: &Run, answer: &RunResult) -> bool {
        let seq = run.after.seq.saturating_add(answer.known).saturating_add(answer.added);
        let Ok(Some(chain)) = self.log.chain_at(run.writer, seq) else { return false };
        self.confirm_position(run.writer, Position { seq, chain })
    }

    fn confirm_position(&mut self, writer: WriterId, position: Position) -> bool {
        if position.seq <= self.confirmed_seq(writer) {
            return false;
        }
        let before = self.confirmed_seq(writer);
        self.confirmed.set(writer, position);
        self.note_moved(writer, before);
        true
    }

    /// Notes the records of the entries up to which a log is confirmed now, and was not before, or
    /// the other way round.
    pub(super) fn note_moved(&mut self, writer: WriterId, before: u64) {
        let now = self.confirmed_seq(writer);
        for seq in before.min(now) + 1..=before.max(now) {
            let Ok(Some(logged)) = self.log.entry(writer, seq) else { break };
            if let Ok(version) = logged.entry.version.decode_admitted() {
                self.moved.insert(version.record);
            }
        }
    }
}
