//! Who recorded this, and is it unaltered?

use std::fs;

use chasqui_server::store::FILE_NAME;
use chasqui_shared::Role;
use redb::{Database, ReadableTable, TableDefinition};
use serde_json::{Value, json};

use crate::{device::Device, laptop::Laptop};

const ENTRIES: TableDefinition<'_, &[u8; 24], &[u8]> = TableDefinition::new("entries-1");

fn observe(laptop: &Laptop, note: &str) -> String {
    let row = json!([{ "id": "1", "category": "fire", "note": note }]);
    let taken = laptop.post("/api/v1/observations", &laptop.key, &row).ok();
    taken[0]["record"].as_str().unwrap().to_owned()
}

fn custody(laptop: &Laptop, record: &str) -> Value {
    laptop.get(&format!("/api/v1/records/{record}/custody"), &laptop.key).ok()
}

/// Changes the row of the one entry whose version has these bytes.
fn alter(laptop: Laptop, needle: &[u8], change: impl Fn(&mut Vec<u8>, usize)) -> Laptop {
    let directory = laptop.stop();
    let database = Database::open(directory.path().join(FILE_NAME)).unwrap();
    let txn = database.begin_write().unwrap();
    {
        let mut table = txn.open_table(ENTRIES).unwrap();
        let rows = table.range::<&[u8; 24]>(..).unwrap().map(Result::unwrap);
        let rows = rows.map(|(key, row)| (*key.value(), row.value().to_vec()));
        let at = |row: &[u8]| row.windows(needle.len()).position(|window| window == needle);
        let found = rows.filter_map(|(key, row)| Some((key, at(&row)?, row))).collect::<Vec<_>>();
        let [(key, at, row)] = found.as_slice() else { panic!("one entry says so") };
        let mut row = row.clone();
        change(&mut row, *at);
        table.insert(key, row.as_slice()).unwrap();
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
fn a_word_that_was_changed_on_the_disk_is_seen_at_its_version_and_at_no_other() {
    let laptop = Laptop::start();
    let record = observe(&laptop, "black water");
    observe(&laptop, "clear water");
    let laptop = alter(laptop, b"black water", |row, at| row[at..at + 5].copy_from_slice(b"green"));
    let found = custody(&laptop, &record);
    assert_eq!(found["whole"], false);
    let seen = |at: usize| {
        let version = &found["versions"][at];
        ["id_whole", "chain_whole", "signature"].map(|name| version[name].clone())
    };
    assert_eq!(seen(0), [json!(true), json!(true), json!("valid")]);
    assert_eq!(seen(1), [json!(false), json!(false), json!("invalid")]);
    assert!(found["versions"][1]["author"].is_string(), "what it says is still shown");
}

#[test]
fn a_signature_that_was_changed_or_an_entry_that_cannot_be_read_is_seen() {
    let laptop = Laptop::start();
    let record = observe(&laptop, "black water");
    // The key of the signature, and the head of its 64 bytes, come before the version.
    let signature = b"\x61s\x58\x40";
    let laptop = alter(laptop, signature, |row, at| row[at + 10] ^= 1);
    let version = &custody(&laptop, &record)["versions"][0];
    assert_eq!((&version["id_whole"], &version["signature"]), (&json!(true), &json!("invalid")));
    let laptop = alter(laptop, signature, |row, _| row.truncate(60));
    let found = custody(&laptop, &record);
    let version = &found["versions"][0];
    assert_eq!((&found["whole"], &version["signature"]), (&json!(false), &json!("invalid")));
    assert!(version.get("author").is_none() && version["seq"] == 1);
    assert!(fs::exists(laptop.path().join(FILE_NAME)).unwrap());
}
