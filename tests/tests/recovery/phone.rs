//! A phone for a test: the shared log in memory and the shared conversation, over a laptop's sockets.

use std::convert::Infallible;

use chasqui_shared::{
    Admission, Author, Batch, Change, ContentHash, Draft, Epoch, Input, LogView, LogWriter,
    MediaRef, MemoryLog, Output, Position, Range, RecordId, Role, Session, Timestamp, VersionBytes,
    VersionId, collect, take_run, write,
};

use crate::laptop::Laptop;

#[derive(Clone)]
pub struct Phone {
    pub log: MemoryLog,
    pub log_writer: LogWriter,
    epochs: u8,
    /// What the phone takes for now.
    pub now: Timestamp,
}

impl Phone {
    pub fn new(laptop: &Laptop, device: u8) -> Self {
        Self {
            log: MemoryLog::new(laptop.charter()),
            log_writer: LogWriter::new(&[device; 32], Epoch([device; 16])),
            epochs: device,
            now: Timestamp::from_millis(1_790_000_000_000),
        }
    }

    /// Records or edits an observation.
    pub fn record(&mut self, record: u8, note: &str) -> VersionId {
        let draft = Draft { category: "fire".into(), note: note.into(), ..Draft::default() };
        let by =
            Author { device: self.log_writer.owner().device, role: Role::Monitor, now: self.now };
        let Ok(version) = draft.version(&self.log, RecordId([record; 16]), Change::Edit, by);
        self.write(version.encode().unwrap())
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
        let (category, note) = ("fire".into(), note.into());
        let draft = Draft { category, note, media, ..Draft::default() };
        let by =
            Author { device: self.log_writer.owner().device, role: Role::Monitor, now: self.now };
        let Ok(version) = draft.version(&self.log, RecordId([record; 16]), Change::Edit, by);
        self.write(version.encode().unwrap())
    }

    /// Logs any bytes as a version.
    pub fn write(&mut self, version: VersionBytes) -> VersionId {
        let id = version.id();
        let Ok(_) = write(&mut self.log, &self.log_writer, version);
        self.log.take_changes();
        id
    }

    /// Everything of the own log.
    pub fn batch(&self) -> Batch {
        let writer = self.log_writer.writer();
        let Ok(until) = self.log.position(writer);
        let Ok(batch) =
            collect(&self.log, writer, &[Range { writer, after: Position::START, until }]);
        batch
    }

    pub fn holds(&self, version: VersionId) -> bool {
        let Ok(place) = self.log.place(version);
        place.is_some()
    }

    /// Syncs until both hold the same; the codes of what was noticed on the way.
    pub fn sync(&mut self, laptop: &Laptop) -> Vec<&'static str> {
        let (line, mut notices) = (laptop.line(), Vec::new());
        let mut session = Session::new(self.log_writer.writer(), None, 7);
        self.feed(&mut session, Input::Wake);
        loop {
            match session.poll_output().expect("the conversation ends by itself") {
                Output::Ask(number, request) => {
                    let reply = line.ask(&request).unwrap();
                    self.feed(&mut session, Input::Answered(number, reply));
                }
                Output::Store(batch) => {
                    let stored = self.store(&batch);
                    session.set_writer(self.log_writer.writer());
                    self.feed(&mut session, stored);
                }
                Output::Renew => {
                    let epoch = self.fresh_epoch();
                    self.log_writer.renew(epoch);
                    session.set_writer(self.log_writer.writer());
                }
                Output::Notice(notice) => notices.push(notice.code()),
                Output::Finished(_) => return notices,
                Output::GaveUp(failure) => panic!("the conversation ended with {failure}"),
            }
        }
    }

    fn feed(&mut self, session: &mut Session, input: Input) {
        let Ok(()) = session.handle_input(0, &self.log, input);
    }

    fn store(&mut self, batch: &Batch) -> Input {
        let fresh_epoch = self.fresh_epoch();
        let mut admission = Admission {
            verify: true,
            log_writer: &mut self.log_writer,
            fresh_epoch,
            brought_by: Role::Manager,
        };
        let taken: Result<Vec<_>, Infallible> =
            batch.runs.iter().map(|run| take_run(&mut self.log, &mut admission, run)).collect();
        self.log.take_changes();
        let Ok(answers) = taken;
        Input::Stored(answers)
    }

    fn fresh_epoch(&mut self) -> Epoch {
        self.epochs = self.epochs.wrapping_add(101);
        Epoch([self.epochs; 16])
    }
}
