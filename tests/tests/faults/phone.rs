//! A phone that records and pushes, and remembers what the laptop acknowledged.

use chasqui_shared::{
    Author, Batch, BatchResponse, Change, Charter, Draft, Epoch, LogView, LogWriter, MemoryLog,
    OfferResponse, Position, Range, RecordId, Role, RunEntry, Timestamp, WantedRequest, WriterId,
    collect, offer, write,
};

use crate::exchange::{Agent, Base, Trouble};

/// One installation of the app, with its log in memory.
pub struct Phone {
    log: MemoryLog,
    log_writer: LogWriter,
    agent: Agent,
    /// Up to where the laptop said that the log is durable there.
    pub acknowledged: Position,
    records: u64,
}

impl Phone {
    pub fn new(charter: Charter, device: u16) -> Self {
        let mut secret = [7; 32];
        secret[..2].copy_from_slice(&device.to_be_bytes());
        Self {
            log: MemoryLog::new(charter),
            log_writer: LogWriter::new(&secret, Epoch([1; 16])),
            agent: Agent::new(),
            acknowledged: Position::START,
            records: 0,
        }
    }

    pub fn writer(&self) -> WriterId {
        self.log_writer.writer()
    }

    /// Records observations with notes of so many bytes.
    pub fn record(&mut self, observations: usize, note_bytes: usize) {
        for _ in 0..observations {
            self.records += 1;
            let mut record = [0; 16];
            record[..8].copy_from_slice(&self.writer().0[..8]);
            record[8..].copy_from_slice(&self.records.to_be_bytes());
            let now = Timestamp::from_millis(1_800_000_000_000);
            let by = Author { device: self.log_writer.owner().device, role: Role::Monitor, now };
            let draft = Draft {
                category: "oil_spill".into(),
                note: "n".repeat(note_bytes),
                ..Draft::default()
            };
            let Ok(version) = draft.version(&self.log, RecordId(record), Change::Edit, by);
            let Ok(_) = write(&mut self.log, &self.log_writer, version.encode().unwrap());
        }
        self.log.take_changes();
    }

    /// The key that it signs with.
    pub fn log_writer(&self) -> &LogWriter {
        &self.log_writer
    }

    /// How far the log goes here.
    pub fn recorded(&self) -> Position {
        let Ok(position) = self.log.position(self.writer());
        position
    }

    /// The next batch that the laptop has not acknowledged.
    pub fn batch(&self) -> Batch {
        let (writer, after, until) = (self.writer(), self.acknowledged, self.recorded());
        let Ok(batch) = collect(&self.log, writer, &[Range { writer, after, until }]);
        batch
    }

    pub fn offer(&self, base: &Base) -> Result<OfferResponse, Trouble> {
        let Ok(offer) = offer(&self.log, self.writer(), None, Vec::new());
        self.agent.ask(base, "sync/offer", &offer)
    }

    /// The same, with the bytes of the answer.
    pub fn offer_measured(&self, base: &Base) -> Result<(OfferResponse, usize), Trouble> {
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
