//! The store of one project: opened, read and written.

use super::{
    error::StoreError,
    log::{read_log::ReadLog, write_log::WriteLog},
    memory::{committed::Committed, recent::Recent},
    open::packing::Packed,
    people::{notices::Noticed, peers::LastSync},
};
use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use chasqui_shared::{
    Charter, DeviceId, Hello, HelloNonce, PairingCode, PairingRequest, ProjectId, RecordId,
    Timestamp, WriterId,
};
use redb::StorageBackend;
use tokio::sync::{mpsc, oneshot, watch};

use super::{
    commit::{
        sweep::Sweep,
        writer::{Order, Work, Writer},
    },
    file::disk::{Disk, FILE_NAME},
    memory::inner::Inner,
    open::{beginning, identity, state::State},
    people::peers::Peers,
};
use crate::limits;

/// The durable log of one project.
#[derive(Debug)]
pub struct Store {
    pub(in crate::store) inner: Arc<Inner>,
    pub(in crate::store) disk: Arc<Disk>,
    pub(in crate::store) jobs: Option<mpsc::Sender<Order>>,
    pub(in crate::store) thread: Option<JoinHandle<()>>,
}

impl Store {
    /// Opens or makes the database in `directory`, which is made if it is not there.
    ///
    /// Only one process can have it open: any other gets [`StoreError::InUse`].
    /// A directory that has keys or files of a laptop and no database, or an empty one, is refused
    /// with [`StoreError::DatabaseMissing`]: what is there belongs to what was lost.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        let may_begin = !beginning::is_of_laptop(directory).map_err(StoreError::Directory)?;
        if !may_begin && beginning::is_without_database(directory) {
            return Err(StoreError::DatabaseMissing);
        }
        Self::open_or_begin(directory, may_begin)
    }

    /// The same, and begins a new project in a directory whose database is missing or empty,
    /// whatever else is there.
    pub fn begin_anew(directory: &Path) -> Result<Self, StoreError> {
        Self::open_or_begin(directory, true)
    }

    fn open_or_begin(directory: &Path, may_begin: bool) -> Result<Self, StoreError> {
        make_directory(directory).map_err(StoreError::Directory)?;
        let file = directory.join(FILE_NAME);
        // The database takes some damages for its own mistakes, and panics.
        std::panic::catch_unwind(|| Self::start(Disk::open(file)?, may_begin))
            .unwrap_or(Err(StoreError::Unreadable))
    }

    /// Opens a store over any storage, such as one in memory that plays a crash.
    pub fn open_with(backend: impl StorageBackend) -> Result<Self, StoreError> {
        Self::start(Disk::over(backend)?, true)
    }

    /// Makes the data in `directory` part of a project that another laptop began; only while
    /// nothing is held yet.
    pub fn join(directory: &Path, charter: Charter) -> Result<(), StoreError> {
        make_directory(directory).map_err(StoreError::Directory)?;
        Disk::open(directory.join(FILE_NAME))?.with(|database| identity::join(database, charter))
    }

    pub(in crate::store) fn start(disk: Disk, may_begin: bool) -> Result<Self, StoreError> {
        let State { identity, committed, moves, notices, pairings } =
            disk.with(|database| State::load(database, may_begin))?;
        let inner = Arc::new(Inner {
            charter: identity.charter,
            project: identity.charter.project(),
            key: identity.log_writer.clone(),
            name: identity.name,
            recent: Recent::new(),
            moves: Mutex::new(moves),
            peers: Mutex::new(disk.with(Peers::load)?),
            notices: Mutex::new(notices),
            pairings: Mutex::new(pairings),
            session_secret: identity.session_secret,
            committed: watch::Sender::new(Arc::new(committed)),
            is_doubted: AtomicBool::new(false),
        });
        let disk = Arc::new(disk);
        let writer = Writer {
            disk: disk.clone(),
            inner: inner.clone(),
            sums: identity.sums,
            log_writer: identity.log_writer,
            sweep: disk.with(Sweep::due)?,
        };
        let (jobs, waiting) = mpsc::channel(limits::JOBS_WAITING_MAX);
        let thread = std::thread::Builder::new()
            .name("chasqui-writer".into())
            .spawn(move || writer.run(waiting))
            .map_err(StoreError::Directory)?;
        Ok(Self { inner, disk, jobs: Some(jobs), thread: Some(thread) })
    }

    /// The project of all logs here.
    pub fn project(&self) -> ProjectId {
        self.inner.project
    }

    /// What the project is founded on.
    pub fn charter(&self) -> Charter {
        self.inner.charter
    }

    /// Says who this laptop is, signed over the nonce.
    pub fn hello(&self, addresses: Vec<String>, now: Timestamp, nonce: HelloNonce) -> Hello {
        let Inner { charter, key, name, .. } = &*self.inner;
        Hello::sign(key, *charter, name.clone(), now, addresses, nonce)
    }

    /// Asks another laptop, `laptop`, to let this one in.
    pub fn pairing_request(&self, code: PairingCode, laptop: DeviceId) -> PairingRequest {
        PairingRequest::sign(&self.inner.key, code, self.inner.name.clone(), laptop)
    }

    /// This laptop's key as others know it.
    pub fn device(&self) -> DeviceId {
        self.inner.key.owner().device
    }

    /// What sessions are signed with; made with the file, and told to nobody.
    pub(crate) fn session_secret(&self) -> &[u8; 32] {
        &self.inner.session_secret
    }

    /// What people call this laptop.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The state after the last commit.
    pub fn committed(&self) -> Arc<Committed> {
        self.inner.committed()
    }

    /// Tells of every commit. One that listens slowly skips to the last.
    pub fn watch(&self) -> watch::Receiver<Arc<Committed>> {
        self.inner.committed.subscribe()
    }

    /// Records of which what lists show may have changed since the start. A read that begins later
    /// sees it.
    pub(crate) fn recent(&self) -> &Recent<RecordId> {
        &self.inner.recent
    }

    /// Whether a row was read since this was last asked that is not what was written: an audit is
    /// due.
    pub fn take_doubt(&self) -> bool {
        self.inner.is_doubted.swap(false, Ordering::Relaxed)
    }

    /// The notices that are kept, newest first, each with its number.
    pub fn notices(&self) -> Vec<(u64, Noticed)> {
        self.inner.notices().list()
    }

    /// The sides that met this laptop, by the log that they write.
    pub fn meetings(&self) -> std::collections::BTreeMap<WriterId, LastSync> {
        self.inner.peers().all()
    }

    /// Runs `read` on a thread for blocking work, with a view of the last committed state.
    pub async fn read<T, E, F>(&self, read: F) -> Result<T, E>
    where
        F: FnOnce(&ReadLog) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        if !self.disk.is_open() {
            // The writing thread opens the file again before any work; if it cannot, the read says
            // why.
            let _ = self.write(0, |_| Ok(())).await;
        }
        let (inner, disk) = (self.inner.clone(), self.disk.clone());
        let reading = tokio::task::spawn_blocking(move || {
            let reading = disk.reading();
            read(&disk.with(|database| ReadLog::open(inner, database, reading))?)
        });
        match reading.await {
            Ok(answer) => answer,
            Err(stopped) if stopped.is_panic() => std::panic::resume_unwind(stopped.into_panic()),
            Err(_) => Err(StoreError::Closed.into()),
        }
    }

    /// Runs `write` inside a transaction, together with whatever else waits; returns after the
    /// commit.
    ///
    /// `write` may be run more than once, and must do the same each time; only its last run is
    /// committed. `entries` says roughly how many entries it may add.
    pub async fn write<T, F>(&self, entries: usize, write: F) -> Result<T, StoreError>
    where
        F: FnMut(&mut WriteLog<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Work { work: write, entries, answer: None, reply });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(Order::Job(job)).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Like [`Self::write`], from a thread that may block.
    pub fn write_blocking<T, F>(&self, entries: usize, write: F) -> Result<T, StoreError>
    where
        F: FnMut(&mut WriteLog<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Work { work: write, entries, answer: None, reply });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.blocking_send(Order::Job(job)).map_err(|_| StoreError::Closed)?;
        answer.blocking_recv().map_err(|_| StoreError::Closed)?
    }

    /// Copies what is stored into a file that has no room to spare, and goes on in that, unless the
    /// file is tight already or others want to write; in any case if `is_forced` and nobody does.
    /// Blocks for as long as the copy takes.
    pub fn pack(&self, is_forced: bool) -> Result<Packed, StoreError> {
        let (reply, answer) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.blocking_send(Order::Pack(is_forced, reply)).map_err(|_| StoreError::Closed)?;
        answer.blocking_recv().map_err(|_| StoreError::Closed)?
    }
}

impl Drop for Store {
    /// Finishes what was begun, and closes the file.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writing thread panicked");
        }
    }
}

/// Nobody else on the machine has business with what people recorded.
fn make_directory(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}
