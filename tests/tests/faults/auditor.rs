//! Somebody who pulls everything, checks every chain and signature, and forgets nothing.

use chasqui_harness::{Agent, Phone, process::Laptop};
use chasqui_shared::{
    Admission, Batch, Charter, Epoch, LogView, LogWriter, MemoryLog, OfferResponse, Position,
    Range, WantedRequest, WriterId, offer, take_run,
};

/// All that a laptop ever showed.
pub struct Auditor {
    log: MemoryLog,
    log_writer: LogWriter,
    agent: Agent,
}

impl Auditor {
    pub fn new(charter: Charter) -> Self {
        let log_writer = LogWriter::new(&[0xaa; 32], Epoch([0; 16]));
        Self { log: MemoryLog::new(charter), log_writer, agent: Agent::new() }
    }

    /// Pulls what is new. Fails if the laptop lacks or changed what it showed before, lacks what it
    /// acknowledged to a phone, or counts wrongly.
    pub fn audit(&mut self, laptop: &Laptop, phones: &[Phone]) {
        let answer = self.offer(laptop);
        assert_eq!(answer.wanted, [], "it lacks nothing that it showed before");
        assert!(answer.forks.is_empty() && !answer.lost);
        for range in answer.offered {
            self.pull(laptop, range);
        }
        assert_eq!(self.offer(laptop).digest, self.digest(), "both hold the same");
        for phone in phones {
            let Position { seq, chain } = phone.acknowledged;
            let Ok(held) = self.log.chain_at(phone.writer(), seq);
            assert_eq!(held, Some(chain), "entry {seq} of {} is there", phone.writer());
        }
        let acknowledged: u64 = phones.iter().map(|phone| phone.acknowledged.seq).sum();
        let entries = laptop.entries();
        assert!(entries >= acknowledged, "{entries} entries of {acknowledged} acknowledged");
        assert_eq!(entries, self.entries());
    }

    /// How many entries the laptop showed.
    pub fn entries(&self) -> u64 {
        let Ok(clock) = self.log.clock();
        clock.entries()
    }

    fn digest(&self) -> chasqui_shared::ClockDigest {
        let Ok(digest) = self.log.clock_digest();
        digest
    }

    fn offer(&self, laptop: &Laptop) -> OfferResponse {
        let Ok(offer) = offer(&self.log, self.log_writer.writer(), None, Vec::new());
        self.agent.ask(&laptop.base, "sync/offer", &offer).unwrap()
    }

    fn pull(&mut self, laptop: &Laptop, Range { writer, mut after, until }: Range) {
        while after != until {
            let range = Range { writer, after, until };
            let question = WantedRequest { project: self.log.project(), ranges: vec![range] };
            let batch: Batch = self.agent.ask(&laptop.base, "changes/wanted", &question).unwrap();
            after = self.take(writer, &batch);
        }
    }

    fn take(&mut self, writer: WriterId, batch: &Batch) -> Position {
        let fresh_epoch = Epoch([9; 16]);
        let mut admission = Admission {
            verify: true,
            log_writer: &mut self.log_writer,
            fresh_epoch,
            brought_by: chasqui_shared::Role::Manager,
        };
        let Ok(answer) = take_run(&mut self.log, &mut admission, &batch.runs[0]);
        self.log.take_changes();
        assert_eq!((answer.writer, answer.refused, answer.forked_at), (writer, None, None));
        assert!(answer.added > 0 && answer.quarantined.is_empty());
        answer.durable
    }
}
