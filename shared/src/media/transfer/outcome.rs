//! What came of requests.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Flight, Phase, Transfer,
    event::{Output, Placed},
    scope::Scope,
};
use crate::{
    failure::{Code, Failure},
    id::ContentHash,
    limits,
    media::stored::StoredResponse,
};

/// A file is put back when it was so often in a row not where it was believed to be.
const STRIKES_MAX: u32 = 5;

impl Transfer {
    /// The peer said which files it has. What it says of files that it was not asked about is
    /// ignored.
    pub(super) fn answered(&mut self, request: u64, answer: &StoredResponse) {
        let Some(asking) = self.asking.take_if(|asking| asking.request == request) else { return };
        let stored: BTreeSet<_> = answer.held.iter().collect();
        let begun = answer.begun.iter().map(|begun| (begun.hash, begun));
        let begun: BTreeMap<_, _> = begun.collect();
        for hash in asking.hashes {
            let Some(job) = self.jobs.get_mut(&hash) else { continue };
            if job.is_sent == stored.contains(&hash) {
                self.jobs.remove(&hash);
                continue;
            }
            job.ask = false;
            if job.is_sent {
                let begun = begun.get(&hash).filter(|begun| begun.offset < job.file.bytes);
                job.place = begun
                    .map(|begun| Placed { upload: begun.upload.clone(), offset: begun.offset });
                self.has_moved |= job.reach(begun.map_or(0, |begun| begun.offset));
            }
            self.enqueue(hash);
        }
    }

    /// So much of a file is durable where it goes. `at` is where its upload goes on.
    pub(super) fn arrived(
        &mut self,
        now_ms: u64,
        request: u64,
        offset: u64,
        bytes: u64,
        at: Option<Placed>,
    ) {
        let Some(flight) = self.flights.get(&request) else { return };
        let goes_on = offset > flight.offset || offset == bytes || flight.is_new;
        let is_direct = self.jobs.get(&flight.hash).is_some_and(|job| job.is_sent == at.is_some());
        if offset > bytes || !goes_on || !is_direct {
            let message = "the other side took or sent something else than was asked";
            let failure = Failure::new(Code::BadAnswer, message).worth_retrying();
            return self.failed(now_ms, request, failure, None);
        }
        let Some(Flight { hash, offset: from, began_ms, .. }) = self.flights.remove(&request)
        else {
            return;
        };
        self.pace.arrived(offset.saturating_sub(from), now_ms.saturating_sub(began_ms));
        let Some(job) = self.jobs.get_mut(&hash) else { return };
        self.moved.total_bytes = (self.moved.total_bytes + bytes).saturating_sub(job.file.bytes);
        self.moved.done_bytes = (self.moved.done_bytes + offset).saturating_sub(job.offset);
        (job.file.bytes, job.place) = (bytes, at);
        self.has_moved |= job.reach(offset) || offset == bytes;
        if offset < bytes {
            return self.enqueue(hash);
        }
        self.moved.done += 1;
        if let Some(job) = self.jobs.remove(&hash) {
            self.outputs.push_back(Output::Arrived(job.file));
        }
    }

    /// A request failed.
    pub(super) fn failed(
        &mut self,
        now_ms: u64,
        request: u64,
        failure: Failure,
        offset: Option<u64>,
    ) {
        if let Some(asking) = self.asking.take_if(|asking| asking.request == request) {
            self.unknown.extend(asking.hashes);
            return self.drain(failure);
        }
        let Some(Flight { hash, patience_ms, .. }) = self.flights.remove(&request) else { return };
        self.pace.failed(patience_ms, &failure);
        let Some(job) = self.jobs.get_mut(&hash) else { return };
        if let Some(offset) = offset {
            self.moved.done_bytes = (self.moved.done_bytes + offset).saturating_sub(job.offset);
            self.has_moved |= job.reach(offset);
        }
        job.doubt();
        let scope = Scope::of(&failure);
        job.refusals += u32::from(!matches!(scope, Scope::Way | Scope::Place));
        match scope {
            Scope::Way | Scope::All => {
                self.enqueue(hash);
                self.drain(failure);
            }
            Scope::Place => self.strike(now_ms, hash, failure),
            Scope::File => self.put_back(hash, failure),
            Scope::Size | Scope::Unbegun => self.put_back_alike(hash, scope, &failure),
        }
    }

    /// What was not answered in time is not waited for any more.
    pub(super) fn expire(&mut self, now_ms: u64) {
        let late = self.flights.iter().filter(|(_, flight)| flight.until_ms <= now_ms);
        let late: Vec<_> = late.map(|(request, _)| *request).collect();
        let asking = self.asking.iter().filter(|asking| asking.until_ms <= now_ms);
        for request in
            late.into_iter().chain(asking.map(|asking| asking.request).take(1)).collect::<Vec<_>>()
        {
            let failure = Failure::new(Code::Timeout, "the request was not answered");
            self.failed(now_ms, request, failure, None);
        }
    }

    fn drain(&mut self, failure: Failure) {
        if let Phase::Moving = self.phase {
            self.phase = Phase::Draining(failure);
        }
    }

    /// An upload is elsewhere: the peer is asked where, at once and then after longer and longer
    /// pauses.
    fn strike(&mut self, now_ms: u64, hash: ContentHash, failure: Failure) {
        let Some(job) = self.jobs.get_mut(&hash) else { return };
        job.strikes += 1;
        job.ask = true;
        match job.strikes {
            1 => drop(self.unknown.insert(hash)),
            strikes @ 2..STRIKES_MAX => {
                let pause_ms = limits::RETRY_DELAY_MS_MIN << (strikes - 2);
                self.resting.insert(hash, now_ms.saturating_add(pause_ms));
            }
            _ => self.put_back(hash, failure),
        }
    }

    fn put_back(&mut self, hash: ContentHash, failure: Failure) {
        let Some(job) = self.jobs.get_mut(&hash) else { return };
        job.strikes = 0;
        self.outputs.push_back(Output::PutBack(job.file.clone(), failure));
        self.put_back.insert(hash);
    }

    /// Puts back a file, and all others that would be refused for the same reason.
    fn put_back_alike(&mut self, hash: ContentHash, scope: Scope, failure: &Failure) {
        let Some(first) = self.jobs.get(&hash) else { return };
        let (bytes, is_sent) = (first.file.bytes, first.is_sent);
        self.put_back(hash, failure.clone());
        let alike: Vec<_> = self
            .ready
            .iter()
            .filter(|(.., hash)| {
                self.jobs.get(hash).is_some_and(|job| {
                    job.is_sent == is_sent
                        && match scope {
                            Scope::Size => job.file.bytes >= bytes,
                            _ => job.place.is_none(),
                        }
                })
            })
            .copied()
            .collect();
        for rank in alike {
            self.ready.remove(&rank);
            self.put_back(rank.2, failure.clone());
        }
    }
}
