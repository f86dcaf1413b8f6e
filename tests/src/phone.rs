//! A phone with its log in memory, that goes through a whole conversation at once.

use std::collections::BTreeMap;

use chasqui_shared::{
    Admission, Charter, Clock, Epoch, Failure, Input, LogChange, LogWriter, MemoryLog, Output,
    Reply, Request, Role, Session, VersionBytes, take_run, write,
};
use fastrand::Rng;

/// A phone, or any other side that asks.
#[derive(Clone, Debug)]
pub(crate) struct Phone {
    /// What it holds.
    pub(crate) log: MemoryLog,
    /// Its key and its log.
    pub(crate) log_writer: LogWriter,
    meetings: BTreeMap<usize, Clock>,
}

impl Phone {
    /// A phone that nobody has used.
    pub(crate) fn new(charter: Charter, log_writer: LogWriter) -> Self {
        Self { log: MemoryLog::new(charter), log_writer, meetings: BTreeMap::new() }
    }

    /// Logs a version, and says what changed.
    pub(crate) fn write(&mut self, version: VersionBytes) -> Vec<LogChange> {
        let Ok(_) = write(&mut self.log, &self.log_writer, version);
        self.log.take_changes()
    }

    /// Asks a peer until both hold the same or nothing more can be done; says how it ended and what changed here.
    pub(crate) fn meet(
        &mut self,
        peer: usize,
        random: &mut Rng,
        mut ask: impl FnMut(&Request) -> Result<Reply, Failure>,
    ) -> (Result<(), Failure>, Vec<LogChange>) {
        let meeting = self.meetings.get(&peer).cloned();
        let mut session = Session::new(self.log_writer.writer(), meeting, 0);
        let (mut end, mut changes) = (Ok(()), Vec::new());
        let Ok(()) = session.handle_input(0, &self.log, Input::Wake);
        while let Some(output) = session.poll_output() {
            let input = match output {
                Output::Ask(number, request) => match ask(&request) {
                    Ok(reply) => Input::Answered(number, reply),
                    Err(failure) => Input::Failed(number, failure),
                },
                Output::Store(batch) => {
                    let fresh_epoch = fresh_epoch(random);
                    let log_writer = &mut self.log_writer;
                    let mut admission = Admission {
                        verify: false,
                        log_writer,
                        fresh_epoch,
                        brought_by: Role::Manager,
                    };
                    let runs = batch.runs.iter();
                    let taken: Result<_, _> =
                        runs.map(|run| take_run(&mut self.log, &mut admission, run)).collect();
                    let Ok(answers) = taken;
                    changes.extend(self.log.take_changes());
                    session.set_writer(self.log_writer.writer());
                    Input::Stored(answers)
                }
                Output::Renew => {
                    self.log_writer.renew(fresh_epoch(random));
                    session.set_writer(self.log_writer.writer());
                    continue;
                }
                Output::Finished(clock) => {
                    self.meetings.insert(peer, clock);
                    continue;
                }
                Output::GaveUp(failure) => {
                    end = Err(failure);
                    continue;
                }
                Output::Notice(_) => continue,
            };
            let Ok(()) = session.handle_input(0, &self.log, input);
        }
        (end, changes)
    }
}

/// The key and the first log of a device that nobody has used.
pub(crate) fn fresh_log_writer(random: &mut Rng) -> LogWriter {
    let mut secret = [0; 32];
    random.fill(&mut secret);
    LogWriter::new(&secret, fresh_epoch(random))
}

/// What tells a device's next log from all others.
pub(crate) fn fresh_epoch(random: &mut Rng) -> Epoch {
    let mut epoch = Epoch([0; 16]);
    random.fill(&mut epoch.0);
    epoch
}
