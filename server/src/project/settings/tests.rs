//! Deciding, over stores in memory.

use chasqui_shared::Photos;
use redb::backends::InMemoryBackend;

use super::*;
use crate::store::Store;

fn scaled(pixels_max: u32) -> Settings {
    Settings { photos: Photos::Scaled { pixels_max, quality: 70 } }
}

fn decided(store: &Store, wanted: Settings) -> (Settings, u64) {
    store.write_blocking(1, move |log| decide(log, wanted)).unwrap();
    (shown(&store.view().unwrap()).unwrap(), store.committed().counts.entries)
}

fn memory() -> Store {
    Store::open_with(InMemoryBackend::new()).unwrap()
}

#[test]
fn what_stands_is_stored_no_second_time() {
    let store = memory();
    assert_eq!(decided(&store, Settings::default()), (Settings::default(), 0));
    assert_eq!(decided(&store, scaled(1_024)), (scaled(1_024), 1));
    assert_eq!(decided(&store, scaled(1_024)), (scaled(1_024), 1));
    let original = Settings { photos: Photos::Original };
    assert_eq!(decided(&store, original), (original, 2));
    assert_eq!(decided(&store, Settings::default()), (Settings::default(), 3));
    assert_eq!(store.committed().counts.records, 0, "settings are nobody's observation");
}

#[test]
fn what_was_decided_twice_without_knowing_is_settled_by_the_next() {
    let store = memory();
    let heads = |store: &Store| store.view().unwrap().heads(Settings::record()).unwrap().len();
    decided(&store, scaled(1_024));
    // A version that follows none, as from a laptop that had not heard of the first.
    store
        .write_blocking(1, |log| {
            let (log_writer, record) = (log.log_writer().clone(), Settings::record());
            let device = log_writer.owner().device;
            let by = Author { device, role: Role::Manager, now: log.received_at() };
            let mut other = scaled(512).draft().version(log, record, Change::Edit, by)?;
            (other.parents, other.generation) = (Vec::new(), 1);
            write(log, &log_writer, other.encode().unwrap())
        })
        .unwrap();
    assert_eq!(heads(&store), 2);
    assert_eq!(decided(&store, scaled(2_000)).0, scaled(2_000));
    assert_eq!(heads(&store), 1);
}
