//! How what people see costs as one device floods it: times, and the ratio of each to the one
//! before, in which a doubled size is about 2 where the work is linear, and 1 where it is bounded.
//!
//! `cargo run --release -p chasqui-tests --example flood`

#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use std::{collections::BTreeMap, error::Error, sync::Arc, time::Instant};

use chasqui_server::{
    import::{Identity, OnChange, Row, Taken, take},
    store::{Sender, Store},
};
use chasqui_shared::{
    Answer, Author, Change, Draft, Epoch, Lineage, LogView, LogWriter, MemoryLog, Range, RecordId,
    Role, Timestamp, VersionId, View, collect, limits, write,
};

const RECORD: RecordId = RecordId([9; 16]);

type Failure = Box<dyn Error>;

/// A phone, and a laptop that it floods.
struct Flood {
    log: MemoryLog,
    log_writer: LogWriter,
    store: Store,
    _directory: tempfile::TempDir,
}

impl Flood {
    fn new() -> Result<Self, Failure> {
        let directory = tempfile::tempdir()?;
        let store = Store::open(directory.path())?;
        let log_writer = LogWriter::new(&[1; 32], Epoch([1; 16]));
        Ok(Self { log: MemoryLog::new(store.charter()), log_writer, store, _directory: directory })
    }

    fn by(&self) -> Author {
        let now = Timestamp::from_millis(1_800_000_000_000);
        Author { device: self.log_writer.owner().device, role: Role::Monitor, now }
    }

    /// One more head after these versions.
    fn head(&mut self, parents: Vec<VersionId>, answers: usize, note: usize) -> VersionId {
        let keys = (0..answers).map(|at| (format!("{note}.{at}"), Answer::Integer(1)));
        let draft = Draft {
            category: "oil_spill".into(),
            note: note.to_string(),
            answers: keys.collect::<BTreeMap<_, _>>(),
            ..Draft::default()
        };
        let alone = MemoryLog::new(self.log.charter());
        let Ok(mut version) = draft.version(&alone, RECORD, Change::Edit, self.by());
        let generations = parents.iter().filter_map(|parent| {
            let Ok(kin) = self.log.kin(*parent);
            kin
        });
        version.generation = 1 + generations.map(|kin| kin.generation).max().unwrap_or(0);
        version.parents = parents;
        let bytes = version.encode().expect("it is within its limits");
        let id = bytes.id();
        let Ok(_) = write(&mut self.log, &self.log_writer, bytes);
        self.log.take_changes();
        id
    }

    /// Brings what is new to the laptop; the seconds of the last batch.
    async fn bring(&self) -> Result<f64, Failure> {
        let writer = self.log_writer.writer();
        let Ok(until) = self.log.position(writer);
        let mut after = self.store.view()?.position(writer)?;
        let mut last = 0.0;
        while after.seq < until.seq {
            let Ok(batch) = collect(&self.log, writer, &[Range { writer, after, until }]);
            let began = Instant::now();
            let answer = self.store.push(batch, Sender::MANAGER).await?;
            last = began.elapsed().as_secs_f64();
            after = answer.runs[0].durable;
        }
        Ok(last)
    }
}

/// A line of a table, with the ratio to the line before.
fn tell(of: &str, size: usize, seconds: &[(&'static str, f64)], before: &mut Vec<f64>) {
    let mut line = format!("{of:<32} {size:>7}");
    for (at, (name, seconds)) in seconds.iter().enumerate() {
        let ratio =
            before.get(at).map_or("     ".into(), |last| format!("×{:<4.1}", seconds / last));
        line += &format!("   {name} {:>8.1} ms {ratio}", seconds * 1_000.0);
    }
    *before = seconds.iter().map(|(_, seconds)| *seconds).collect();
    println!("{line}");
}

fn timed<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<f64, Failure> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed().as_secs_f64())
}

async fn heads() -> Result<(), Failure> {
    let (mut flood, mut before, mut made) = (Flood::new()?, Vec::new(), 0);
    for heads in [125, 250, 500, 1_000, 2_000, 4_000, 8_000] {
        while made < heads {
            flood.head(Vec::new(), 256, made);
            made += 1;
        }
        flood.bring().await?;
        flood.head(Vec::new(), 256, made);
        made += 1;
        let one_more = flood.bring().await?;
        let view = flood.store.view()?;
        let laptop = timed(|| Ok(View::load(&view, RECORD)?))?;
        let phone = timed(|| {
            let Ok(view) = View::load(&flood.log, RECORD);
            Ok(view)
        })?;
        let told = [("one more head", one_more), ("view", laptop), ("on a phone", phone)];
        tell("heads with 256 keys each", heads, &told, &mut before);
    }
    Ok(())
}

async fn depth(at_the_root: bool) -> Result<(), Failure> {
    let (mut flood, mut before) = (Flood::new()?, Vec::new());
    let root = flood.head(Vec::new(), 0, 0);
    let (mut tip, mut depth, mut note) = (root, 1, 1);
    let of = if at_the_root { "100 heads, 99 at the root" } else { "100 heads on a chain's end" };
    for longer in [6_250, 12_500, 25_000, 50_000] {
        while depth < longer {
            tip = flood.head(vec![tip], 0, note);
            (depth, note) = (depth + 1, note + 1);
        }
        let under = if at_the_root { root } else { tip };
        let mut heads = Vec::new();
        for _ in 0..100 {
            heads.push(flood.head(vec![under], 0, note));
            note += 1;
        }
        flood.bring().await?;
        let view = flood.store.view()?;
        let laptop = timed(|| Ok(View::load(&view, RECORD)?))?;
        let phone = timed(|| {
            let Ok(view) = View::load(&flood.log, RECORD);
            Ok(view)
        })?;
        let page = timed(|| {
            let mut lineage = Lineage::of(&view, RECORD)?;
            for _ in 0..100 {
                lineage.next(&view)?;
            }
            Ok(())
        })?;
        let told = [("view", laptop), ("on a phone", phone), ("page of history", page)];
        tell(of, longer, &told, &mut before);
        if !at_the_root {
            heads.truncate(limits::PARENTS_MAX);
            heads.sort_unstable();
            tip = flood.head(heads, 0, note);
            (depth, note) = (depth + 2, note + 1);
        }
    }
    Ok(())
}

async fn rows() -> Result<(), Failure> {
    let (flood, mut before, mut sent) = (Flood::new()?, Vec::new(), 0);
    for rows in [1_000, 2_000, 5_000, 10_000, 20_000] {
        let mut last = 0.0;
        while sent < rows {
            let began = Instant::now();
            let taken = flood.store.write(1_000, move |log| {
                for note in sent..sent + 1_000 {
                    let note = note.to_string();
                    let draft = Draft { category: "level".into(), note, ..Draft::default() };
                    let row = Row {
                        identity: Identity::OfSource("station 7".into()),
                        draft,
                        counters: Arc::default(),
                    };
                    assert!(matches!(
                        take(log, "sensor", &row, OnChange::Edit)?,
                        Taken::Added(_) | Taken::Changed(_)
                    ));
                }
                Ok(())
            });
            taken.await?;
            last = began.elapsed().as_secs_f64();
            sent += 1_000;
        }
        tell("rows with one id", rows, &[("the last 1,000", last)], &mut before);
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    heads().await?;
    depth(false).await?;
    depth(true).await?;
    rows().await
}
