//! Power cuts: whatever was acknowledged is there when the laptop starts again.

use chasqui_harness::Phone;
use chasqui_server::store::{Sender, Store};
use chasqui_shared::{BatchResponse, Clock, LogView};
use chasqui_tests::{Disk, DiskKind};

/// Pushes batch after batch until the power goes; says what was acknowledged last.
async fn push_until_cut(store: &Store, alice: &Phone, start: u64) -> Clock {
    let mut acknowledged = store.committed().clock.clone();
    let end = alice.log.position(alice.log_writer.writer()).unwrap().seq;
    let mut seq = start;
    while seq < end {
        let writer = alice.log_writer.writer();
        let after = chasqui_shared::Position {
            seq,
            chain: alice.log.chain_at(writer, seq).unwrap().unwrap(),
        };
        let until = alice.log.position(writer).unwrap();
        let range = chasqui_shared::Range { writer, after, until };
        let Ok(mut batch) = chasqui_shared::collect(&alice.log, writer, &[range]);
        batch.runs[0].entries.truncate(3);
        let Ok(BatchResponse { runs, .. }) = store.push(batch, Sender::MANAGER).await else {
            return acknowledged;
        };
        acknowledged.set(writer, runs[0].durable);
        seq = runs[0].durable.seq;
    }
    acknowledged
}

/// A laptop without a battery lost power in the rainy season, and its file could not be opened
/// again, or the records of the last minutes were gone although phones had been told that they were
/// safe.
#[tokio::test]
async fn whatever_was_acknowledged_survives_a_power_cut_at_any_write() {
    let seed = std::env::var("CHASQUI_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    eprintln!("CHASQUI_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);

    let empty = Disk::new(DiskKind::Honest, Vec::new());
    let charter = {
        let store = Store::open_with(empty.clone()).unwrap();
        store.charter()
    };
    let image = empty.found_after_cut(|| true);
    let mut alice = Phone::new(&charter, 1);
    for record in 0..30 {
        alice.record(record, "acknowledged or not");
    }

    for _ in 0..60 {
        let disk = Disk::new(DiskKind::Honest, image.clone());
        disk.cut_after(random.u64(1..400));
        let acknowledged = match Store::open_with(disk.clone()) {
            Ok(store) => push_until_cut(&store, &alice, 0).await,
            Err(_) => Clock::default(),
        };
        let left = disk.found_after_cut(|| random.bool());
        let store = Store::open_with(Disk::new(DiskKind::Honest, left)).unwrap();
        let held = store.committed();
        let at = held.clock.get(alice.log_writer.writer()).map_or(0, |at| at.seq);
        assert!(acknowledged.entries() <= at, "an acknowledged entry is missing");
        assert_eq!(held.counts.records, at);
        assert_eq!(held.counts.heads, at);
        let after = push_until_cut(&store, &alice, at).await;
        assert_eq!(after, alice.log.clock().unwrap(), "the rest can still be pushed");
    }
}
