//! What is named, over a store in memory, and over files.

use chasqui_shared::{
    Author, Change, Code, Draft, LogView, MediaRef, Role, Timestamp, Version, write,
};
use proptest::prelude::*;
use redb::{Database, ReadableDatabase, backends::InMemoryBackend};
use serde::Serialize;

use super::*;
use crate::{
    audit::{Fault, audit},
    store::{
        FILE_NAME, Store,
        file::tables::{META, SCHEMA},
        index::search::Query,
    },
};

fn file(hash: u8, bytes: u64, name: &str) -> MediaRef {
    let media_type = "image/jpeg".into();
    MediaRef { hash: ContentHash([hash; 32]), bytes, media_type, name: name.into() }
}

/// A version of a record, by its author in a role.
fn version(
    log: &WriteLog<'_>,
    record: u8,
    role: Role,
    media: Vec<MediaRef>,
) -> Result<Version, StoreError> {
    let draft = Draft { category: "fire".into(), media, ..Draft::default() };
    let now = Timestamp::from_millis(0);
    let by = Author { device: log.log_writer().owner().device, role, now };
    draft.version(log, RecordId([record; 16]), Change::Edit, by)
}

fn record(store: &Store, record: u8, media: Vec<MediaRef>) {
    let recorded = store.write_blocking(1, move |log| {
        let version = version(log, record, Role::Monitor, media.clone())?;
        let log_writer = log.log_writer().clone();
        write(log, &log_writer, version.encode().unwrap())
    });
    assert_eq!(recorded.unwrap().quarantine, None);
}

fn named(store: &Store) -> Vec<(u8, u64, String)> {
    let named = store.view().unwrap().named_media(None, 100).unwrap();
    named.into_iter().map(|media| (media.hash.0[0], media.bytes, media.name)).collect()
}

fn names(store: &Store, hash: u8) -> bool {
    store.view().unwrap().names_media(ContentHash([hash; 32])).unwrap()
}

/// The files of each record as lists know them.
fn shown(store: &Store) -> Vec<(u8, Vec<u8>)> {
    let mut shown = Vec::new();
    let found = store.view().unwrap().search(&Query::default(), None, None, 100, |row| {
        shown.push((row.record.0[0], row.media().map(|hash| hash.0[0]).collect()));
        Ok(())
    });
    assert_eq!(found.unwrap().total, shown.len() as u64);
    shown
}

fn memory() -> Store {
    Store::open_with(InMemoryBackend::new()).unwrap()
}

#[test]
fn files_are_listed_once_each_ascending_and_from_any_one_on() {
    let store = memory();
    record(&store, 2, vec![file(1, 10, "a"), file(3, 30, "c")]);
    record(&store, 1, vec![file(1, 11, "b"), file(2, 20, "d")]);
    let all = [(1, 11, "b".to_owned()), (2, 20, "d".to_owned()), (3, 30, "c".to_owned())];
    assert_eq!(named(&store), all);
    let view = store.view().unwrap();
    let part = |after: u8, limit| {
        let part = view.named_media(Some(ContentHash([after; 32])), limit).unwrap();
        part.into_iter().map(|media| media.hash.0[0]).collect::<Vec<_>>()
    };
    assert_eq!(part(0, 2), [1, 2]);
    assert_eq!(part(1, 1), [2]);
    assert_eq!(part(2, 5), [3]);
    assert!(part(3, 5).is_empty() && part(0, 0).is_empty());
    assert!(names(&store, 3) && !names(&store, 0) && !names(&store, 4));
}

#[test]
fn a_file_stays_named_when_a_later_version_no_longer_names_it() {
    let store = memory();
    record(&store, 1, vec![file(1, 10, "a")]);
    record(&store, 1, Vec::new());
    assert!(names(&store, 1));
}

#[test]
fn versions_in_quarantine_and_of_a_newer_format_name_their_files() {
    #[derive(Serialize)]
    struct Newer {
        format: u8,
        heart_rate: u8,
        media: Vec<MediaRef>,
        record: RecordId,
    }

    let store = memory();
    let quarantined = store.write_blocking(2, |log| {
        let log_writer = log.log_writer().clone();
        let mut foreign = version(log, 1, Role::Monitor, vec![file(1, 10, "a")])?;
        foreign.author = chasqui_shared::DeviceId([9; 32]);
        let foreign = write(log, &log_writer, foreign.encode().unwrap())?;
        let media = vec![file(2, 20, "b")];
        let newer = Newer { format: 2, heart_rate: 60, media, record: RecordId([2; 16]) };
        let newer = VersionBytes::new(to_cbor(&newer).unwrap()).unwrap();
        let newer = write(log, &log_writer, newer)?;
        let noise = VersionBytes::new(vec![1, 2, 3]).unwrap();
        let noise = write(log, &log_writer, noise)?;
        Ok([foreign, newer, noise].map(|logged| logged.quarantine.unwrap().code))
    });
    assert_eq!(
        quarantined.unwrap(),
        [Code::AuthorMismatch, Code::VersionNewer, Code::VersionMalformed]
    );
    assert_eq!(named(&store), [(1, 10, "a".into()), (2, 20, "b".into())]);
    assert!(audit(&store.view().unwrap()).unwrap().report.is_whole());
}

