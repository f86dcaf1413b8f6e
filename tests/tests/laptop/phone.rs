//! A phone for a test: the shared log in memory, and the shared conversation over the laptop's API.

use std::convert::Infallible;

use chasqui_shared::{
    Admission, Author, Batch, Change, Charter, Clock, Draft, Epoch, Input, Kind, LogView,
    LogWriter, MemoryLog, Notice, Offer, OfferResponse, Output, RecordId, Reply, Request, Role,
    Session, Timestamp, from_cbor, limits, take_run, to_cbor, write,
};

use crate::app::{Answer, CBOR, TestApp};

#[derive(Clone)]
pub struct Phone {
    pub log: MemoryLog,
    pub log_writer: LogWriter,
    pub notices: Vec<Notice>,
    meeting: Option<Clock>,
    epochs: u8,
    device: u8,
}

impl Phone {
    pub fn new(app: &TestApp, device: u8) -> Self {
        Self::of(app.store.charter(), device)
    }

    pub fn of(charter: Charter, device: u8) -> Self {
        Self {
            log: MemoryLog::new(charter),
            log_writer: LogWriter::new(&[device; 32], Epoch([device; 16])),
            notices: Vec::new(),
            meeting: None,
            epochs: 0,
            device,
        }
    }

    pub fn record(&mut self, record: u8, note: &str) -> RecordId {
        self.write(RecordId([record; 16]), draft(note), Change::Edit, Role::Monitor)
    }

    pub fn write(
        &mut self,
        record: RecordId,
        draft: Draft,
        change: Change,
        role: Role,
    ) -> RecordId {
        let now = Timestamp::from_millis(1_800_000_000_000);
        let by = Author { device: self.log_writer.owner().device, role, now };
        let Ok(version) = draft.version(&self.log, record, change, by);
        let Ok(_) = write(&mut self.log, &self.log_writer, version.encode().unwrap());
        self.log.take_changes();
        record
    }

    /// Everything of the own log, to be pushed.
    pub fn batch(&self) -> Batch {
        let until = self.log.position(self.log_writer.writer()).unwrap();
        let range = chasqui_shared::Range {
            writer: self.log_writer.writer(),
            after: chasqui_shared::Position::START,
            until,
        };
        let Ok(batch) = chasqui_shared::collect(&self.log, self.log_writer.writer(), &[range]);
        batch
    }

    pub fn offer(&self) -> Offer {
        let Ok(offer) = chasqui_shared::offer(
            &self.log,
            self.log_writer.writer(),
            self.meeting.as_ref(),
            Vec::new(),
        );
        offer
    }

    /// Talks with the laptop until both hold the same.
    pub async fn sync(&mut self, app: &TestApp) {
        let mut session = Session::new(self.log_writer.writer(), self.meeting.clone(), 7);
        self.feed(&mut session, Input::Wake);
        loop {
            let output = session.poll_output().expect("the conversation ends by itself");
            match output {
                Output::Ask(number, request) => {
                    let reply = ask(app, &request).await;
                    self.feed(&mut session, Input::Answered(number, reply));
                }
                Output::Store(batch) => {
                    let input = self.store(&batch);
                    session.set_writer(self.log_writer.writer());
                    self.feed(&mut session, input);
                }
                Output::Renew => {
                    let epoch = self.fresh_epoch();
                    self.log_writer.renew(epoch);
                    session.set_writer(self.log_writer.writer());
                }
                Output::Notice(notice) => self.notices.push(notice),
                Output::Finished(clock) => {
                    self.meeting = Some(clock);
                    return;
                }
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
        self.epochs += 1;
        let mut epoch = [self.device; 16];
        epoch[0] = 0xee;
        epoch[1] = self.epochs;
        Epoch(epoch)
    }
}

pub fn draft(note: &str) -> Draft {
    Draft {
        kind: Kind::Observation,
        category: "oil_spill".into(),
        note: note.into(),
        observed_at: Some(Timestamp::from_millis(1_790_000_000_000).into()),
        location: None,
        answers: Default::default(),
        ..Draft::default()
    }
}

/// Puts a request of the conversation as the app on a phone does.
pub async fn ask(app: &TestApp, request: &Request) -> Reply {
    fn read<T: serde::de::DeserializeOwned>(answer: Answer) -> T {
        from_cbor(&answer.ok().body).unwrap()
    }
    let post = async |path: &str, body: Vec<u8>| app.post(path, CBOR, body).await;
    match request {
        Request::Offer(offer) => {
            Reply::Offer(read(post("/api/v1/sync/offer", to_cbor(offer).unwrap()).await))
        }
        Request::Push(batch) => {
            Reply::Push(read(post("/api/v1/changes", to_cbor(batch).unwrap()).await))
        }
        Request::Pull(question) => {
            Reply::Pull(read(post("/api/v1/changes/wanted", to_cbor(question).unwrap()).await))
        }
    }
}

/// What the laptop answers to an offer.
pub async fn offer(app: &TestApp, offer: Offer) -> OfferResponse {
    match ask(app, &Request::Offer(offer)).await {
        Reply::Offer(answer) => answer,
        other => panic!("an offer was answered with {other:?}"),
    }
}

/// Most entries of a batch, for tests of that limit.
pub const BATCH_ENTRIES_MAX: usize = limits::BATCH_ENTRIES_MAX;
