//! A laptop for the tests. It answers by the rules of `chasqui-shared`.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use chasqui_shared::{
    Admission, Author, Change, Code, DeviceId, Draft, Epoch, Failure, Hello, HelloNonce, LogWriter,
    MemoryLog, PairingCode, PairingLink, PairingRequest, PairingResponse, Readiness, RecordId,
    Reply, Request, RespondError, Role, Timestamp, View, respond_to_batch, respond_to_offer,
    respond_to_wanted, write,
};

use super::{
    harness::{STARTED_MS, charter, draft},
    laptop_files::LaptopFiles,
};

/// A laptop in memory.
#[derive(Clone)]
pub struct Laptop(Rc<RefCell<LaptopInner>>);

pub struct LaptopInner {
    pub log: MemoryLog,
    pub log_writer: LogWriter,
    pub hello: Hello,
    pub away: bool,
    /// Answered with this once, instead of what was asked.
    pub refuse_next: Option<Failure>,
    /// The answer to so many pushes is lost on the way back.
    pub lose_answers: u64,
    pub requests: u64,
    pub files: LaptopFiles,
    /// What phones reported of themselves.
    pub reports: Vec<Readiness>,
    pub reports_asked: u64,
    /// Every report is answered with this.
    pub refuse_reports: Option<Failure>,
    /// What it gave to whom, and whether it was taken back.
    pub tokens: BTreeMap<String, (DeviceId, bool)>,
    /// Changes the answer to the next pairing.
    pub forged_answer: Option<fn(PairingResponse) -> PairingResponse>,
    codes: Vec<PairingCode>,
    codes_made: u8,
    epochs: u8,
}

