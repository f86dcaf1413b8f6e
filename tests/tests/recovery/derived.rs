//! Tables that only repeat what the entries say, damaged one by one: an audit names each, a heal
//! writes it again, and a laptop that serves shows nothing of it.

use std::{fs, ops::Range};

use chasqui_harness::{copy, on_ports::Laptop};
use chasqui_server::{commands, store::FILE_NAME};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition, WriteTransaction};
use serde_json::Value;

use crate::recovery::damage::{ENTRIES, Pair, places};

const SHOWN: TableDefinition<'_, &[u8; 24], &[u8]> = TableDefinition::new("shown-3");
const HEADS: TableDefinition<'_, &[u8; 16], &[u8]> = TableDefinition::new("heads-1");
const NAMED: TableDefinition<'_, &[u8; 48], ()> = TableDefinition::new("named-1");
const PLACES: TableDefinition<'_, &[u8; 32], &[u8; 24]> = TableDefinition::new("places-1");
const MANAGERS: TableDefinition<'_, &[u8; 32], ()> = TableDefinition::new("managers-1");
const MOVES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("moves-1");
const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta-1");

/// What is done to a table, and the code by which an audit names it; none where the table is a
/// memory of others' meetings.
type Damage = (&'static str, Option<&'static str>, fn(&WriteTransaction));

fn first_shown(txn: &WriteTransaction) -> ([u8; 24], Vec<u8>) {
    let table = txn.open_table(SHOWN).unwrap();
    let (key, row) = table.first().unwrap().unwrap();
    (*key.value(), row.value().to_vec())
}

const DAMAGES: [Damage; 12] = [
    ("a letter of a row of the list", Some("shown_wrong"), |txn| {
        let (key, mut row) = first_shown(txn);
        let at = row.len() - 9;
        row[at] ^= 1;
        txn.open_table(SHOWN).unwrap().insert(&key, row.as_slice()).unwrap();
    }),
    ("the place of a row of the list", Some("shown_wrong"), |txn| {
        let (mut key, row) = first_shown(txn);
        let mut table = txn.open_table(SHOWN).unwrap();
        table.remove(&key).unwrap();
        key[7] ^= 1;
        table.insert(&key, row.as_slice()).unwrap();
    }),
    ("a row of the list is gone", Some("shown_wrong"), |txn| {
        let (key, _) = first_shown(txn);
        txn.open_table(SHOWN).unwrap().remove(&key).unwrap();
    }),
    ("a row too many in the list", Some("shown_stray"), |txn| {
        let (mut key, row) = first_shown(txn);
        key[23] = 0xee;
        txn.open_table(SHOWN).unwrap().insert(&key, row.as_slice()).unwrap();
    }),
    ("the list is empty", Some("shown_wrong"), |txn| {
        txn.open_table(SHOWN).unwrap().retain(|_, _| false).unwrap();
    }),
    ("where the list has a record", Some("shown_wrong"), |txn| {
        let mut table = txn.open_table(HEADS).unwrap();
        let mut row = table.get(&[3; 16]).unwrap().unwrap().value().to_vec();
        row[7] ^= 1;
        table.insert(&[3; 16], row.as_slice()).unwrap();
    }),
    ("the heads are cut", Some("heads_wrong"), |txn| {
        let mut table = txn.open_table(HEADS).unwrap();
        table.insert(&[3; 16], b"x".as_slice()).unwrap();
    }),
    ("a head is said to be followed", Some("named_wrong"), |txn| {
        let mut key = [3; 48];
        let head = {
            let heads = txn.open_table(HEADS).unwrap();
            let row = heads.get(&[3; 16]).unwrap().unwrap();
            row.value()[8..40].to_vec()
        };
        key[16..].copy_from_slice(&head);
        txn.open_table(NAMED).unwrap().insert(&key, ()).unwrap();
    }),
    ("somebody is said to be a manager", Some("manager_wrong"), |txn| {
        txn.open_table(MANAGERS).unwrap().insert(&[9; 32], ()).unwrap();
    }),
    ("the places are empty", Some("place_wrong"), |txn| {
        txn.open_table(PLACES).unwrap().retain(|_, _| false).unwrap();
    }),
    ("the sums", Some("sums_wrong"), |txn| {
        txn.open_table(META).unwrap().insert("sums", [0xff; 24].as_slice()).unwrap();
    }),
    ("what moved lately", None, |txn| {
        txn.open_table(MOVES).unwrap().insert(1, b"noise".as_slice()).unwrap();
    }),
];

