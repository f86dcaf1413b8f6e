//! Who recorded this, and is it unaltered?

use std::fs;

use chasqui_harness::{Device, on_ports::Laptop};
use chasqui_server::{limits, store::FILE_NAME};
use chasqui_shared::{
    Author, Change, Draft, LogView, MemoryLog, Position, Range, RecordId, Role, Timestamp, collect,
    write,
};
use redb::{Database, ReadableTable, TableDefinition};
use serde_json::{Value, json};

const ENTRIES: TableDefinition<'_, &[u8; 24], &[u8]> = TableDefinition::new("entries-2");

fn observe(laptop: &Laptop, note: &str) -> String {
    let row = json!([{ "id": "1", "category": "fire", "note": note }]);
    let taken = laptop.put("observations", &row);
    taken[0]["record"].as_str().unwrap().to_owned()
}

fn custody(laptop: &Laptop, record: &str) -> Value {
    laptop.get(&format!("/api/v1/records/{record}/custody"), &laptop.key).value()
}

/// Changes the row of the first entry of the one log.
fn alter(laptop: Laptop, change: impl Fn(&mut Vec<u8>)) -> Laptop {
    let directory = laptop.stop();
    let database = Database::open(directory.path().join(FILE_NAME)).unwrap();
    let txn = database.begin_write().unwrap();
    {
        let mut table = txn.open_table(ENTRIES).unwrap();
        let (key, mut row) = {
            let (key, row) = table.first().unwrap().unwrap();
            (*key.value(), row.value().to_vec())
        };
        change(&mut row);
        table.insert(&key, row.as_slice()).unwrap();
    }
    txn.commit().unwrap();
    drop(database);
    Laptop::start_in(directory)
}

#[test]
fn a_whole_record_is_proven_version_by_version_with_the_names_of_its_authors() {
    let laptop = Laptop::start();
    let record = observe(&laptop, "first");
    observe(&laptop, "second");
    let found = custody(&laptop, &record);
    assert_eq!((&found["record"], &found["whole"]), (&json!(record), &json!(true)));
    let versions = found["versions"].as_array().unwrap();
    let hello = laptop.hello();
    assert_eq!(versions.iter().map(|v| v["seq"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 1]);
    for version in versions {
        assert_eq!(version["author"], json!(hello.device));
        assert_eq!(version["author_name"], hello.name);
        assert_eq!((&version["role"], &version["change"]), (&json!("monitor"), &json!("edit")));
        assert_eq!((&version["chain_whole"], &version["id_whole"]), (&json!(true), &json!(true)));
        assert_eq!(version["signature"], "valid");
        assert!(version["written_at"].is_string() && version["observed_at"].is_string());
        assert!(version.get("origin").is_none() && version.get("quarantine").is_none());
    }
    let rosa = Device::new(1, "Rosa");
    rosa.pair(&laptop, Role::Monitor);
    let member = custody(&laptop, &chasqui_shared::Member::record(rosa.id()).to_string());
    assert_eq!(
        (&member["whole"], &member["versions"][0]["role"]),
        (&json!(true), &json!("manager"))
    );
    for unknown in ["00".repeat(16), "nonsense".into()] {
        let path = format!("/api/v1/records/{unknown}/custody");
        assert_eq!(laptop.get(&path, &laptop.key).failure(), (404, "record_unknown"));
    }
}

#[test]
fn a_thousand_versions_are_listed_and_the_oldest_beyond_are_proven_all_the_same() {
    let laptop = Laptop::start();
    let (record, rosa) = (RecordId([7; 16]), Device::new(1, "Rosa"));
    let by = Author { device: rosa.id(), role: Role::Monitor, now: Timestamp::from_millis(0) };
    let mut log = MemoryLog::new(laptop.hello().charter);
    for note in 0..=limits::CUSTODY_VERSIONS_MAX {
        let (category, note) = ("fire".into(), note.to_string());
        let draft = Draft { category, note, ..Draft::default() };
        let Ok(version) = draft.version(&log, record, Change::Edit, by);
        let Ok(_) = write(&mut log, &rosa.log_writer, version.encode().unwrap());
    }
    let (writer, mut after) = (rosa.log_writer.writer(), Position::START);
    let Ok(until) = log.position(writer);
    while after != until {
        let Ok(batch) = collect(&log, writer, &[Range { writer, after, until }]);
        let body = serde_json::to_value(&batch).unwrap();
        let answer = laptop.put("changes", &body);
        after = serde_json::from_value(answer["runs"][0]["durable"].clone()).unwrap();
    }
    let record = record.to_string();
    let found = custody(&laptop, &record);
    let versions = found["versions"].as_array().unwrap();
    assert_eq!((versions.len(), &found["whole"]), (limits::CUSTODY_VERSIONS_MAX, &json!(true)));
    assert_eq!((&versions[0]["seq"], &versions[999]["seq"]), (&json!(1_001), &json!(2)));
}

#[test]
fn an_entry_that_was_changed_on_the_disk_is_seen_at_its_version_and_at_no_other() {
    let changes: [fn(&mut Vec<u8>); 4] = [
        |row| row[10] ^= 1,
        |row| *row.last_mut().unwrap() ^= 1,
        |row| row.truncate(60),
        Vec::clear,
    ];
    let mut laptop = Laptop::start();
    let record = observe(&laptop, "black water");
    observe(&laptop, "clear water");
    for change in changes {
        laptop = alter(laptop, change);
        let found = custody(&laptop, &record);
        assert_eq!(found["whole"], false);
        let seen = |at: usize| {
            let version = &found["versions"][at];
            ["id_whole", "chain_whole", "signature"].map(|name| version[name].clone())
        };
        assert_eq!(seen(0)[0], true);
        assert_eq!(seen(0)[2], "valid");
        assert_eq!(seen(1), [json!(false), json!(false), json!("invalid")]);
        let altered = &found["versions"][1];
        assert!(altered.get("author").is_none() && altered["seq"] == 1, "nothing of it is shown");
    }
    assert!(fs::exists(laptop.path().join(FILE_NAME)).unwrap());
}
