//! A small cast for fuzzed stories: Alice, a copy of her phone, Bob and a laptop, each with a log
//! in memory.

use std::sync::LazyLock;

use chasqui_shared::{
    Admission, Author, Batch, Change, Charter, Clock, Draft, Epoch, LogView, LogWriter, MemoryLog,
    Position, Range, RecordId, Role, Run, RunResult, Timestamp, Version, VersionBytes, VersionId,
    WriterId, collect, take_run, write,
};

use super::script::Step;

/// The project of everybody here, which the laptop began.
pub(super) fn charter() -> Charter {
    static CHARTER: LazyLock<Charter> = LazyLock::new(|| {
        let founder = LogWriter::new(&[FOUNDER; 32], Epoch([FOUNDER; 16])).owner().device;
        Charter { founder, salt: Epoch([9; 16]) }
    });
    *CHARTER
}

/// The laptop of the [`cast`].
const FOUNDER: u8 = 3;

/// One replica.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) log: MemoryLog,
    pub(super) log_writer: LogWriter,
    /// A laptop checks signatures and judges by itself; a phone believes its laptop.
    pub(super) strict: bool,
    /// Epochs are used once, also by a side that goes back in time.
    epochs: u32,
    name: u8,
}

impl Side {
    /// A side with an empty log.
    pub(super) fn new(name: u8, strict: bool) -> Self {
        let log_writer = LogWriter::new(&[name; 32], Epoch([name; 16]));
        Self { log: MemoryLog::new(charter()), log_writer, strict, epochs: 0, name }
    }

    /// Becomes what `earlier` was, as a restored backup or a copied disk does.
    pub(super) fn becomes(&mut self, earlier: &Side) {
        self.log = earlier.log.clone();
        self.log_writer = earlier.log_writer.clone();
    }

    /// An epoch that no side has had.
    pub(super) fn fresh_epoch(&mut self) -> Epoch {
        let mut epoch = [0xee; 16];
        self.epochs += 1;
        epoch[0] = self.name;
        epoch[1..5].copy_from_slice(&self.epochs.to_be_bytes());
        Epoch(epoch)
    }

    /// Records something: `b` says what about, `c` how well.
    pub(super) fn write(&mut self, step: Step) {
        let bytes = self.version(step);
        let Ok(_) = write(&mut self.log, &self.log_writer, bytes);
        self.log.take_changes();
    }

    /// A version that somebody here might write: an edit, a manager's word, or something foul.
    pub(super) fn version(&self, step: Step) -> VersionBytes {
        let Step { b, c, .. } = step;
        let (change, role) = match c % 16 {
            4 => (Change::Delete, Role::Manager),
            5 => (Change::Resolve, Role::Manager),
            _ => (Change::Edit, Role::Monitor),
        };
        let by =
            Author { device: self.log_writer.owner().device, role, now: Timestamp::from_millis(0) };
        let note = format!("{} {}", self.name, c / 16);
        let draft = Draft { category: "fire".into(), note, ..Draft::default() };
        let Ok(mut version) = draft.version(&self.log, record(b), change, by);
        match c % 16 {
            6 => follow_the_unknown(&mut version, c),
            7 => return noise(&[b, c, self.name]),
            8 => return noise(&[b"\xa1ffo\x72mat\x02".as_slice(), &[b]].concat()),
            9 => version.author = Side::new(77, true).log_writer.owner().device,
            10 => return self.held(usize::from(b)).unwrap_or_else(|| noise(&[c])),
            _ => {}
        }
        version.encode().unwrap_or_else(|_| noise(&[b, c]))
    }

    /// The nth version held here.
    fn held(&self, n: usize) -> Option<VersionBytes> {
        let mut entries = self.log.logs().flat_map(|(_, _, entries)| entries);
        entries.nth(n).map(|logged| logged.entry.version.clone())
    }

    /// The nth log held here; its own if there are fewer.
    pub(super) fn writer(&self, n: u8) -> WriterId {
        let mut logs = self.log.logs().map(|(writer, ..)| writer);
        logs.nth(usize::from(n)).unwrap_or_else(|| self.log_writer.writer())
    }

    /// The entries of a log after seq `after`, as this side would send them.
    pub(super) fn run(&self, writer: WriterId, after: u64) -> Option<Run> {
        let Ok(until) = self.log.position(writer);
        let Ok(chain) = self.log.chain_at(writer, after);
        let range = Range { writer, after: Position { seq: after, chain: chain? }, until };
        let Ok(batch) = collect(&self.log, self.log_writer.writer(), &[range]);
        batch.runs.into_iter().next()
    }

    /// Takes a run as this side does.
    pub(super) fn take(&mut self, run: &Run) -> RunResult {
        let fresh_epoch = self.fresh_epoch();
        let mut admission = Admission {
            verify: self.strict,
            log_writer: &mut self.log_writer,
            fresh_epoch,
            brought_by: Role::Manager,
        };
        let Ok(answer) = take_run(&mut self.log, &mut admission, run);
        self.log.take_changes();
        answer
    }

    /// Takes the runs of a batch, one after the other.
    pub(super) fn take_all(&mut self, batch: &Batch) -> Vec<RunResult> {
        batch.runs.iter().map(|run| self.take(run)).collect()
    }

    /// How far this side is.
    pub(super) fn clock(&self) -> Clock {
        let Ok(clock) = self.log.clock();
        clock
    }
}

/// One of few records, so that people meet at them.
fn record(n: u8) -> RecordId {
    RecordId([n % 4; 16])
}

/// Names a parent that may come later or never.
fn follow_the_unknown(version: &mut Version, n: u8) {
    version.parents = vec![VersionId([n; 32])];
    version.generation = 2;
}

/// Bytes that are no version of this format.
pub(super) fn noise(bytes: &[u8]) -> VersionBytes {
    VersionBytes::new(bytes).expect("a few bytes")
}

/// Alice, a copy of her phone, Bob and a laptop, who have met before.
pub(super) fn cast() -> [Side; 4] {
    static CAST: LazyLock<[Side; 4]> = LazyLock::new(|| {
        let (mut alice, mut bob) = (Side::new(1, false), Side::new(2, false));
        let mut laptop = Side::new(FOUNDER, true);
        for (b, c) in [(0, 0), (1, 0), (0, 16)] {
            alice.write(Step { verb: 0, a: 0, b, c });
            bob.write(Step { verb: 0, a: 0, b, c: c + 6 });
        }
        for side in [&alice, &bob] {
            let run = side.run(side.log_writer.writer(), 0).expect("both have written");
            laptop.take(&run);
        }
        let mut copy = Side::new(4, false);
        copy.becomes(&alice);
        [alice, copy, bob, laptop]
    });
    CAST.clone()
}
