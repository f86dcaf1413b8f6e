//! A phone or a laptop: its disk, its memory, and the conversations that it began.

use std::collections::BTreeMap;

use chasqui_shared::{
    Charter, Clock, Failure, LogChange, LogWriter, RunResult, Session, VersionId,
};

use super::{disk::Disk, network::Connection};
use crate::{Mutant, judge::Holding, store::Store};

/// What a replica is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A monitor's phone: asks laptops, and is asked by nobody.
    Phone,
    /// A manager's laptop: asks laptops, and answers.
    Laptop,
}

/// A replica.
#[derive(Debug)]
pub(super) struct Replica {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// Whether it runs.
    pub(super) up: bool,
    /// Counts its starts, so that nothing meant for an earlier life reaches a later one.
    pub(super) life: u32,
    /// The wall clock's error, in milliseconds.
    pub(super) wall_offset_ms: i64,
    pub(super) disk: Disk,
    /// Memory, with what is not durable yet.
    pub(super) store: Store,
    /// Memory as of the last commit, while something is not durable yet.
    committed: Option<Store>,
    pub(super) log_writer: LogWriter,
    pub(super) meetings: BTreeMap<usize, Clock>,
    /// What is not durable yet.
    pub(super) changes: Vec<LogChange>,
    /// What is to be done when it is.
    pub(super) waiting: Vec<Waiting>,
    /// Whether a commit is on its way.
    pub(super) commits: bool,
    /// Conversations with laptops.
    pub(super) links: BTreeMap<usize, Link>,
}

/// Something that waits for a commit.
#[derive(Debug)]
pub(super) enum Waiting {
    /// People may be told that this is saved.
    Saved(VersionId),
    /// The conversation with this laptop goes on.
    Stored(usize, Vec<RunResult>),
    /// This answer leaves, with a promise about these versions.
    Answer(Connection, Vec<u8>, Vec<VersionId>),
}

/// A conversation.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) session: Session,
    /// Until when the two are in reach of each other.
    pub(super) until_ms: u64,
    /// When the conversation under way began, and its requests so far.
    pub(super) began_ms: u64,
    /// Which life of the peer the conversation under way began with.
    pub(super) began_with: u32,
    pub(super) requests: u32,
    /// The tick that is on its way.
    pub(super) tick_ms: Option<u64>,
    /// The number of the last offer, and what the disk held then.
    pub(super) offered: (u64, Holding),
    /// The number of the batch that was pushed last, and its versions, a list for each run.
    pub(super) pushed: (u64, Vec<Vec<VersionId>>),
    /// How the last conversation ended.
    pub(super) end: Option<Result<(), Failure>>,
}

impl Replica {
    /// Starts from a disk.
    pub(super) fn new(kind: Kind, name: String, disk: Disk, store: Store) -> Self {
        Self {
            kind,
            name,
            up: true,
            life: 0,
            wall_offset_ms: 0,
            log_writer: disk.log_writer(),
            meetings: disk.meetings.clone(),
            disk,
            store,
            committed: None,
            changes: Vec::new(),
            waiting: Vec::new(),
            commits: false,
            links: BTreeMap::new(),
        }
    }

    /// Forgets everything but the disk.
    pub(super) fn start_over(&mut self, store: Store) {
        self.life += 1;
        self.log_writer = self.disk.log_writer();
        self.meetings = self.disk.meetings.clone();
        self.store = store;
        self.committed = None;
        self.changes.clear();
        self.waiting.clear();
        self.commits = false;
        self.links.clear();
    }

    /// What it may speak of: only what is durable.
    pub(super) fn view(&self, mutant: Option<Mutant>) -> &Store {
        match &self.committed {
            Some(committed) if mutant != Some(Mutant::TellsVolatileClock) => committed,
            _ => &self.store,
        }
    }

    /// Keeps what is durable apart, before memory changes.
    pub(super) fn keep_committed(&mut self) {
        if self.committed.is_none() {
            self.committed = Some(self.store.clone());
        }
    }

    /// Makes memory durable as a whole.
    pub(super) fn commit(&mut self) {
        let epoch = self.log_writer.owner().epoch;
        self.disk.commit(std::mem::take(&mut self.changes), epoch);
        self.disk.meetings.clone_from(&self.meetings);
        self.committed = None;
    }

    /// Reads the disk into memory.
    pub(super) fn load(
        &self,
        charter: Charter,
        mutant: Option<Mutant>,
        remembers_moves: bool,
    ) -> Store {
        if self.kind == Kind::Laptop && remembers_moves {
            self.disk.replay(charter, mutant)
        } else {
            self.disk.fold(charter, mutant)
        }
    }
}

impl Link {
    /// A conversation that has not begun.
    pub(super) fn new(session: Session) -> Self {
        Self {
            session,
            until_ms: 0,
            began_ms: 0,
            began_with: 0,
            requests: 0,
            tick_ms: None,
            offered: Default::default(),
            pushed: Default::default(),
            end: None,
        }
    }
}
