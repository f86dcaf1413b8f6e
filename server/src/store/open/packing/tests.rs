//! A file that is loose, packed while others read.

use std::sync::atomic::{AtomicU32, Ordering};

use chasqui_shared::{Author, Change, Draft, RecordId, Role, Timestamp, write};

use super::*;
use crate::{
    audit::audit,
    store::{Store, index::search::Query},
};

fn record(store: &Store, number: u16, note: &str) {
    let note = format!("{number} {note}");
    let mut record = [7; 16];
    record[..2].copy_from_slice(&number.to_be_bytes());
    let recorded = store.write_blocking(1, move |log| {
        let (log_writer, now) =
            (log.log_writer().clone(), Timestamp::from_millis(i64::from(number) * 7_919 % 997));
        let by = Author { device: log_writer.owner().device, role: Role::Monitor, now };
        let draft = Draft { category: "fire".into(), note: note.clone(), ..Draft::default() };
        let version = draft.version(log, RecordId(record), Change::Edit, by)?;
        write(log, &log_writer, version.encode().unwrap())
    });
    recorded.unwrap();
}

fn notes(store: &Store) -> Vec<String> {
    let mut notes = Vec::new();
    let view = store.view().unwrap();
    let found = view.search(&Query::default(), None, None, usize::MAX, |shown| {
        notes.push(shown.text()?.note);
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

/// What a phone records: a place, a category, a few answers, some sentences, and every third time
/// photos.
fn observation(number: u64) -> Draft {
    const WORDS: [&str; 24] = [
        "se",
        "observa",
        "una",
        "mancha",
        "oscura",
        "junto",
        "al",
        "puerto",
        "peces",
        "muertos",
        "en",
        "la",
        "orilla",
        "norte",
        "huellas",
        "recientes",
        "de",
        "tala",
        "cerca",
        "del",
        "sendero",
        "agua",
        "turbia",
        "ayer",
    ];
    let hash = *blake3::hash(&number.to_be_bytes()).as_bytes();
    let pick = |at: usize, of: usize| usize::from(hash[at]) % of;
    let mut stream = blake3::Hasher::new().update(&hash).finalize_xof();
    let mut words = vec![0; 12 + pick(0, 24)];
    stream.fill(&mut words);
    let words: Vec<_> = words.iter().map(|&word| WORDS[usize::from(word) % WORDS.len()]).collect();
    let media = |photo: u64| {
        let hash = blake3::hash(&(number << 8 | photo).to_be_bytes()).to_hex().to_string();
        let name = format!("2026-11-{:02} 09.{:02}.07.jpg", 1 + pick(1, 28), pick(2, 60));
        serde_json::json!({ "hash": hash, "bytes": 1_000_000 + number, "type": "image/jpeg", "name": name })
    };
    let photos: Vec<_> = (0..if number.is_multiple_of(3) { 2 } else { 0 }).map(media).collect();
    serde_json::from_value(serde_json::json!({
        "category": (["oil_spill", "fish_kill", "logging", "fire"][pick(3, 4)]),
        "note": words.join(" "),
        "observed_at": format!("2026-11-{:02}T{:02}:{:02}:07-05:00", 1 + pick(4, 28), 6 + pick(5, 12), pick(6, 60)),
        "location": {
            "lat": -3.0 - f64::from(hash[7]) / 256.0 - f64::from(hash[8]) / 65_536.0,
            "lon": -73.0 - f64::from(hash[9]) / 256.0 - f64::from(hash[10]) / 65_536.0,
            "accuracy_m": (3 + pick(11, 30)), "source": "gps",
        },
        "answers": {
            "especie": format!("sp-{:02x}{:02x}", hash[12], hash[13]), "cantidad": (pick(14, 60)),
            "estado": (["bueno", "regular", "malo"][pick(15, 3)]),
        },
        "media": photos,
    }))
    .unwrap()
}

/// 31 MiB of records took 172 MiB of the disk.
#[test]
fn ten_thousand_records_take_no_more_than_twice_their_bytes_of_the_disk() {
    const RECORDS: u64 = 10_000;
    const AT_ONCE: u64 = 1_000;
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let mut signed = 0;
    for first in (0..RECORDS).step_by(AT_ONCE as usize) {
        let recorded = store.write_blocking(AT_ONCE as usize, move |log| {
            let (log_writer, mut bytes) = (log.log_writer().clone(), 0);
            for number in first..first + AT_ONCE {
                let now = Timestamp::from_millis(1_795_000_000_000 + number as i64 * 61_007);
                let by = Author { device: log_writer.owner().device, role: Role::Monitor, now };
                let mut record = [0; 16];
                record.copy_from_slice(&blake3::hash(&number.to_le_bytes()).as_bytes()[..16]);
                let draft = observation(number);
                let version = draft.version(log, RecordId(record), Change::Edit, by)?;
                let version = version.encode().unwrap();
                bytes += version.as_slice().len() as u64;
                write(log, &log_writer, version)?;
            }
            Ok(bytes)
        });
        signed += recorded.unwrap();
    }
    assert!(matches!(store.pack(true).unwrap(), Packed::Done(..)));
    let taken = used(&directory.path().join(FILE_NAME)).unwrap();
    eprintln!("{signed} bytes of records take {taken}: {:.2}", taken as f64 / signed as f64);
    for (table, bytes) in stored_by_table(&store) {
        eprintln!("{table}: {:.2}", bytes as f64 / signed as f64);
    }
    assert!(taken <= 2 * signed, "{signed} bytes of records take {taken}");
}

/// Bytes of keys and values by table, for whoever looks for what takes the space.
fn stored_by_table(store: &Store) -> Vec<(&'static str, u64)> {
    fn stored<K: Key + 'static, V: Value + 'static>(
        read: &ReadTransaction,
        table: TableDefinition<'_, K, V>,
    ) -> u64 {
        redb::ReadableTableMetadata::stats(&read.open_table(table).unwrap()).unwrap().stored_bytes()
    }
    let of = |database: &Database| {
        let read = database.begin_read()?;
        Ok(vec![
            ("entries", stored(&read, tables::ENTRIES)),
            ("places", stored(&read, tables::PLACES)),
            ("heads", stored(&read, tables::HEADS)),
            ("list", stored(&read, tables::SHOWN)),
            ("files", stored(&read, tables::MEDIA)),
            ("moves", stored(&read, tables::MOVES)),
        ])
    };
    store.disk.with(of).unwrap()
}