#[test]
fn every_derived_table_that_is_damaged_is_named_and_written_again() {
    let pair = Pair::new();
    for (what, code, damage) in DAMAGES {
        let hurt = copy(pair.hurt.path());
        let database = Database::open(hurt.path().join(FILE_NAME)).unwrap();
        let txn = database.begin_write().unwrap();
        damage(&txn);
        txn.commit().unwrap();
        drop(database);
        let found = commands::verify(hurt.path(), &mut |_| {}).unwrap();
        let codes: Vec<_> = found.damage.iter().map(|damage| damage.code.as_str()).collect();
        match code {
            Some(code) => assert!(codes.contains(&code), "{what}: {codes:?}"),
            None => assert!(found.is_whole(), "{what}: {codes:?}"),
        }
        let other = pair.whole.path().to_str().unwrap();
        let healed = commands::compare(hurt.path(), other, None, true, None).unwrap();
        assert!(healed.is_same(), "{what}: {healed:?}");
        assert_eq!((healed.healed_entries, healed.healed_index > 0), (0, code.is_some()), "{what}");
        assert!(commands::verify(hurt.path(), &mut |_| {}).unwrap().is_whole(), "{what}");
        let laptop = Laptop::start_in(hurt);
        assert_eq!(shown(&laptop), truth(), "{what}");
    }
}

/// The notes that people see, by list, map and search.
fn shown(laptop: &Laptop) -> [Vec<String>; 3] {
    let map = laptop.read("observations?format=geojson");
    let found = laptop.read("observations?limit=1000&text=A");
    let notes = |list: &Value, at: &str| {
        let mut notes: Vec<_> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item.pointer(at).unwrap().as_str().unwrap().to_owned())
            .collect();
        notes.sort();
        notes
    };
    let map = notes(&map["features"], "/properties/note");
    [laptop.notes(), map, notes(&found["items"], "/note")]
}

fn truth() -> [Vec<String>; 3] {
    let tapirs = (10..40).map(|number| format!("tapir {number:02}"));
    let jaguars = (0..10).map(|number| format!("jaguar {number:02}"));
    let mut notes: Vec<_> = tapirs.chain(jaguars).collect();
    notes.sort();
    [notes.clone(), notes.clone(), notes]
}

/// Where the rows of a table are in the file.
fn spans(
    pair: &Pair,
    file: &[u8],
    table: TableDefinition<'_, &'static [u8; 24], &'static [u8]>,
) -> Vec<Range<usize>> {
    let database = Database::open(copy(pair.hurt.path()).path().join(FILE_NAME)).unwrap();
    let table = database.begin_read().unwrap().open_table(table).unwrap();
    let rows = table.iter().unwrap().map(|row| row.unwrap().1.value().to_vec());
    rows.flat_map(|row| places(file, &row)).collect()
}

#[test]
fn a_bit_that_flips_in_a_row_of_the_list_is_never_shown_and_a_laptop_that_starts_mends_it() {
    let pair = Pair::new();
    let file = fs::read(pair.hurt.path().join(FILE_NAME)).unwrap();
    let listed = spans(&pair, &file, SHOWN);
    assert!(listed.len() >= 40);
    let hurt = copy(pair.hurt.path());
    let mut flipped = file.clone();
    // All rows of one page and one of each other.
    listed.iter().take(20).for_each(|row| flipped[row.end - 9] ^= 1);
    fs::write(hurt.path().join(FILE_NAME), flipped).unwrap();
    assert!(!commands::verify(hurt.path(), &mut |_| {}).unwrap().is_whole());
    let laptop = Laptop::start_in(hurt);
    assert_eq!(shown(&laptop), truth());
    let report = commands::verify(laptop.stop().path(), &mut |_| {}).unwrap();
    assert!(report.is_whole(), "the file as well: {report:?}");
}

/// Whatever bit flips of a row that has what people wrote: nobody is shown what nobody signed, and
/// the manager is told what is missing.
#[test]
fn no_flipped_bit_of_what_people_wrote_is_shown_anywhere_by_a_laptop_that_serves() {
    let seed: u64 =
        std::env::var("CHASQUI_SEED").map_or(0xb17, |seed| seed.parse().expect("a number"));
    eprintln!("CHASQUI_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let pair = Pair::new();
    let file = fs::read(pair.hurt.path().join(FILE_NAME)).unwrap();
    let rows = [spans(&pair, &file, SHOWN), spans(&pair, &file, ENTRIES)].concat();
    let truth = truth();
    let mut told = 0;
    for _ in 0..16 {
        let row = rows[random.usize(..rows.len())].clone();
        let at = random.usize(row);
        let hurt = copy(pair.hurt.path());
        let mut flipped = file.clone();
        flipped[at] ^= 1 << random.u8(..8);
        fs::write(hurt.path().join(FILE_NAME), flipped).unwrap();
        let laptop = Laptop::start_in(hurt);
        for (seen, true_notes) in shown(&laptop).iter().zip(&truth) {
            let lie = seen.iter().find(|note| !true_notes.contains(note));
            assert_eq!(lie, None, "byte {at}");
            let lacks = seen.len() < true_notes.len();
            assert!(!lacks || laptop.notices().contains(&"entry_damaged".into()), "byte {at}");
            told += usize::from(lacks);
        }
        assert_eq!(laptop.read("status")["records"], 40, "byte {at}");
    }
    eprintln!("{told} lists lacked a record whose entry only another laptop can give back");
}
