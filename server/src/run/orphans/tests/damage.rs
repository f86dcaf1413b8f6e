//! Whatever the disk or a person does to the database, to an index of it or to a note: no file goes
//! that an entry names, or named.

use redb::{Database, ReadableTable, TableDefinition};

use super::*;
use crate::store::FILE_NAME;

const ENTRIES: TableDefinition<'_, &[u8; 24], &[u8]> = TableDefinition::new("entries-2");
const LOGS: TableDefinition<'_, &[u8; 16], &[u8; 88]> = TableDefinition::new("logs-1");
const PLACES: TableDefinition<'_, &[u8; 32], &[u8; 24]> = TableDefinition::new("places-1");
const HEADS: TableDefinition<'_, &[u8; 16], &[u8]> = TableDefinition::new("heads-1");
const MEDIA: TableDefinition<'_, &[u8; 48], &[u8]> = TableDefinition::new("media-1");

/// What is done to the data of a stopped laptop.
type Damage = (&'static str, fn(&Path));

fn change(directory: &Path, change: impl FnOnce(&redb::WriteTransaction)) {
    let database = Database::open(directory.join(FILE_NAME)).unwrap();
    let txn = database.begin_write().unwrap();
    change(&txn);
    txn.commit().unwrap();
}

/// Everything that makes the database say less than what was acknowledged.
const DAMAGES: [Damage; 9] = [
    ("the index of files is empty", |at| {
        change(at, |txn| txn.open_table(MEDIA).unwrap().retain(|_, _| false).unwrap());
    }),
    ("a bit of the index of files flips", |at| {
        change(at, |txn| {
            let mut table = txn.open_table(MEDIA).unwrap();
            let (mut key, row) = {
                let (key, row) = table.pop_first().unwrap().unwrap();
                (*key.value(), row.value().to_vec())
            };
            key[31] ^= 1;
            table.insert(&key, row.as_slice()).unwrap();
        });
    }),
    ("places and heads are empty, too", |at| {
        change(at, |txn| {
            txn.open_table(MEDIA).unwrap().retain(|_, _| false).unwrap();
            txn.open_table(PLACES).unwrap().retain(|_, _| false).unwrap();
            txn.open_table(HEADS).unwrap().retain(|_, _| false).unwrap();
        });
    }),
    ("the log is not listed", |at| {
        change(at, |txn| {
            txn.open_table(MEDIA).unwrap().retain(|_, _| false).unwrap();
            txn.open_table(LOGS).unwrap().retain(|_, _| false).unwrap();
        });
    }),
    ("the entry is altered", |at| {
        change(at, |txn| {
            txn.open_table(MEDIA).unwrap().retain(|_, _| false).unwrap();
            let mut table = txn.open_table(ENTRIES).unwrap();
            let rows: Vec<_> = table
                .iter()
                .unwrap()
                .map(|row| row.map(|(key, row)| (*key.value(), row.value().to_vec())).unwrap())
                .collect();
            for (key, mut row) in rows {
                *row.last_mut().unwrap() ^= 1;
                table.insert(&key, row.as_slice()).unwrap();
            }
        });
    }),
    ("the entry is gone", |at| {
        change(at, |txn| {
            txn.open_table(MEDIA).unwrap().retain(|_, _| false).unwrap();
            txn.open_table(ENTRIES).unwrap().retain(|_, _| false).unwrap();
        });
    }),
    ("an older database comes back", |at| {
        fs::copy(at.join("older"), at.join(FILE_NAME)).unwrap();
    }),
    ("the database of another laptop comes to its place", |at| {
        let other = tempfile::tempdir().unwrap();
        drop(Store::open(other.path()).unwrap());
        fs::copy(other.path().join(FILE_NAME), at.join(FILE_NAME)).unwrap();
    }),
    ("the database is lost, and a person begins anew", |at| {
        fs::remove_file(at.join(FILE_NAME)).unwrap();
        drop(Store::begin_anew(at).unwrap());
    }),
];

/// The file came `before` its record, or after it; the note of a file that came before it is put
/// back, as from a backup.
async fn damaged(damage: fn(&Path), is_noted: bool) -> Laptop {
    let laptop = Laptop::new();
    laptop.record_other(9, Vec::new()).await;
    if is_noted {
        laptop.look_on(0..GRACE).await;
    }
    let Laptop { store, media, directory } = laptop;
    drop(store);
    fs::copy(directory.path().join(FILE_NAME), directory.path().join("older")).unwrap();
    let note = directory.path().join("media/unnamed").join(hash().to_string());
    let noted = fs::read(&note).ok();
    let store = Store::open(directory.path()).unwrap();
    let laptop = Laptop { store, media, directory };
    laptop.record().await;
    laptop.look_on(GRACE - 1..GRACE).await;
    let Laptop { store, directory, .. } = laptop;
    drop(store);
    damage(directory.path());
    if let Some(noted) = noted {
        fs::write(note, noted).unwrap();
    }
    let store = Store::open(directory.path()).unwrap();
    Laptop { store, media: open(directory.path()), directory }
}

#[tokio::test]
async fn no_damage_of_the_database_removes_a_file_that_a_record_named() {
    for (what, damage) in DAMAGES {
        let laptop = damaged(damage, false).await;
        assert_eq!(laptop.look_on(GRACE..5 * GRACE).await, Tidied::default(), "{what}");
        assert!(laptop.media.holds(hash()), "{what}");
    }
}

/// Only where nothing on the disk knows of the record any more, its file may go aside; that it is
/// deleted takes a month more.
#[tokio::test]
async fn not_even_with_an_old_note_does_damage_remove_what_an_entry_names() {
    for (what, damage) in DAMAGES {
        let laptop = damaged(damage, true).await;
        let is_older = what.starts_with("an older");
        let done = laptop.look_on(GRACE..2 * GRACE).await;
        assert_eq!(done, if is_older { REMOVED } else { Tidied::default() }, "{what}");
        // The record comes back with the next phone.
        if is_older {
            laptop.record().await;
            laptop.look(day(2 * GRACE)).await;
        }
        assert!(laptop.media.holds(hash()), "{what}");
    }
}

#[tokio::test]
async fn an_entry_of_a_format_that_nobody_here_can_read_keeps_the_file_whose_hash_is_in_it() {
    let laptop = Laptop::new();
    let newer = [b"\xa2\x66format\x02\x65files\x81\x58\x20".as_slice(), &hash().0].concat();
    let written = laptop.store.write(1, move |log| {
        let log_writer = log.log_writer().clone();
        write(log, &log_writer, chasqui_shared::VersionBytes::new(newer.clone()).unwrap())
    });
    assert!(written.await.unwrap().quarantine.is_some());
    assert_eq!(laptop.look_on(0..5 * GRACE).await, Tidied::default());
    assert!(laptop.media.holds(hash()));
}

#[tokio::test]
async fn a_file_that_was_removed_and_altered_aside_does_not_come_back_as_whole() {
    let laptop = Laptop::new();
    assert_eq!(laptop.look_on(0..GRACE + 1).await, REMOVED);
    let aside = laptop.directory.path().join("media/removed").join(hash().to_string());
    fs::write(&aside, b"a phot0").unwrap();
    assert!(!laptop.media.blobs().acknowledge(hash(), day(GRACE + 1)));
    let laptop = laptop.restart();
    assert!(!laptop.media.blobs().holds(hash()), "after a restart too");
}
