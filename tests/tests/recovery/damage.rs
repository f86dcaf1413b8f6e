//! Stores with damaged rows and flipped bytes: what is damaged is named, and healed from another
//! laptop.

use std::{fs, ops::Range};

use chasqui_harness::{Phone, on_ports::Laptop};
use chasqui_server::{
    audit::{AuditReport, Folder, compare},
    commands,
    store::{FILE_NAME, Store},
};
use chasqui_shared::{LogView, Role, WriterId};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use serde_json::json;
use tempfile::TempDir;

pub const ENTRIES: TableDefinition<'_, &[u8; 24], &[u8]> = TableDefinition::new("entries-2");
const LOGS: TableDefinition<'_, &[u8; 16], &[u8; 88]> = TableDefinition::new("logs-1");
const PLACES: TableDefinition<'_, &[u8; 32], &[u8; 24]> = TableDefinition::new("places-1");
const MEDIA: TableDefinition<'_, &[u8; 48], &[u8]> = TableDefinition::new("media-1");
const HEADS: TableDefinition<'_, &[u8; 16], &[u8]> = TableDefinition::new("heads-1");

/// A laptop with the log of Alice's phone, and another that holds the same; both stopped.
pub struct Pair {
    alice: Phone,
    pub hurt: TempDir,
    pub whole: TempDir,
}

impl Pair {
    pub fn new() -> Self {
        let town = Laptop::start();
        let village = Laptop::start_with(&town);
        let mut alice = Phone::new(&town, 1);
        for record in 0..39 {
            alice.record(record, &format!("tapir {record:02}"));
        }
        alice.record_with_file(39, "tapir 39", FILE);
        for record in 0..10 {
            alice.record(record, &format!("jaguar {record:02}"));
        }
        alice.sync_by_http(&town);
        assert_eq!(village.meet(&town).failure, None);
        Self { alice, hurt: town.stop(), whole: village.stop() }
    }

    fn writer(&self) -> WriterId {
        self.alice.log_writer.writer()
    }

    fn hurt_row(&self, seq: u64, change: impl FnOnce(&mut Vec<u8>)) {
        let database = Database::open(self.hurt.path().join(FILE_NAME)).unwrap();
        let txn = database.begin_write().unwrap();
        {
            let mut table = txn.open_table(ENTRIES).unwrap();
            let key = entry_key(self.writer(), seq);
            let mut row = table.get(&key).unwrap().unwrap().value().to_vec();
            change(&mut row);
            table.insert(&key, row.as_slice()).unwrap();
        }
        txn.commit().unwrap();
    }

    /// An entry of Alice as it is stored.
    fn row(&self, seq: u64) -> Vec<u8> {
        let database = Database::open(self.hurt.path().join(FILE_NAME)).unwrap();
        let table = database.begin_read().unwrap().open_table(ENTRIES).unwrap();
        table.get(&entry_key(self.writer(), seq)).unwrap().unwrap().value().to_vec()
    }

    /// Each damage as place and code.
    fn damage(&self) -> Vec<(Option<u64>, String)> {
        let report = commands::verify(self.hurt.path(), &mut |_| {}).unwrap();
        report.damage.into_iter().map(|damage| (damage.seq, damage.code)).collect()
    }

    /// Heals from the other's directory, and expects that all is well then.
    fn heal(&self) -> (u64, u64) {
        let store = Store::open(self.hurt.path()).unwrap();
        let report = compare(&store, &Folder::open(self.whole.path()).unwrap(), true).unwrap();
        assert!(report.is_same(), "{report:?}");
        drop(store);
        assert!(commands::verify(self.hurt.path(), &mut |_| {}).unwrap().is_whole());
        (report.healed_entries, report.healed_index)
    }
}

/// The hash of a file that a record of Alice names.
const FILE: [u8; 32] = [5; 32];

/// Where a row is in a file: some of them more than once, as they were before another commit.
pub fn places(file: &[u8], row: &[u8]) -> Vec<Range<usize>> {
    let spans = (0..file.len().saturating_sub(row.len())).map(|at| at..at + row.len());
    spans.filter(|span| file[span.start] == row[0] && file[span.clone()] == *row).collect()
}

fn entry_key(writer: WriterId, seq: u64) -> [u8; 24] {
    let mut key = [0; 24];
    key[..16].copy_from_slice(&writer.0);
    key[16..].copy_from_slice(&seq.to_be_bytes());
    key
}

#[test]
fn a_whole_store_is_whole_and_an_audit_changes_no_byte_of_it() {
    let pair = Pair::new();
    let before = fs::read(pair.hurt.path().join(FILE_NAME)).unwrap();
    let report = commands::verify(pair.hurt.path(), &mut |_| {}).unwrap();
    assert!(report.is_whole());
    // Alice's log, and that of the laptop that wrote down that the other is a member.
    assert_eq!((report.logs, report.entries, report.versions), (2, 51, 51));
    assert_eq!(fs::read(pair.hurt.path().join(FILE_NAME)).unwrap(), before);
}

