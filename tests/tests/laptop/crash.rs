//! Power cuts: whatever was acknowledged is there when the laptop starts again.

use std::{
    io,
    sync::{Arc, Mutex},
};

use chasqui_server::store::Store;
use chasqui_shared::{BatchAnswer, Clock, LogView};
use redb::StorageBackend;

use crate::phone::Phone;

/// A disk that loses power after so many operations, and what it has kept by then.
#[derive(Clone, Debug)]
struct Disk(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// What a read gives.
    now: Vec<u8>,
    /// What is there after a power cut: everything up to the last sync.
    synced: Vec<u8>,
    /// Writes since the last sync; any of them may have reached the disk.
    unsynced: Vec<(usize, Vec<u8>)>,
    operations_left: u64,
}

impl Disk {
    fn new(image: Vec<u8>, operations_left: u64) -> Self {
        let state =
            State { now: image.clone(), synced: image, unsynced: Vec::new(), operations_left };
        Self(Arc::new(Mutex::new(state)))
    }

    /// What is left after the cut: of the writes that were not synced, those whose turn it is.
    fn image_after_cut(&self, mut keep: impl FnMut() -> bool) -> Vec<u8> {
        let mut state = self.0.lock().unwrap();
        let unsynced = std::mem::take(&mut state.unsynced);
        let mut image = std::mem::take(&mut state.synced);
        image.resize(image.len().max(state.now.len()), 0);
        for (at, bytes) in unsynced.into_iter().filter(|_| keep()) {
            image[at..at + bytes.len()].copy_from_slice(&bytes);
        }
        image
    }

    fn spend(state: &mut State) -> io::Result<()> {
        state.operations_left = state
            .operations_left
            .checked_sub(1)
            .ok_or_else(|| io::Error::other("the power is out"))?;
        Ok(())
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64, io::Error> {
        Ok(self.0.lock().unwrap().now.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        let at = offset as usize;
        out.copy_from_slice(&self.0.lock().unwrap().now[at..at + out.len()]);
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        let mut state = self.0.lock().unwrap();
        Self::spend(&mut state)?;
        state.now.resize(len as usize, 0);
        Ok(())
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        let mut state = self.0.lock().unwrap();
        Self::spend(&mut state)?;
        state.synced = state.now.clone();
        state.unsynced.clear();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        let mut state = self.0.lock().unwrap();
        Self::spend(&mut state)?;
        let at = offset as usize;
        state.now[at..at + data.len()].copy_from_slice(data);
        state.unsynced.push((at, data.to_vec()));
        Ok(())
    }
}

/// Pushes batch after batch until the power goes; says what was acknowledged last.
async fn push_until_cut(store: &Store, alice: &Phone, start: u64) -> Clock {
    let mut acknowledged = store.committed().clock.clone();
    let end = alice.log.position(alice.pen.writer()).unwrap().seq;
    let mut seq = start;
    while seq < end {
        let writer = alice.pen.writer();
        let after = chasqui_shared::Position {
            seq,
            chain: alice.log.chain_at(writer, seq).unwrap().unwrap(),
        };
        let until = alice.log.position(writer).unwrap();
        let range = chasqui_shared::Range { writer, after, until };
        let Ok(mut batch) = chasqui_shared::collect(&alice.log, writer, &[range]);
        batch.runs[0].entries.truncate(3);
        let Ok(BatchAnswer { runs, .. }) = store.push(batch).await else { return acknowledged };
        acknowledged.set(writer, runs[0].durable);
        seq = runs[0].durable.seq;
    }
    acknowledged
}

/// A laptop without a battery lost power in the rainy season, and its file could not be opened again, or the records of
/// the last minutes were gone although phones had been told that they were safe.
#[tokio::test]
async fn whatever_was_acknowledged_survives_a_power_cut_at_any_write() {
    let seed = std::env::var("CHASQUI_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    eprintln!("CHASQUI_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);

    let empty = Disk::new(Vec::new(), u64::MAX);
    let charter = {
        let store = Store::open_with(empty.clone()).unwrap();
        store.charter()
    };
    let image = empty.image_after_cut(|| true);
    let mut alice = Phone::of(charter, 1);
    for record in 0..30 {
        alice.record(record, "acknowledged or not");
    }

    for _ in 0..60 {
        let disk = Disk::new(image.clone(), random.u64(1..400));
        let acknowledged = match Store::open_with(disk.clone()) {
            Ok(store) => push_until_cut(&store, &alice, 0).await,
            Err(_) => Clock::default(),
        };
        let left = disk.image_after_cut(|| random.bool());
        let store = Store::open_with(Disk::new(left, u64::MAX)).unwrap();
        let held = store.committed();
        let at = held.clock.get(alice.pen.writer()).map_or(0, |at| at.seq);
        assert!(acknowledged.entries() <= at, "an acknowledged entry is missing");
        assert_eq!(held.counts.records, at);
        assert_eq!(held.counts.heads, at);
        let after = push_until_cut(&store, &alice, at).await;
        assert_eq!(after, alice.log.clock().unwrap(), "the rest can still be pushed");
    }
}
