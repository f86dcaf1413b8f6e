//! Two sides that talk in memory, and what went over the wire.

use crate::{
    Admission, Author, Batch, Change, Charter, DeviceId, Draft, Epoch, Input, LogWriter, MemoryLog,
    Notice, Output, RecordId, Reply, Request, Role, RunResult, Session, Timestamp,
    respond_to_batch, respond_to_offer, respond_to_wanted, take_run, to_cbor, write,
};

const CHARTER: Charter = Charter { founder: DeviceId([9; 32]), salt: Epoch([9; 16]) };

pub struct Side {
    pub log: MemoryLog,
    pub log_writer: LogWriter,
}

impl Side {
    pub fn new(name: u8) -> Self {
        Self {
            log: MemoryLog::new(CHARTER),
            log_writer: LogWriter::new(&[name; 32], Epoch([name; 16])),
        }
    }

    pub fn write(&mut self, record: u16) {
        let by = Author {
            device: self.log_writer.owner().device,
            role: Role::Monitor,
            now: Timestamp::MIN,
        };
        let draft = Draft { category: "fire".into(), ..Draft::default() };
        let mut id = [0; 16];
        id[..2].copy_from_slice(&record.to_be_bytes());
        let version = draft.version(&self.log, RecordId(id), Change::Edit, by).unwrap();
        write(&mut self.log, &self.log_writer, version.encode().unwrap()).unwrap();
        self.log.take_changes();
    }

    pub fn store(&mut self, batch: &Batch, fresh: u8) -> Vec<RunResult> {
        let mut admission = Admission {
            verify: true,
            log_writer: &mut self.log_writer,
            fresh_epoch: Epoch([fresh; 16]),
            brought_by: Role::Manager,
        };
        let answers = batch
            .runs
            .iter()
            .map(|run| take_run(&mut self.log, &mut admission, run).unwrap())
            .collect();
        self.log.take_changes();
        answers
    }

    pub fn answer(&mut self, request: &Request) -> Reply {
        let writer = self.log_writer.writer();
        match request {
            Request::Offer(offer) => Reply::Offer(respond_to_offer(&self.log, offer).unwrap()),
            Request::Pull(question) => {
                Reply::Pull(respond_to_wanted(&self.log, writer, question).unwrap())
            }
            Request::Push(batch) => {
                let mut admission = Admission {
                    verify: true,
                    log_writer: &mut self.log_writer,
                    fresh_epoch: Epoch([77; 16]),
                    brought_by: Role::Manager,
                };
                let answer = respond_to_batch(&mut self.log, &mut admission, batch).unwrap();
                self.log.take_changes();
                Reply::Push(answer)
            }
        }
    }
}

/// What went over the wire in one conversation.
#[derive(Default)]
pub struct Traffic {
    pub requests: usize,
    pub bytes_up_max: usize,
    pub bytes_down_max: usize,
    pub notices: Vec<Notice>,
    pub end: Option<Output>,
}

pub fn meet(session: &mut Session, phone: &mut Side, laptop: &mut Side) -> Traffic {
    let mut traffic = Traffic::default();
    session.handle_input(0, &phone.log, Input::Wake).unwrap();
    while let Some(output) = session.poll_output() {
        let input = match output {
            Output::Ask(number, request) => {
                let reply = laptop.answer(&request);
                traffic.requests += 1;
                traffic.bytes_up_max = traffic.bytes_up_max.max(request_bytes(&request));
                traffic.bytes_down_max = traffic.bytes_down_max.max(reply_bytes(&reply));
                Input::Answered(number, reply)
            }
            Output::Store(batch) => Input::Stored(phone.store(&batch, 55)),
            Output::Renew => {
                phone.log_writer.renew(Epoch([66; 16]));
                session.set_writer(phone.log_writer.writer());
                continue;
            }
            Output::Notice(notice) => {
                traffic.notices.push(notice);
                continue;
            }
            end @ (Output::Finished(_) | Output::GaveUp(_)) => {
                traffic.end = Some(end);
                continue;
            }
        };
        session.handle_input(0, &phone.log, input).unwrap();
    }
    traffic
}

fn request_bytes(request: &Request) -> usize {
    match request {
        Request::Offer(offer) => to_cbor(offer).unwrap().len(),
        Request::Push(batch) => to_cbor(batch).unwrap().len(),
        Request::Pull(question) => to_cbor(question).unwrap().len(),
    }
}

fn reply_bytes(reply: &Reply) -> usize {
    match reply {
        Reply::Offer(answer) => to_cbor(answer).unwrap().len(),
        Reply::Push(answer) => to_cbor(answer).unwrap().len(),
        Reply::Pull(batch) => to_cbor(batch).unwrap().len(),
    }
}

pub fn session_of(side: &Side) -> Session {
    Session::new(side.log_writer.writer(), None, 1)
}
