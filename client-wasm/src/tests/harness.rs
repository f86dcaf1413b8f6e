//! Phones and time for the tests.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    future::{Future, poll_fn},
    rc::Rc,
    task::{Poll, Waker},
};

use chasqui_shared::{
    Charter, Draft, Epoch, Failure, Kind, LogView, LogWriter, Notice, RecordId, Settings, Timestamp,
};
use futures_executor::LocalPool;
use futures_util::task::LocalSpawnExt;

use super::{
    air::Air,
    laptop::Laptop,
    wifi::{ORIGIN, Wifi},
};
use crate::{Engine, Filled, Host, Listing, MemoryDisk, SyncStatus};

/// What a right clock says when a test begins, in milliseconds since 1970.
pub const STARTED_MS: i64 = 1_700_000_000_000;

/// The project of the laptop that is made first.
pub fn charter() -> Charter {
    let founder = LogWriter::new(&[1; 32], Epoch([1; 16])).owner().device;
    Charter { founder, salt: Epoch([7; 16]) }
}

/// Time, which stands still until a test lets it pass.
#[derive(Clone, Default)]
pub struct Clock {
    now_ms: Rc<Cell<u64>>,
    off_ms: Rc<Cell<i64>>,
    sleepers: Rc<RefCell<BTreeMap<u64, Vec<Waker>>>>,
}

/// Told of every change.
type Listener = Box<dyn Fn()>;

/// A host whose chance is a seed.
#[derive(Clone)]
pub struct TestHost {
    clock: Clock,
    random: Rc<RefCell<fastrand::Rng>>,
    notices: Rc<RefCell<Vec<Notice>>>,
    on_change: Rc<RefCell<Option<Listener>>>,
}

impl Host for TestHost {
    fn now_ms(&self) -> u64 {
        self.clock.now_ms.get()
    }

    fn wall_clock(&self) -> Timestamp {
        let right_ms = STARTED_MS + self.now_ms() as i64;
        Timestamp::from_millis(right_ms + self.clock.off_ms.get())
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.random.borrow_mut().fill(&mut bytes);
        bytes
    }

    fn sleep(&self, ms: u64) -> impl Future<Output = ()> {
        let (clock, due) = (self.clock.clone(), self.now_ms() + ms);
        poll_fn(move |context| {
            if clock.now_ms.get() >= due {
                return Poll::Ready(());
            }
            let mut sleepers = clock.sleepers.borrow_mut();
            sleepers.entry(due).or_default().push(context.waker().clone());
            Poll::Pending
        })
    }

    fn changed(&self) {
        if let Some(on_change) = self.on_change.borrow().as_ref() {
            on_change();
        }
    }

    fn notice(&self, notice: &Notice) {
        self.notices.borrow_mut().push(notice.clone());
    }
}

/// A running phone.
pub struct Phone {
    pub engine: Rc<Engine<MemoryDisk, Wifi, TestHost>>,
    pub disk: MemoryDisk,
    pub wifi: Wifi,
    pub air: Air,
    host: TestHost,
    pub pool: LocalPool,
    records: u64,
    name: u8,
}

impl Phone {
    /// Starts the app over what the disk holds, with a laptop at the page's origin.
    pub fn start(name: u8, disk: &MemoryDisk, laptop: &Laptop) -> Self {
        Self::start_from(ORIGIN, name, disk, laptop)
    }

    /// As [`Phone::start`], for a page of this origin.
    pub fn start_from(origin: &str, name: u8, disk: &MemoryDisk, laptop: &Laptop) -> Self {
        let host = host(name);
        let (wifi, air) = (Wifi::default(), Air::new(host.clone()));
        wifi.put(origin, laptop);
        wifi.set_air(&air);
        let engine = Engine::new(disk.clone(), wifi.clone(), host.clone(), vec![origin.to_owned()]);
        let engine = Rc::new(engine);
        let mut pool = LocalPool::new();
        pool.run_until(engine.open()).unwrap();
        let running = engine.clone();
        pool.spawner().spawn_local(async move { running.run().await }).unwrap();
        let mut phone =
            Self { engine, disk: disk.clone(), wifi, air, host, pool, records: 0, name };
        phone.settle();
        phone
    }

    /// A phone with an empty disk that the laptop has let in.
    pub fn new(name: u8, laptop: &Laptop) -> Self {
        Self::paired(name, &MemoryDisk::default(), laptop)
    }

    /// A phone over this disk that the laptop has let in.
    pub fn paired(name: u8, disk: &MemoryDisk, laptop: &Laptop) -> Self {
        let mut phone = Self::start(name, disk, laptop);
        phone.pair(&laptop.link(ORIGIN)).unwrap();
        phone.settle();
        phone
    }

    /// Pairs the phone with whatever this invitation is from.
    pub fn pair(&mut self, invitation: &str) -> Result<(), Failure> {
        let engine = self.engine.clone();
        self.pool.run_until(engine.pair(invitation, "Rosa"))
    }

    /// Sets the phone's wall clock, so many milliseconds off.
    pub fn set_clock(&mut self, off_ms: i64) {
        self.host.clock.off_ms.set(off_ms);
    }

    /// Runs everything that can run now.
    pub fn settle(&mut self) {
        self.pool.run_until_stalled();
    }