#[test]
fn lists_have_the_files_of_a_record_in_the_order_in_which_they_were_taken() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    record(&store, 1, vec![file(9, 1, "a"), file(1, 1, "b"), file(5, 1, "c"), file(1, 1, "d")]);
    assert_eq!(shown(&store), [(1, vec![9, 1, 5])]);
}

/// Versions were signed over other bytes before: nothing of them could be read, and nothing of them
/// may be lost.
#[test]
fn a_file_of_another_schema_is_refused_and_not_changed() {
    let directory = tempfile::tempdir().unwrap();
    drop(Store::open(directory.path()).unwrap());
    let path = directory.path().join(FILE_NAME);
    for other in [1, SCHEMA - 1, SCHEMA + 1] {
        let database = Database::open(&path).unwrap();
        let txn = database.begin_write().unwrap();
        let schema = u32::to_be_bytes(other);
        txn.open_table(META).unwrap().insert("schema", schema.as_slice()).unwrap();
        txn.commit().unwrap();
        drop(database);
        let refused = Store::open(directory.path());
        assert!(
            matches!(refused, Err(StoreError::Schema { found, read: SCHEMA }) if found == other)
        );
        drop(refused);
        let database = Database::open(&path).unwrap();
        let meta = database.begin_read().unwrap().open_table(META).unwrap();
        assert_eq!(meta.get("schema").unwrap().unwrap().value(), schema);
    }
}

#[test]
fn a_wrong_row_a_missing_one_and_one_too_many_are_found() {
    let store = memory();
    record(&store, 1, vec![file(1, 10, "a"), file(2, 20, "b")]);
    store
        .write_blocking(0, |log| {
            let record = RecordId([1; 16]);
            let hash = |hash| ContentHash([hash; 32]);
            let said =
                |hash| NamedMedia { hash, bytes: 7, media_type: "x".into(), name: "y".into() };
            let lie = Some(said(hash(1)));
            log.mend_naming(&Naming { hash: hash(1), record, media: lie })?;
            log.mend_naming(&Naming { hash: hash(2), record, media: None })?;
            log.media.insert(&key(hash(3), record), b"noise".as_slice())?;
            Ok(())
        })
        .unwrap();
    assert_eq!(named(&store), [(1, 7, "y".into()), (3, 0, String::new())]);
    let found = audit(&store.view().unwrap()).unwrap();
    let damage: Vec<_> =
        found.report.damage.iter().map(|damage| (&*damage.code, damage.media)).collect();
    let wrong = |hash| (Fault::NamingWrong.code(), Some(ContentHash([hash; 32])));
    assert_eq!(damage, [wrong(1), wrong(3), wrong(2)]);
    assert!(!found.repairs.is_empty() && !found.repairs.need_peer());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Two stores that took the same versions in another order say the same of their files.
    #[test]
    fn the_order_of_arrival_changes_nothing(
        said in proptest::collection::vec((0u8..3, 0u8..4, 0u64..3), 1..8),
        turn in any::<usize>(),
    ) {
        let one = memory();
        for &(at, hash, bytes) in &said {
            record(&one, at, vec![file(hash, bytes, "a")]);
        }
        let entries: Vec<_> = {
            let view = one.view().unwrap();
            let (writer, end) = (one.committed().owner.writer(), said.len() as u64);
            (1..=end).map(|seq| view.entry(writer, seq).unwrap().unwrap().entry.version).collect()
        };
        let other = memory();
        let mut turned = entries;
        let middle = turn % turned.len();
        turned.rotate_left(middle);
        for version in turned {
            other.write_blocking(1, move |log| {
                let log_writer = log.log_writer().clone();
                write(log, &log_writer, version.clone())
            }).unwrap();
        }
        prop_assert_eq!(named(&one), named(&other));
        prop_assert!(audit(&other.view().unwrap()).unwrap().report.is_whole());
    }
}
