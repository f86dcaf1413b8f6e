//! A laptop for the tests, and the wifi to it. It answers by the rules of `chasqui-shared`.

use std::{cell::RefCell, rc::Rc};

use chasqui_shared::{
    AnswerError, Author, Change, Epoch, Failure, Gate, Hello, HelloNonce, History, MemoryLog, Pen,
    RecordId, Reply, Request, Role, Timestamp, View, answer_batch, answer_offer, answer_question,
    write,
};

use super::harness::{charter, draft};
use crate::{Transport, transport::UNREACHABLE};

/// A laptop in memory, and the wifi to it.
#[derive(Clone)]
pub struct Laptop(Rc<RefCell<LaptopInner>>);

pub struct LaptopInner {
    pub log: MemoryLog,
    pub pen: Pen,
    pub hello: Hello,
    pub away: bool,
    /// Answered with this once, instead of what was asked.
    pub refuse_next: Option<Failure>,
    /// The answer to so many pushes is lost on the way back.
    pub lose_answers: u64,
    pub requests: u64,
    epochs: u8,
}

impl Laptop {
    pub fn new(byte: u8) -> Self {
        let pen = Pen::new(&[byte; 32], Epoch([byte; 16]));
        let (name, nonce) = (format!("laptop {byte}"), HelloNonce([0; HelloNonce::WIDTH]));
        let hello = Hello::sign(&pen, charter(), name, Timestamp::MIN, Vec::new(), nonce);
        Self(Rc::new(RefCell::new(LaptopInner {
            log: MemoryLog::new(charter()),
            pen,
            hello,
            away: false,
            refuse_next: None,
            lose_answers: 0,
            requests: 0,
            epochs: 0,
        })))
    }

    pub fn with<R>(&self, read: impl FnOnce(&mut LaptopInner) -> R) -> R {
        read(&mut self.0.borrow_mut())
    }

    pub fn set_away(&self, away: bool) {
        self.with(|laptop| laptop.away = away);
    }

    /// Records something on the laptop itself.
    pub fn write(&self, record: RecordId, note: &str, change: Change) {
        self.with(|laptop| {
            let by = Author {
                device: laptop.pen.owner().device,
                role: Role::Manager,
                now: Timestamp::from_millis(5),
            };
            let Ok(version) = draft(note).version(&laptop.log, record, change, by);
            let Ok(_) = write(&mut laptop.log, &laptop.pen, version.encode().unwrap());
            laptop.log.take_changes();
        });
    }

    /// The notes of all records, as people see them there.
    pub fn notes(&self) -> Vec<String> {
        self.with(|laptop| {
            let records: Vec<_> = laptop.log.records().map(|(record, _)| record).collect();
            let mut notes: Vec<_> =
                records.into_iter().map(|record| note_of(&laptop.log, record)).collect();
            notes.sort();
            notes
        })
    }
}

fn note_of(log: &MemoryLog, record: RecordId) -> String {
    let Ok(history) = History::load(log, record);
    View::of(&history).unwrap().note
}

fn refusal(error: AnswerError<std::convert::Infallible>) -> Failure {
    match error {
        AnswerError::Refused(failure) => failure,
        AnswerError::Store(never) => match never {},
    }
}

impl Transport for Laptop {
    async fn hello(&self, _: &str) -> Result<Hello, Failure> {
        self.with(|laptop| {
            laptop.requests += 1;
            if laptop.away { Err(unreachable()) } else { Ok(laptop.hello.clone()) }
        })
    }

    async fn ask(&self, _: &str, request: &Request) -> Result<Reply, Failure> {
        self.with(|laptop| {
            laptop.requests += 1;
            if laptop.away {
                return Err(unreachable());
            }
            if let Some(failure) = laptop.refuse_next.take() {
                return Err(failure);
            }
            match request {
                Request::Offer(offer) => {
                    answer_offer(&laptop.log, offer).map(Reply::Offer).map_err(refusal)
                }
                Request::Pull(question) => {
                    answer_question(&laptop.log, laptop.pen.writer(), question)
                        .map(Reply::Pull)
                        .map_err(refusal)
                }
                Request::Push(batch) => {
                    laptop.epochs += 1;
                    let mut gate = Gate {
                        verify: true,
                        pen: &mut laptop.pen,
                        fresh_epoch: Epoch([laptop.epochs; 16]),
                    };
                    let answer = answer_batch(&mut laptop.log, &mut gate, batch).map_err(refusal);
                    laptop.log.take_changes();
                    if laptop.lose_answers > 0 {
                        laptop.lose_answers -= 1;
                        return Err(unreachable());
                    }
                    answer.map(Reply::Push)
                }
            }
        })
    }
}

fn unreachable() -> Failure {
    Failure::passing(UNREACHABLE, "no laptop can be reached")
}