    /// Lets time pass, from one wake-up to the next.
    pub fn pass(&mut self, ms: u64) {
        let end = self.host.now_ms() + ms;
        self.settle();
        loop {
            let next = self.host.clock.sleepers.borrow_mut().first_entry().and_then(|entry| {
                if *entry.key() <= end { Some(entry.remove_entry()) } else { None }
            });
            let Some((due, wakers)) = next else { break };
            self.host.clock.now_ms.set(due.max(self.host.now_ms()));
            wakers.into_iter().for_each(Waker::wake);
            self.settle();
        }
        self.host.clock.now_ms.set(end);
        self.settle();
    }

    pub fn try_record(&mut self, note: &str) -> Result<RecordId, Failure> {
        self.record_filled(draft(note).into())
    }

    pub fn record_filled(&mut self, filled: Filled) -> Result<RecordId, Failure> {
        self.records += 1;
        let mut id = [self.name; 16];
        id[8..].copy_from_slice(&self.records.to_be_bytes());
        let record = RecordId(id);
        let engine = self.engine.clone();
        self.pool.run_until(engine.record(record, filled))?;
        Ok(record)
    }

    pub fn record(&mut self, note: &str) -> RecordId {
        self.try_record(note).unwrap()
    }

    pub fn record_as(&mut self, record: RecordId, note: &str) -> Result<(), Failure> {
        let engine = self.engine.clone();
        self.pool.run_until(engine.record(record, draft(note)))
    }

    pub fn edit(&mut self, record: RecordId, note: &str) -> Result<(), Failure> {
        let engine = self.engine.clone();
        self.pool.run_until(engine.edit(record, draft(note)))
    }

    pub fn edit_filled(&mut self, record: RecordId, filled: Filled) -> Result<(), Failure> {
        let engine = self.engine.clone();
        self.pool.run_until(engine.edit(record, filled))
    }

    pub fn saved(&mut self, draft_keys: &[&str]) -> Vec<String> {
        let engine = self.engine.clone();
        let keys = draft_keys.iter().map(|key| (*key).to_owned()).collect();
        self.pool.run_until(engine.saved(keys)).unwrap()
    }

    pub fn settings(&mut self) -> Settings {
        let engine = self.engine.clone();
        self.pool.run_until(engine.settings()).unwrap()
    }

    /// What comes of something that may have to wait: time passes until then.
    pub fn spawned<R: 'static>(&mut self, task: impl Future<Output = R> + 'static) -> R {
        let result = Rc::new(RefCell::new(None));
        let to = result.clone();
        let spawner = self.pool.spawner();
        spawner.spawn_local(async move { *to.borrow_mut() = Some(task.await) }).unwrap();
        self.settle();
        for _ in 0..1_000 {
            if let Some(result) = result.borrow_mut().take() {
                return result;
            }
            self.pass(1_000);
        }
        panic!("nothing came of it in 1000 seconds");
    }

    pub fn status(&mut self) -> SyncStatus {
        let engine = self.engine.clone();
        self.pool.run_until(engine.status())
    }

    /// A listing, as the worker gets it.
    pub fn listing(&mut self, token: &str) -> serde_json::Value {
        let engine = self.engine.clone();
        let whole = usize::MAX;
        self.pool.run_until(engine.observations(token, whole, to_json)).unwrap()
    }

    /// A listing of so many records, and what changed.
    pub fn listing_of(&mut self, token: &str, count_max: usize) -> serde_json::Value {
        let engine = self.engine.clone();
        self.pool.run_until(engine.observations(token, count_max, to_json)).unwrap()
    }

    /// Note and state of every record, by note.
    pub fn list(&mut self) -> Vec<(String, String)> {
        let listing = self.listing("");
        let views = listing["views"].as_array().unwrap();
        let text = |view: &serde_json::Value, key: &str| view[key].as_str().unwrap().to_owned();
        let mut list: Vec<_> =
            views.iter().map(|view| (text(view, "note"), text(view, "state"))).collect();
        list.sort();
        list
    }

    pub fn notes(&mut self) -> Vec<String> {
        self.list().into_iter().map(|(note, _)| note).collect()
    }

    /// For starting again with other chance, so that no id comes twice.
    pub fn next_name(&self) -> u8 {
        self.name + 1
    }

    /// Calls back each time that the pages are told of a change.
    pub fn on_change(&mut self, callback: impl Fn() + 'static) {
        *self.host.on_change.borrow_mut() = Some(Box::new(callback));
    }

    pub fn notices(&self) -> Vec<Notice> {
        self.host.notices.borrow().clone()
    }

    /// Number of entries that the phone holds.
    pub fn entries(&mut self) -> u64 {
        let engine = self.engine.clone();
        let entries = engine.copy().with(|state| {
            let Ok(clock) = state.ledger()?.log().clock();
            Ok(clock.entries())
        });
        self.pool.run_until(entries).unwrap()
    }
}

fn to_json(listing: &Listing<'_>) -> serde_json::Value {
    serde_json::to_value(listing).unwrap()
}

/// A host of its own.
pub fn host(name: u8) -> TestHost {
    TestHost {
        clock: Clock::default(),
        random: Rc::new(RefCell::new(fastrand::Rng::with_seed(u64::from(name)))),
        notices: Rc::default(),
        on_change: Rc::default(),
    }
}

/// An observation that says little more than a note.
pub fn draft(note: &str) -> Draft {
    Draft {
        kind: Kind::Observation,
        category: "oil_spill".into(),
        note: note.into(),
        observed_at: Some(Timestamp::from_millis(1_600_000_000_000).into()),
        location: None,
        answers: BTreeMap::new(),
        ..Draft::default()
    }
}
