//! A phone: the shared log in memory, and the shared conversation.

mod push;
mod sync;

use std::collections::BTreeMap;

use chasqui_shared::{
    Author, Batch, Change, Charter, Clock, ContentHash, Draft, Epoch, Kind, LogView, LogWriter,
    MediaRef, MemoryLog, Notice, Offer, Position, Range, RecordId, Role, Timestamp, VersionBytes,
    VersionId, collect, offer, write,
};

pub use self::sync::Terms;
use crate::{Agent, Founded, device::log_writer};

/// One installation of the app.
#[derive(Clone, Debug)]
pub struct Phone {
    /// What it stores.
    pub log: MemoryLog,
    /// Its key and its log.
    pub log_writer: LogWriter,
    /// What it takes for now.
    pub now: Timestamp,
    /// What was noticed at its syncs.
    pub notices: Vec<Notice>,
    /// Up to where a laptop said that this phone's log is durable there.
    pub acknowledged: Position,
    /// The clock that a peer and this phone had at the end of their last sync.
    last_clocks: BTreeMap<usize, Clock>,
    agent: Agent,
    epochs: Epochs,
    records: u64,
}

/// What names the next logs of a phone.
#[derive(Clone, Copy, Debug)]
struct Epochs {
    device: u8,
    named: u8,
}

impl Phone {
    /// The phone of a number, which has recorded nothing; the [`crate::Device`] of the same number
    /// is the same device.
    pub fn new(project: &impl Founded, number: u16) -> Self {
        Self::with_log_writer(project.charter(), log_writer(number))
    }

    /// A phone with this key.
    pub fn with_log_writer(charter: Charter, log_writer: LogWriter) -> Self {
        Self {
            log: MemoryLog::new(charter),
            epochs: Epochs { device: log_writer.owner().device.0[0], named: 0 },
            log_writer,
            now: Timestamp::from_millis(1_790_000_000_000),
            notices: Vec::new(),
            acknowledged: Position::START,
            last_clocks: BTreeMap::new(),
            agent: Agent::new(),
            records: 0,
        }
    }

    /// Records or edits an observation.
    pub fn record(&mut self, record: u8, note: &str) -> VersionId {
        self.edit(RecordId([record; 16]), draft(note), Change::Edit, Role::Monitor)
    }

    /// Records an observation with a file, whose bytes go elsewhere.
    pub fn photograph(&mut self, record: u8, file: &[u8]) -> VersionId {
        self.record_with(record, "", *blake3::hash(file).as_bytes(), file.len() as u64)
    }

    /// Records an observation with a photo of this hash, which is brought nowhere.
    pub fn record_with_file(&mut self, record: u8, note: &str, hash: [u8; 32]) -> VersionId {
        self.record_with(record, note, hash, 7)
    }

    fn record_with(&mut self, record: u8, note: &str, hash: [u8; 32], bytes: u64) -> VersionId {
        let (media_type, name) = ("image/jpeg".into(), format!("{record}.jpg"));
        let media = vec![MediaRef { hash: ContentHash(hash), bytes, media_type, name }];
        let draft = Draft { media, ..draft(note) };
        self.edit(RecordId([record; 16]), draft, Change::Edit, Role::Monitor)
    }

    /// Records new observations with notes of so many bytes.
    pub fn record_many(&mut self, observations: usize, note_bytes: usize) {
        for _ in 0..observations {
            self.records += 1;
            let mut record = [0; 16];
            record[..8].copy_from_slice(&self.log_writer.writer().0[..8]);
            record[8..].copy_from_slice(&self.records.to_be_bytes());
            let draft = draft(&"n".repeat(note_bytes));
            self.edit(RecordId(record), draft, Change::Edit, Role::Monitor);
        }
    }

    /// Writes what this draft makes of a record.
    pub fn edit(
        &mut self,
        record: RecordId,
        draft: Draft,
        change: Change,
        role: Role,
    ) -> VersionId {
        let by = Author { device: self.log_writer.owner().device, role, now: self.now };
        let Ok(version) = draft.version(&self.log, record, change, by);
        let id = self.write(version.encode().unwrap());
        self.log.take_changes();
        id
    }

    /// Logs any bytes as a version.
    pub fn write(&mut self, version: VersionBytes) -> VersionId {
        let id = version.id();
        let Ok(_) = write(&mut self.log, &self.log_writer, version);
        id
    }

    /// What its own log has after what is acknowledged, as much as a batch takes.
    pub fn batch(&self) -> Batch {
        let (writer, after, until) = (self.log_writer.writer(), self.acknowledged, self.recorded());
        let Ok(batch) = collect(&self.log, writer, &[Range { writer, after, until }]);
        batch
    }

    /// How far its own log goes here.
    pub fn recorded(&self) -> Position {
        let Ok(position) = self.log.position(self.log_writer.writer());
        position
    }

    /// The first message of its next sync.
    pub fn offer(&self) -> Offer {
        let Ok(offer) = offer(
            &self.log,
            self.log_writer.writer(),
            self.last_clocks.get(&sync::LAPTOP),
            Vec::new(),
        );
        offer
    }

    /// Whether it has a version.
    pub fn holds(&self, version: VersionId) -> bool {
        let Ok(place) = self.log.place(version);
        place.is_some()
    }
}

impl Epochs {
    fn next(&mut self) -> Epoch {
        self.named += 1;
        let mut epoch = [self.device; 16];
        epoch[..2].copy_from_slice(&[0xee, self.named]);
        Epoch(epoch)
    }
}

/// An observation that says little more than a note.
pub fn draft(note: &str) -> Draft {
    Draft {
        kind: Kind::Observation,
        category: "oil_spill".into(),
        note: note.into(),
        observed_at: Some(Timestamp::from_millis(1_790_000_000_000).into()),
        ..Draft::default()
    }
}