#[test]
fn a_damaged_entry_is_named_by_log_place_and_version_and_healed() {
    let pair = Pair::new();
    let Ok(Some(true_entry)) = pair.alice.log.entry(pair.writer(), 7) else { panic!("it is held") };
    pair.hurt_row(7, |row| *row.last_mut().unwrap() ^= 1);
    let report = commands::verify(pair.hurt.path(), &mut |_| {}).unwrap();
    assert_eq!((report.damaged, report.file), (1, None));
    let damage = &report.damage[0];
    assert_eq!((damage.writer, damage.seq), (Some(pair.writer()), Some(7)));
    assert_eq!(damage.version, Some(true_entry.entry.version.id()));
    assert_eq!(pair.heal(), (1, 0));
}

#[test]
fn every_part_of_an_entry_that_can_be_damaged_is_noticed_and_healed() {
    let pair = Pair::new();
    pair.hurt_row(1, |row| row[0] ^= 1);
    pair.hurt_row(3, |row| row.truncate(30));
    pair.hurt_row(4, |row| row.clear());
    pair.hurt_row(50, |row| row[31] ^= 0x80);
    let (database, key) = (pair.hurt.path().join(FILE_NAME), entry_key(pair.writer(), 20));
    let database = Database::open(database).unwrap();
    let txn = database.begin_write().unwrap();
    txn.open_table(ENTRIES).unwrap().remove(&key).unwrap();
    txn.commit().unwrap();
    drop(database);
    let code = |seq, code: &str| (Some(seq), code.to_owned());
    let found = pair.damage();
    assert_eq!(
        found,
        [
            code(1, "unreadable"),
            code(3, "unreadable"),
            code(4, "unreadable"),
            code(20, "missing"),
            code(50, "unreadable")
        ]
    );
    assert_eq!(pair.heal().0, 5);
}

#[test]
fn a_damaged_owner_end_place_head_or_file_name_is_noticed_and_healed() {
    let pair = Pair::new();
    let change = |change: fn(&redb::WriteTransaction, WriterId)| {
        let database = Database::open(pair.hurt.path().join(FILE_NAME)).unwrap();
        let txn = database.begin_write().unwrap();
        change(&txn, pair.writer());
        txn.commit().unwrap();
    };
    change(|txn, writer| {
        let mut table = txn.open_table(LOGS).unwrap();
        let mut row = *table.get(&writer.0).unwrap().unwrap().value();
        row[3] ^= 1;
        table.insert(&writer.0, &row).unwrap();
    });
    assert_eq!(pair.damage(), [(None, "owner_mismatch".to_owned())]);
    assert_eq!(pair.heal().0, 50);

    change(|txn, writer| {
        let mut table = txn.open_table(LOGS).unwrap();
        let mut row = *table.get(&writer.0).unwrap().unwrap().value();
        row[87] ^= 1;
        table.insert(&writer.0, &row).unwrap();
    });
    assert_eq!(pair.damage(), [(Some(50), "end_mismatch".to_owned())]);
    assert_eq!(pair.heal(), (0, 1));

    change(|txn, _| drop(txn.open_table(PLACES).unwrap().pop_first().unwrap()));
    assert_eq!(pair.damage(), [(None, "place_wrong".to_owned())]);
    assert_eq!(pair.heal(), (0, 1));

    change(|txn, _| {
        let mut table = txn.open_table(HEADS).unwrap();
        let mut row = table.get(&[3; 16]).unwrap().unwrap().value().to_vec();
        *row.last_mut().unwrap() ^= 1;
        table.insert(&[3; 16], row.as_slice()).unwrap();
    });
    assert_eq!(pair.damage(), [(None, "heads_wrong".to_owned())]);
    assert_eq!(pair.heal(), (0, 1));

    change(|txn, _| {
        let mut table = txn.open_table(MEDIA).unwrap();
        assert_eq!(table.pop_first().unwrap().unwrap().0.value()[..32], FILE);
        table.insert(&[7; 48], b"noise".as_slice()).unwrap();
    });
    let wrong = (None, "naming_wrong".to_owned());
    assert_eq!(pair.damage(), [wrong.clone(), wrong]);
    assert_eq!(pair.heal(), (0, 2));
    let named = Store::open(pair.hurt.path()).unwrap().view().unwrap().named_media(None, 9);
    let named = named.unwrap();
    assert_eq!((named.len(), named[0].hash.0, &*named[0].name), (1, FILE, "39.jpg"));
}

