//! What a round does next: ask about files, move the next slice, rest, or end.

use std::collections::btree_map::Entry;

use super::{
    Asking, Flight, Phase, Transfer,
    event::{Moved, Output, Wanted},
    job::Job,
};
use crate::{failure::Failure, id::ContentHash, limits};

impl Transfer {
    /// Takes in what is wanted, but for files that it has already.
    pub(super) fn want(&mut self, files: Vec<Wanted>) {
        for wanted in files {
            let hash = wanted.file.hash;
            if let Entry::Vacant(job) = self.jobs.entry(hash) {
                job.insert(Job::new(wanted));
                self.enqueue(hash);
            }
        }
    }

    /// Begins a round with everything that is wanted, also what was put back.
    pub(super) fn begin(&mut self) {
        self.phase = Phase::Moving;
        self.moved = Moved::default();
        self.jobs.values_mut().for_each(|job| job.is_counted = false);
        for hash in std::mem::take(&mut self.put_back) {
            self.enqueue(hash);
        }
        for hash in std::mem::take(&mut self.resting).into_keys() {
            self.unknown.insert(hash);
        }
        let ready = self.ready.iter().map(|(.., hash)| *hash).collect::<Vec<_>>();
        ready.into_iter().for_each(|hash| self.count(hash));
    }

    /// Puts a job where it waits: to be asked about, or to be moved.
    pub(super) fn enqueue(&mut self, hash: ContentHash) {
        let Some(job) = self.jobs.get(&hash) else { return };
        if job.is_unknown() {
            self.unknown.insert(hash);
        } else {
            self.ready.insert(job.rank());
            self.count(hash);
        }
    }

    fn count(&mut self, hash: ContentHash) {
        if let Some(job) = self.jobs.get_mut(&hash)
            && !std::mem::replace(&mut job.is_counted, true)
        {
            self.moved.total += 1;
            self.moved.total_bytes += job.file.bytes;
            self.moved.done_bytes += job.offset;
        }
    }

    /// Does what can be done now.
    pub(super) fn go_on(&mut self, now_ms: u64) {
        match &self.phase {
            Phase::Resting { .. } => return,
            Phase::Draining(failure) => {
                if self.flights.is_empty() && self.asking.is_none() {
                    let failure = failure.clone();
                    self.interrupt(now_ms, failure);
                }
                return;
            }
            Phase::Moving => {}
        }
        let rested = self.resting.extract_if(.., |_, until_ms| *until_ms <= now_ms);
        self.unknown.extend(rested.map(|(hash, _)| hash));
        self.ask(now_ms);
        // Only who knows of all files can tell which is the smallest.
        if self.asking.is_some() {
            return;
        }
        while self.may_move && self.flights.len() < self.limits.slices_max {
            let Some((.., hash)) = self.ready.pop_first() else { break };
            self.launch(now_ms, hash);
        }
        if self.flights.is_empty() && self.resting.is_empty() {
            self.finish(now_ms);
        }
    }

    fn ask(&mut self, now_ms: u64) {
        if self.asking.is_some() || self.unknown.is_empty() {
            return;
        }
        let hashes: Vec<_> = self.unknown.iter().copied().take(limits::HELD_MAX).collect();
        hashes.iter().for_each(|hash| {
            self.unknown.remove(hash);
        });
        let request = self.number();
        let until_ms = now_ms.saturating_add(self.limits.answer_ms + self.limits.grace_ms);
        self.outputs.push_back(Output::Ask { request, hashes: hashes.clone() });
        self.asking = Some(Asking { request, hashes, until_ms });
    }

    fn launch(&mut self, now_ms: u64, hash: ContentHash) {
        let request = self.number();
        let (bytes_max, patience_ms) = (self.pace.bytes(), self.pace.patience_ms());
        let Some(job) = self.jobs.get_mut(&hash) else { return };
        let (file, offset) = (job.file.clone(), job.offset);
        let is_new = job.is_sent && job.place.is_none();
        self.outputs.push_back(if job.is_sent {
            job.high.get_or_insert(0);
            Output::Send { request, file, at: job.place.clone(), bytes_max, patience_ms }
        } else {
            Output::Fetch { request, file, offset, bytes_max, patience_ms }
        });
        let until_ms = now_ms.saturating_add(patience_ms).saturating_add(self.limits.grace_ms);
        let offset = if is_new { 0 } else { offset };
        let flight = Flight { hash, offset, is_new, began_ms: now_ms, patience_ms, until_ms };
        self.flights.insert(request, flight);
    }

    fn number(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    /// Nothing is under way, and nothing can begin.
    fn finish(&mut self, now_ms: u64) {
        if !self.may_move {
            self.phase = Phase::Resting { until_ms: now_ms };
            return;
        }
        if self.put_back.is_empty() || self.moved.done > 0 {
            self.retry.succeeded();
            self.interruptions = 0;
        }
        let pause_ms = if self.put_back.is_empty() { 0 } else { self.retry.failed() };
        self.has_moved = false;
        self.phase = Phase::Resting { until_ms: now_ms.saturating_add(pause_ms) };
        self.outputs.push_back(Output::Finished);
    }

    /// Rests after a failure of everything. A wifi that breaks again and again is no reason to
    /// wait, as long as each time something arrives.
    fn interrupt(&mut self, now_ms: u64, failure: Failure) {
        let pause_ms = if std::mem::take(&mut self.has_moved) {
            self.retry.succeeded();
            self.interruptions = 0;
            self.limits.rest_ms_min
        } else {
            self.retry.failed().max(self.limits.rest_ms_min)
        };
        self.interruptions += 1;
        self.phase = Phase::Resting { until_ms: now_ms.saturating_add(pause_ms) };
        if failure.retryable && self.interruptions < self.limits.interruptions_max {
            self.outputs.push_back(Output::Interrupted(failure));
        } else {
            self.forget_jobs();
            self.outputs.push_back(Output::GaveUp(failure));
        }
    }
}