impl Laptop {
    pub fn new(byte: u8) -> Self {
        let log_writer = LogWriter::new(&[byte; 32], Epoch([byte; 16]));
        let (name, nonce) = (format!("laptop {byte}"), HelloNonce([0; HelloNonce::WIDTH]));
        let time = Timestamp::from_millis(STARTED_MS);
        let hello = Hello::sign(&log_writer, charter(), name, time, Vec::new(), nonce);
        Self(Rc::new(RefCell::new(LaptopInner {
            log: MemoryLog::new(charter()),
            log_writer,
            hello,
            away: false,
            refuse_next: None,
            lose_answers: 0,
            requests: 0,
            files: LaptopFiles::default(),
            reports: Vec::new(),
            reports_asked: 0,
            refuse_reports: None,
            tokens: BTreeMap::new(),
            forged_answer: None,
            codes: Vec::new(),
            codes_made: 0,
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
        self.write_draft(record, draft(note), change);
    }

    pub fn write_draft(&self, record: RecordId, draft: Draft, change: Change) {
        self.with(|laptop| {
            let by = Author {
                device: laptop.log_writer.owner().device,
                role: Role::Manager,
                now: Timestamp::from_millis(5),
            };
            let Ok(version) = draft.version(&laptop.log, record, change, by);
            let Ok(_) = write(&mut laptop.log, &laptop.log_writer, version.encode().unwrap());
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
    let Ok(view) = View::load(log, record);
    view.unwrap().note
}

fn refusal(error: RespondError<std::convert::Infallible>) -> Failure {
    match error {
        RespondError::Refused(failure) => failure,
        RespondError::Store(never) => match never {},
    }
}

impl Laptop {
    /// A code that lets one device in, as the manager's page would show it.
    pub fn code(&self) -> PairingCode {
        self.with(|laptop| {
            laptop.codes_made += 1;
            let code = PairingCode::from_random([laptop.codes_made; 8]);
            laptop.codes.push(code);
            code
        })
    }

    /// The link of a fresh code, as if scanned where the laptop answers at `base`.
    pub fn link(&self, base: &str) -> String {
        let code = self.code();
        self.with(|laptop| {
            let project = laptop.hello.charter.project();
            let link = PairingLink { code, laptop: laptop.hello.device, project };
            format!("{base}/{link}")
        })
    }

    /// Takes back every token.
    pub fn revoke_all(&self) {
        self.with(|laptop| laptop.tokens.values_mut().for_each(|(_, revoked)| *revoked = true));
    }

    pub fn answer_hello(&self, nonce: HelloNonce) -> Result<Hello, Failure> {
        self.with(|laptop| {
            laptop.requests += 1;
            if laptop.away {
                return Err(unreachable());
            }
            let Hello { charter, device, name, time, addresses, .. } = laptop.hello.clone();
            let signed = Hello::sign(&laptop.log_writer, charter, name, time, addresses, nonce);
            Ok(Hello { device, ..signed })
        })
    }

    pub fn answer_pairing(&self, request: &PairingRequest) -> Result<PairingResponse, Failure> {
        self.with(|laptop| {
            laptop.requests += 1;
            if laptop.away {
                return Err(unreachable());
            }
            let me = laptop.hello.device;
            let open = laptop.codes.iter().position(|code| request.verify(*code, me));
            let Some(open) = open else {
                return Err(Failure::new(Code::CodeRefused, "ask for a new code"));
            };
            laptop.codes.remove(open);
            let token = format!("{:064x}", laptop.tokens.len() + 1);
            laptop.tokens.insert(token.clone(), (request.device, false));
            let answer = PairingResponse {
                charter: laptop.hello.charter,
                laptop: me,
                laptop_name: laptop.hello.name.clone(),
                role: Role::Monitor,
                token,
            };
            Ok(laptop.forged_answer.take().map_or(answer.clone(), |forge| forge(answer)))
        })
    }

    /// Answers a paired phone's request about files.
    pub fn answer_files<R>(
        &self,
        token: &str,
        answer: impl FnOnce(&mut LaptopFiles) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        self.with(|laptop| {
            if laptop.away {
                return Err(unreachable());
            }
            assert!(laptop.tokens.contains_key(token));
            answer(&mut laptop.files)
        })
    }

    pub fn take_report(&self, token: &str, readiness: &Readiness) -> Result<(), Failure> {
        self.with(|laptop| {
            if laptop.away {
                return Err(unreachable());
            }
            assert!(laptop.tokens.contains_key(token));
            laptop.reports_asked += 1;
            if let Some(failure) = laptop.refuse_reports.clone() {
                return Err(failure);
            }
            laptop.reports.push(*readiness);
            Ok(())
        })
    }

    pub fn answer(&self, token: &str, request: &Request) -> Result<Reply, Failure> {
        self.with(|laptop| {
            laptop.requests += 1;
            if laptop.away {
                return Err(unreachable());
            }
            match laptop.tokens.get(token) {
                Some((_, false)) => {}
                Some((_, true)) => {
                    return Err(Failure::new(Code::Revoked, "this phone was removed"));
                }
                None => return Err(Failure::new(Code::NotPaired, "nobody here gave this token")),
            }
            if let Some(failure) = laptop.refuse_next.take() {
                return Err(failure);
            }
            match request {
                Request::Offer(offer) => {
                    respond_to_offer(&laptop.log, offer).map(Reply::Offer).map_err(refusal)
                }
                Request::Pull(question) => {
                    respond_to_wanted(&laptop.log, laptop.log_writer.writer(), question)
                        .map(Reply::Pull)
                        .map_err(refusal)
                }
                Request::Push(batch) => {
                    laptop.epochs += 1;
                    let mut admission = Admission {
                        verify: true,
                        log_writer: &mut laptop.log_writer,
                        fresh_epoch: Epoch([laptop.epochs; 16]),
                        brought_by: Role::Manager,
                    };
                    let answer =
                        respond_to_batch(&mut laptop.log, &mut admission, batch).map_err(refusal);
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

pub fn unreachable() -> Failure {
    Failure::new(Code::Unreachable, "no laptop can be reached")
}
