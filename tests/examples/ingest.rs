//! How fast a laptop takes entries in, and how it does with many: `cargo run --release -p
//! chasqui-tests --example ingest -- [ENTRIES] [PHONES AT ONCE]`.
//!
//! Prints the rate of durable answers, the memory held, the time to open the store again, and the
//! time of an offer that finds nothing new, of a page of the list, of a search and of all points of
//! the map. Entries are signed beforehand, a hundred thousand at a time, off the clock.
#![allow(clippy::unwrap_used, reason = "a measurement that fails has nobody to tell")]
#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chasqui_server::store::{Query, ReadLog, Sender, Store, StoreError};
use chasqui_shared::{
    Author, Batch, Change, Draft, Epoch, Kind, LogView, LogWriter, MemoryLog, Position, Range,
    RecordId, Role, Timestamp, View, collect, limits, offer, write,
};

const PIECE: usize = 100_000;

/// A phone that writes its log piece by piece and forgets what it has pushed.
struct Phone {
    log_writer: LogWriter,
    log: MemoryLog,
    pushed: u64,
}

impl Phone {
    fn write(&mut self, count: usize, random: &mut fastrand::Rng) {
        for n in 0..count {
            let mut record = [0; 16];
            random.fill(&mut record);
            let at =
                Timestamp::from_millis(1_790_000_000_000 + self.pushed as i64 * 60_000 + n as i64);
            let draft = Draft {
                kind: Kind::Observation,
                category: ["oil_spill", "fish_kill", "other"][n % 3].into(),
                note: format!("{n} {}", "palabras de una nota ".repeat(14)),
                observed_at: Some(at.into()),
                location: serde_json::from_value(serde_json::json!({
                    "lat": random.f64() * -10.0, "lon": -70.0 - random.f64() * 8.0, "source": "gps"
                }))
                .unwrap(),
                answers: Default::default(),
                ..Draft::default()
            };
            let by =
                Author { device: self.log_writer.owner().device, role: Role::Monitor, now: at };
            let Ok(version) = draft.version(&self.log, RecordId(record), Change::Edit, by);
            let Ok(_) = write(&mut self.log, &self.log_writer, version.encode().unwrap());
        }
        self.log.take_changes();
    }

    fn batches(&mut self) -> Vec<Batch> {
        let writer = self.log_writer.writer();
        let until = self.log.position(writer).unwrap();
        let mut batches = Vec::new();
        while self.pushed < until.seq {
            let chain = self.log.chain_at(writer, self.pushed).unwrap().unwrap();
            let after = Position { seq: self.pushed, chain };
            let Ok(batch) = collect(&self.log, writer, &[Range { writer, after, until }]);
            self.pushed += batch.entries() as u64;
            batches.push(batch);
        }
        batches
    }
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<usize>().unwrap());
    let entries = arguments.next().unwrap_or(100_000);
    let phones = arguments.next().unwrap_or(1);
    let directory = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(directory.path()).unwrap());
    let took = push_all(&store, entries, phones).await;
    println!(
        "{entries} entries of {phones} phones at once: {:.1} s, {:.0} a second",
        took.as_secs_f64(),
        entries as f64 / took.as_secs_f64()
    );
    println!("file: {} MB", size(directory.path()) / 1_000_000);
    drop(Arc::into_inner(store).unwrap());

    let started = Instant::now();
    let store = Store::open(directory.path()).unwrap();
    println!("open: {:?}", started.elapsed());
    time("offer of nothing new", async || {
        let offered = store.read(|view| offer(view, view_writer(view), None, Vec::new())).await;
        let mut offered = offered.unwrap();
        offered.clock = None;
        let started = Instant::now();
        store.offer(offered, Sender::MANAGER).await.unwrap();
        started.elapsed()
    })
    .await;
    for (what, query, limit) in [
        ("first page of 500", Query::default(), 500),
        ("first page of one category", category("fish_kill"), 500),
        ("search for a word", search("nota 77"), 500),
    ] {
        time(what, async || {
            let (query, started) = (query.clone(), Instant::now());
            store.read(move |view| page(view, &query, limit)).await.unwrap();
            started.elapsed()
        })
        .await;
    }
    time("all points", async || {
        let started = Instant::now();
        let found =
            store.read(|view| view.search(&Query::default(), None, None, usize::MAX, |_| Ok(())));
        found.await.unwrap();
        started.elapsed()
    })
    .await;
    println!("memory now: {} MB", resident_mb());
}

fn view_writer(view: &ReadLog) -> chasqui_shared::WriterId {
    view.clock().unwrap().iter().next().unwrap().0
}

fn category(id: &str) -> Query {
    Query { category: Some(id.into()), ..Query::default() }
}

fn search(text: &str) -> Query {
    Query { text: Some(text.into()), ..Query::default() }
}

fn page(view: &ReadLog, query: &Query, limit: usize) -> Result<usize, StoreError> {
    let mut found = Vec::new();
    view.search(query, None, None, limit, |shown| {
        found.push(shown.record);
        Ok(())
    })?;
    for record in &found {
        View::load(view, *record)?;
    }
    Ok(found.len())
}

async fn push_all(store: &Arc<Store>, entries: usize, phones: usize) -> Duration {
    let mut random = fastrand::Rng::with_seed(7);
    let (mut took, mut left) = (Duration::ZERO, entries);
    let mut device = 0u8;
    while left > 0 {
        let piece = left.min(PIECE);
        left -= piece;
        let mut pushes = Vec::new();
        for _ in 0..phones {
            device += 1;
            let log_writer = LogWriter::new(&[device; 32], Epoch([device; 16]));
            let log = MemoryLog::new(store.charter());
            let mut phone = Phone { log_writer, log, pushed: 0 };
            phone.write(piece / phones, &mut random);
            pushes.push(phone.batches());
        }
        let started = Instant::now();
        let pushing: Vec<_> = pushes
            .into_iter()
            .map(|batches| {
                let store = store.clone();
                tokio::spawn(async move {
                    for batch in batches {
                        let sent = batch.entries() as u64;
                        assert!(sent <= limits::BATCH_ENTRIES_MAX as u64);
                        assert_eq!(
                            store.push(batch, Sender::MANAGER).await.unwrap().runs[0].added,
                            sent
                        );
                    }
                })
            })
            .collect();
        for phone in pushing {
            phone.await.unwrap();
        }
        took += started.elapsed();
        println!("{:>8} left, {:.1} s, {} MB", left, took.as_secs_f64(), resident_mb());
    }
    took
}

async fn time(what: &str, mut run: impl AsyncFnMut() -> Duration) {
    let mut times = Vec::new();
    for _ in 0..5 {
        times.push(run().await);
    }
    times.sort_unstable();
    println!("{what}: {:?}", times[2]);
}

fn size(directory: &Path) -> u64 {
    std::fs::read_dir(directory).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum()
}

/// Resident memory, where the system tells it as Linux does; 0 elsewhere.
fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
