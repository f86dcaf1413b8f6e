//! A file that is loose, packed while others read.

use std::sync::atomic::{AtomicU32, Ordering};

use chasqui_shared::{Author, Change, Draft, RecordId, Role, Timestamp, write};

use super::*;
use crate::{
    audit::audit,
    store::{Query, Store},
};

fn record(store: &Store, number: u16, note: &str) {
    let note = format!("{number} {note}");
    let mut record = [7; 16];
    record[..2].copy_from_slice(&number.to_be_bytes());
    let recorded = store.write_blocking(1, move |log| {
        let (pen, now) =
            (log.pen().clone(), Timestamp::from_millis(i64::from(number) * 7_919 % 997));
        let by = Author { device: pen.owner().device, role: Role::Monitor, now };
        let draft = Draft { category: "fire".into(), note: note.clone(), ..Draft::default() };
        let version = draft.version(log, RecordId(record), Change::Edit, by)?;
        write(log, &pen, version.encode().unwrap())
    });
    recorded.unwrap();
}

fn notes(store: &Store) -> Vec<String> {
    let mut notes = Vec::new();
    let view = store.view().unwrap();
    let found = view.search(&Query::default(), None, None, usize::MAX, |shown| {
        notes.push(shown.note.to_owned());
        Ok(())
    });
    found.unwrap();
    notes
}

/// A season of small commits, each two fsyncs: as few as make a file loose.
fn season(directory: &Path) -> Store {
    let store = Store::open(directory).unwrap();
    for number in 0..100 {
        record(&store, number, &"palabras de una nota ".repeat(60));
    }
    store
}

#[test]
fn a_loose_file_takes_less_of_the_disk_says_the_same_and_waits_for_those_who_read() {
    let directory = tempfile::tempdir().unwrap();
    let store = season(directory.path());
    let (before, view) = (notes(&store), store.view().unwrap());
    let committed = store.committed();
    assert_eq!(store.pack(true).unwrap(), Packed::PutOff, "somebody reads");
    assert!(audit(&view).unwrap().report.is_whole(), "and reads on");
    let entries = view.entries.iter().unwrap();
    let stored: u64 = entries.map(|row| row.unwrap().1.value().len() as u64).sum();
    drop(view);
    let Packed::Done(loose, tight) = store.pack(true).unwrap() else { panic!("nobody writes") };
    assert!(tight < loose, "{loose} bytes became {tight}");
    // Twice the entries as they are stored, and what the smallest file takes.
    assert!(
        tight <= 2 * stored + limits::LOOSE_BYTES_MIN,
        "{stored} bytes of records take {tight}"
    );
    assert_eq!(notes(&store), before);
    assert_eq!(store.committed().digest, committed.digest);
    assert_eq!(store.pack(false).unwrap(), Packed::Tight);
    record(&store, 500, "after");
    drop(store);
    assert!(!directory.path().join(name()).exists());
    let store = Store::open(directory.path()).unwrap();
    assert_eq!(notes(&store).len(), before.len() + 1);
    assert!(audit(&store.view().unwrap()).unwrap().report.is_whole());
}

#[test]
fn whoever_wants_to_write_has_packing_put_off_at_any_row_and_nothing_is_changed() {
    let directory = tempfile::tempdir().unwrap();
    let store = season(directory.path());
    let (disk, committed) = (store.disk.clone(), store.committed());
    let before = notes(&store);
    for turns in 0..4 {
        let left = AtomicU32::new(turns);
        let is_wanted = || {
            let spent = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
            spent.is_err()
        };
        assert_eq!(pack(&disk, &committed, true, &is_wanted).unwrap(), Packed::PutOff);
        assert!(!directory.path().join(name()).exists());
    }
    assert_eq!(notes(&store), before);
}

#[test]
fn what_a_packing_that_died_left_is_passed_over_and_a_table_that_is_not_known_is_not_lost() {
    let directory = tempfile::tempdir().unwrap();
    let store = season(directory.path());
    let before = notes(&store);
    drop(store);
    fs::write(directory.path().join(name()), b"half a copy").unwrap();
    let store = Store::open(directory.path()).unwrap();
    assert!(matches!(store.pack(true).unwrap(), Packed::Done(..)));
    assert_eq!(notes(&store), before);
    drop(store);

    const OTHER: TableDefinition<'_, u64, u64> = TableDefinition::new("of-tomorrow-1");
    let database = Database::open(directory.path().join(FILE_NAME)).unwrap();
    let txn = database.begin_write().unwrap();
    txn.open_table(OTHER).unwrap().insert(1, 2).unwrap();
    txn.commit().unwrap();
    drop(database);
    let store = Store::open(directory.path()).unwrap();
    assert!(store.pack(true).is_err());
    assert_eq!(notes(&store), before, "it goes on as it is");
}
