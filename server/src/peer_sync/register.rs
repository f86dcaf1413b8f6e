//! The meetings that a running server holds, each on a thread of its own, and what came of the last
//! ones.

use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use chasqui_shared::{Code, Failure, Notice, Progress, Timestamp, WriterId};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use utoipa::ToSchema;

use super::{
    conversation::{Met, Watcher, meet},
    error::PeerSyncError,
    files::{FilesMoved, exchange},
    peer_access::PeerAccess,
    peer_url::PeerUrl,
};
use crate::{limits, media::Media, store::Store, system::wall_clock};

/// How a meeting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeerSyncState {
    /// It goes on.
    Running,
    /// Both sides hold the same records, and the same files of those that either had.
    Finished,
    /// It ended before; `failure` says why.
    Failed,
}

/// One meeting, as the API shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeerSync {
    /// Counted from 1 since the program started.
    pub id: u64,
    /// Where the other laptop is.
    pub url: String,
    /// What people call it, once it has answered.
    #[schema(required)]
    pub name: Option<String>,
    /// How it stands.
    pub state: PeerSyncState,
    /// When it began, by this laptop's clock.
    pub began_at: Timestamp,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<Timestamp>,
    /// Entries moved, both ways.
    pub done: u64,
    /// Entries to be moved, as far as is known.
    pub total: u64,
    /// Files moved, both ways.
    pub files_done: u64,
    /// Files to be moved; 0 until the records are.
    pub files_total: u64,
    /// What a manager should know.
    pub notices: Vec<PeerSyncNotice>,
    /// Why it failed.
    #[schema(required)]
    pub failure: Option<Failure>,
}

/// A notice of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeerSyncNotice {
    /// Stable, snake_case.
    pub code: String,
    /// For people.
    pub message: String,
    /// The log that it is about.
    #[schema(required)]
    pub writer: Option<WriterId>,
}

impl From<&Notice> for PeerSyncNotice {
    fn from(notice: &Notice) -> Self {
        Self { code: notice.code().into(), message: notice.to_string(), writer: notice.writer() }
    }
}

impl PeerSync {
    /// Holds one meeting on this thread, for a program that does nothing else.
    pub fn alone(
        store: Arc<Store>,
        media: Arc<Media>,
        way: PeerAccess,
        code: Option<&str>,
    ) -> Result<Self, Failure> {
        let (_stop, stopping) = watch::channel(false);
        let meetings = PeerSyncs::new(store, media, stopping);
        let begun = meetings.enter(way.url())?;
        meetings.hold(begun.id, &way, code);
        Ok(meetings.list().swap_remove(0))
    }
}

/// All meetings since the program started; the last [`limits::MEETINGS_KEPT_MAX`] are kept.
#[derive(Debug)]
pub struct PeerSyncs {
    store: Arc<Store>,
    media: Arc<Media>,
    stopping: watch::Receiver<bool>,
    rows: Mutex<VecDeque<PeerSync>>,
    /// Signalled when a meeting ends.
    ended: Condvar,
}

impl PeerSyncs {
    /// `stopping` becomes true when the program stops; meetings then end at their next step.
    pub fn new(store: Arc<Store>, media: Arc<Media>, stopping: watch::Receiver<bool>) -> Arc<Self> {
        let (rows, ended) = (Mutex::default(), Condvar::new());
        Arc::new(Self { store, media, stopping, rows, ended })
    }

    /// Begins a meeting, unless one with that laptop goes on already, which is then answered
    /// instead.
    ///
    /// With a code this laptop has itself let in there first. Fails with `busy` when
    /// [`limits::MEETINGS_RUNNING_MAX`] go on.
    pub fn begin(
        self: &Arc<Self>,
        way: PeerAccess,
        code: Option<String>,
    ) -> Result<PeerSync, Failure> {
        let url = way.url().to_string();
        let same = |row: &&PeerSync| row.state == PeerSyncState::Running && row.url == url;
        if let Some(same) = self.rows().iter().find(same) {
            return Ok(same.clone());
        }
        let begun = self.enter(way.url())?;
        let (meetings, id) = (self.clone(), begun.id);
        let thread = thread::Builder::new().name("chasqui-meeting".into());
        if let Err(error) = thread.spawn(move || meetings.hold(id, &way, code.as_deref())) {
            tracing::error!(%error, "no thread for a meeting");
            let message = "this laptop cannot begin a meeting now";
            self.end(id, Err(Failure::new(Code::Busy, message).into()));
        }
        Ok(begun)
    }