#[test]
fn a_byte_flipped_on_the_disk_is_named_and_healed_by_a_running_laptop_from_another() {
    let pair = Pair::new();
    let path = pair.hurt.path().join(FILE_NAME);
    let mut bytes = fs::read(&path).unwrap();
    let row = pair.row(34);
    let places = places(&bytes, &row);
    assert!(!places.is_empty());
    places.iter().for_each(|place| bytes[place.end - 9] ^= 0x04);
    fs::write(&path, bytes).unwrap();
    let report = commands::verify(pair.hurt.path(), &mut |_| {}).unwrap();
    assert!(report.file.is_some(), "the database notices as well");
    assert_eq!(report.damage[0].seq, Some(34), "{report:?}");

    let Pair { hurt, whole, .. } = pair;
    let (hurt, whole) = (Laptop::start_in(hurt), Laptop::start_in(whole));
    let audited: AuditReport = serde_json::from_value(hurt.put("audit", json!({}))).unwrap();
    assert_eq!((audited.damaged, audited.damage[0].seq), (1, Some(34)));
    assert!(hurt.notices().contains(&"entry_damaged".into()));
    let report = hurt.put(
        "comparison",
        json!({ "url": whole.url, "code": whole.code(Role::Manager), "heal": true }),
    );
    assert_eq!((&report["healed_entries"], &report["here"]["damaged"]), (&json!(1), &json!(0)));
    assert_eq!(hurt.notes(), whole.notes());
    assert!(hurt.notes().contains(&"tapir 33".into()));
    let healed = hurt.stop();
    assert!(commands::verify(healed.path(), &mut |_| {}).unwrap().is_whole(), "the file as well");
}

#[test]
fn one_damaged_entry_keeps_no_phone_from_the_entries_before_it() {
    let pair = Pair::new();
    pair.hurt_row(7, |row| row.truncate(60));
    let alice = pair.writer();
    let Pair { hurt, whole, .. } = pair;
    let (hurt, whole) = (Laptop::start_in(hurt), Laptop::start_in(whole));
    let mut bob = Phone::new(&hurt, 2);
    let own = bob.record(99, "own");
    let Ok(offered) = chasqui_shared::offer(&bob.log, bob.log_writer.writer(), None, Vec::new());
    let reply = hurt.answer(&chasqui_shared::Request::Offer(offered)).unwrap();
    let chasqui_shared::Reply::Offer(answer) = reply else { panic!("an offer is answered") };
    let question =
        chasqui_shared::WantedRequest { project: hurt.project(), ranges: answer.offered.clone() };
    let reply = hurt.answer(&chasqui_shared::Request::Pull(question)).unwrap();
    let chasqui_shared::Reply::Pull(batch) = reply else { panic!("a question is answered") };
    let alices = batch.runs.iter().find(|run| run.writer == alice).unwrap();
    assert_eq!(alices.entries.len(), 6);
    let report = hurt.put(
        "comparison",
        json!({ "url": whole.url, "code": whole.code(Role::Manager), "heal": true }),
    );
    assert_eq!(report["healed_entries"], 1);
    bob.sync_by_http(&hurt);
    assert_eq!(bob.log.versions().count(), 53);
    assert!(bob.holds(own));
}

#[test]
fn what_one_side_lacks_is_found_by_hashes_and_moved_both_ways() {
    let town = Laptop::start();
    let village = Laptop::start_with(&town);
    town.observe("1", "in town");
    village.observe("2", "in the village");
    village.observe("3", "in the village again");
    let order = json!({ "url": village.url, "code": village.code(Role::Manager) });
    let compared = town.put("comparison", order);
    // The village has written down, too, that the town is a member.
    assert_eq!((&compared["here_only"], &compared["there_only"]), (&json!(1), &json!(3)));
    assert_eq!(
        (&compared["entries"].as_array().unwrap().len(), &compared["moved"]),
        (&4, &json!(0))
    );
    let healed = town.put("comparison", json!({ "url": village.url, "heal": true }));
    assert_eq!((&healed["here_only"], &healed["there_only"]), (&json!(0), &json!(0)));
    assert_eq!(healed["moved"], 4);
    assert_eq!(town.digest(), village.digest());
}

#[test]
fn a_data_directory_gives_what_is_lacking_and_stays_as_it_is() {
    let town = Laptop::start();
    let village = Laptop::start_with(&town);
    town.observe("1", "in town");
    village.observe("2", "in the village");
    let (town, village) = (town.stop(), village.stop());
    let before = fs::read(village.path().join(FILE_NAME)).unwrap();
    let other = village.path().to_str().unwrap();
    let report = commands::compare(town.path(), other, None, true, None).unwrap();
    assert_eq!((report.moved, report.here_only, report.there_only), (1, 1, 0));
    assert!(report.here.is_whole() && report.there.is_whole() && !report.is_same());
    assert_eq!(fs::read(village.path().join(FILE_NAME)).unwrap(), before);
}
