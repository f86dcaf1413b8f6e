//! A phone or laptop with its log and its log writer.

use crate::{
    Admission, Author, Change, Charter, Draft, Epoch, LogView, LogWriter, LoggedEntry, Member,
    MemoryLog, Position, Range, RecordId, Role, Run, RunResult, Timestamp, VersionId, WriterId,
    collect, take_run, write,
};

/// LogWriter 9 began the project.
pub fn charter() -> Charter {
    let founder = LogWriter::new(&[9; 32], Epoch([9; 16])).owner().device;
    Charter { founder, salt: Epoch([9; 16]) }
}

pub struct Side {
    pub log: MemoryLog,
    pub log_writer: LogWriter,
    pub epochs: u8,
}

impl Side {
    pub fn new(name: u8) -> Self {
        Self {
            log: MemoryLog::new(charter()),
            log_writer: LogWriter::new(&[name; 32], Epoch([name; 16])),
            epochs: 100,
        }
    }

    pub fn write(&mut self, record: u8, note: &str) -> LoggedEntry {
        let draft = Draft { category: "fish_kill".into(), note: note.into(), ..Draft::default() };
        let by = Author {
            device: self.log_writer.owner().device,
            role: Role::Monitor,
            now: Timestamp::from_millis(0),
        };
        let version = draft.version(&self.log, RecordId([record; 16]), Change::Edit, by).unwrap();
        write(&mut self.log, &self.log_writer, version.encode().unwrap()).unwrap()
    }

    /// Writes in the role of a manager, whether it is one or not.
    pub fn manage(&mut self, record: RecordId, change: Change, draft: Draft) -> LoggedEntry {
        let device = self.log_writer.owner().device;
        let by = Author { device, role: Role::Manager, now: Timestamp::from_millis(0) };
        let version = draft.version(&self.log, record, change, by).unwrap();
        write(&mut self.log, &self.log_writer, version.encode().unwrap()).unwrap()
    }

    /// Says that another side is a manager.
    pub fn name(&mut self, other: &Side) {
        let device = other.log_writer.owner().device;
        let member =
            Member { device, role: Role::Manager, name: "a laptop".into(), is_aside: false };
        self.manage(Member::record(device), Change::Edit, member.draft());
    }

    /// Everything that another side holds and this one does not.
    pub fn takes_all_of(&mut self, other: &Side) {
        for writer in other.log.logs().map(|(writer, ..)| writer).collect::<Vec<_>>() {
            let held = self.log.position(writer).unwrap().seq;
            if held < other.log.position(writer).unwrap().seq {
                self.take(&other.run(writer, held));
            }
        }
    }

    pub fn shown(&self, record: RecordId) -> Vec<VersionId> {
        self.log.heads(record).unwrap()
    }

    pub fn run(&self, writer: WriterId, after: u64) -> Run {
        let until = self.log.position(writer).unwrap();
        let chain = self.log.chain_at(writer, after).unwrap().unwrap();
        let range = Range { writer, after: Position { seq: after, chain }, until };
        collect(&self.log, self.log_writer.writer(), &[range]).unwrap().runs.remove(0)
    }

    pub fn take(&mut self, run: &Run) -> RunResult {
        self.epochs += 1;
        let fresh_epoch = Epoch([self.epochs; 16]);
        let mut admission = Admission {
            verify: true,
            log_writer: &mut self.log_writer,
            fresh_epoch,
            brought_by: Role::Manager,
        };
        take_run(&mut self.log, &mut admission, run).unwrap()
    }

    pub fn versions(&self) -> Vec<VersionId> {
        let mut ids: Vec<_> = self.log.versions().map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids
    }
}