    /// Writes down a meeting that is about to be held.
    fn enter(&self, url: &PeerUrl) -> Result<PeerSync, Failure> {
        let mut rows = self.rows();
        let running = rows.iter().filter(|row| row.state == PeerSyncState::Running).count();
        if running >= limits::MEETINGS_RUNNING_MAX || *self.stopping.borrow() {
            let message = "other meetings go on; try again when one has ended";
            return Err(Failure::new(Code::Busy, message));
        }
        let row = PeerSync {
            id: rows.back().map_or(1, |row| row.id + 1),
            url: url.to_string(),
            name: None,
            state: PeerSyncState::Running,
            began_at: wall_clock::now(),
            ended_at: None,
            done: 0,
            total: 0,
            files_done: 0,
            files_total: 0,
            notices: Vec::new(),
            failure: None,
        };
        rows.push_back(row.clone());
        while rows.len() > limits::MEETINGS_KEPT_MAX
            && rows.front().is_some_and(|row| row.state != PeerSyncState::Running)
        {
            rows.pop_front();
        }
        Ok(row)
    }

    /// The meetings that are kept, newest first.
    pub fn list(&self) -> Vec<PeerSync> {
        self.rows().iter().rev().cloned().collect()
    }

    /// Waits until no meeting goes on, or `time_max` has passed.
    pub fn wait(&self, time_max: Duration) {
        let is_running = |rows: &mut VecDeque<PeerSync>| {
            rows.iter().any(|row| row.state == PeerSyncState::Running)
        };
        // Whoever waits goes on in any case.
        let _ = self.ended.wait_timeout_while(self.rows(), time_max, is_running);
    }

    fn hold(&self, id: u64, way: &PeerAccess, code: Option<&str>) {
        let progress = |Progress { done, total }| {
            self.change(id, |row| (row.done, row.total) = (done, total));
        };
        let files = |Progress { done, total }| {
            self.change(id, |row| (row.files_done, row.files_total) = (done, total));
        };
        let is_stopping = || *self.stopping.borrow();
        let watcher = Watcher { progress: &progress, files: &files, is_stopping: &is_stopping };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let met = meet(&self.store, way, code, &watcher)?;
            self.change(id, |row| met_with(row, &met));
            exchange(&self.store, &self.media, &met.line, met.peer.hello.device, &watcher)
        }));
        let outcome = outcome.unwrap_or_else(|_| {
            let message = "something went wrong on this laptop; its log says what";
            Err(Failure::new(Code::Internal, message).into())
        });
        self.end(id, outcome);
    }

    fn end(&self, id: u64, outcome: Result<FilesMoved, PeerSyncError>) {
        self.change(id, |row| {
            row.ended_at = Some(wall_clock::now());
            row.failure = match outcome {
                Ok(files) => files.failure,
                Err(error) => Some(error.into()),
            };
            let is_whole = row.failure.is_none();
            row.state = if is_whole { PeerSyncState::Finished } else { PeerSyncState::Failed };
        });
        self.ended.notify_all();
    }

    fn change(&self, id: u64, change: impl FnOnce(&mut PeerSync)) {
        if let Some(row) = self.rows().iter_mut().find(|row| row.id == id) {
            change(row);
        }
    }

    fn rows(&self) -> MutexGuard<'_, VecDeque<PeerSync>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The records are the same on both sides.
fn met_with(row: &mut PeerSync, met: &Met) {
    row.name = Some(met.peer.hello.name.clone());
    (row.done, row.total) = (met.moved, met.moved);
    row.notices = met.notices.iter().map(PeerSyncNotice::from).collect();
}

impl From<PeerSyncError> for Failure {
    fn from(error: PeerSyncError) -> Self {
        match error {
            PeerSyncError::Failed(failure) => failure,
            PeerSyncError::Stopped => Self::new(Code::Stopping, "the laptop's program is stopping"),
            PeerSyncError::Store(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
                let message = "this laptop could not read or write its data; its log says why";
                Self::new(Code::StoreFailed, message)
            }
        }
    }
}
