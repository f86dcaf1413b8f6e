//! Single messages of a phone over a laptop's sockets, and what the laptop acknowledged.

use chasqui_shared::{
    Batch, BatchResponse, LogView, OfferResponse, Position, Range, RunEntry, WantedRequest,
    WriterId, collect, offer,
};

use super::Phone;
use crate::{Base, Device, Trouble};

impl Phone {
    /// The log that it writes to.
    pub fn writer(&self) -> WriterId {
        self.log_writer.writer()
    }

    /// Pairs with a laptop whose manager has this base; returns the phone's own.
    pub fn pair_at(&self, manager: &Base) -> Base {
        Device::with_log_writer(self.log_writer.clone()).pair_at(manager)
    }

    /// What the laptop answers to an offer.
    pub fn offers(&self, base: &Base) -> Result<OfferResponse, Trouble> {
        Ok(self.offers_measured(base)?.0)
    }

    /// The same, with the bytes of the answer.
    pub fn offers_measured(&self, base: &Base) -> Result<(OfferResponse, usize), Trouble> {
        let Ok(offer) = offer(&self.log, self.writer(), None, Vec::new());
        self.agent.ask_measured(base, "sync/offer", &offer)
    }

    /// Takes some of what a laptop has, as much as one answer holds.
    pub fn pulls(&self, base: &Base, ranges: Vec<Range>) -> Batch {
        let question = WantedRequest { project: self.log.project(), ranges };
        self.agent.ask(base, "changes/wanted", &question).unwrap()
    }

    /// Its own entries, as they travel.
    pub fn entries(&self) -> Vec<RunEntry> {
        self.in_batches(|question| {
            let Ok(batch) = collect(&self.log, self.writer(), &question.ranges);
            batch
        })
    }

    /// Its own entries, as a laptop has them.
    pub fn pulled_back(&self, base: &Base) -> Vec<RunEntry> {
        self.in_batches(|question| self.agent.ask(base, "changes/wanted", question).unwrap())
    }

    fn in_batches(&self, ask: impl Fn(&WantedRequest) -> Batch) -> Vec<RunEntry> {
        let (mut entries, until, writer) = (Vec::new(), self.recorded(), self.writer());
        while (entries.len() as u64) < until.seq {
            let seq = entries.len() as u64;
            let Ok(chain) = self.log.chain_at(writer, seq);
            let after = Position { seq, chain: chain.unwrap() };
            let range = Range { writer, after, until };
            let question = WantedRequest { project: self.log.project(), ranges: vec![range] };
            let batch = ask(&question);
            let before = entries.len();
            entries.extend(batch.runs.into_iter().flat_map(|run| run.entries));
            assert!(entries.len() > before, "entries from {seq} on are not there");
        }
        entries
    }

    /// Sends one batch; remembers what the answer says is durable.
    pub fn push(&mut self, base: &Base) -> Result<(), Trouble> {
        let answer: BatchResponse = self.agent.ask(base, "changes", &self.batch())?;
        let run = &answer.runs[0];
        assert_eq!((run.refused.as_ref(), run.forked_at), (None, None));
        assert!(run.durable.seq > self.acknowledged.seq, "what was sent is acknowledged");
        self.acknowledged = run.durable;
        Ok(())
    }

    /// Sends all that is left, again where the laptop says that the same may succeed later.
    pub fn push_patiently(&mut self, base: &Base) {
        while let Err(trouble) = self.push_all(base) {
            let later = matches!(&trouble, Trouble::Refused(_, failure) if failure.retryable);
            assert!(later, "{trouble:?}");
        }
    }

    /// Sends all that is left.
    pub fn push_all(&mut self, base: &Base) -> Result<(), Trouble> {
        while self.acknowledged != self.recorded() {
            self.push(base)?;
        }
        Ok(())
    }
}
