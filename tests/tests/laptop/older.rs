//! Data of an earlier program, with everything that this one asks of it.

use std::{fs, io::Read};

use chasqui_server::store::FILE_NAME;
use redb::{Database, ReadableDatabase, TableDefinition};
use serde_json::{Value, json};

use crate::app::TestApp;

/// What the program wrote before it kept which files the records name: four versions of three records by one phone.
const SCHEMA_2: &[u8] = include_bytes!("../../fixtures/chasqui-1-schema-2.redb.gz");
const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta-1");

#[tokio::test]
async fn data_from_before_files_were_counted_tells_of_them_and_is_whole() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(FILE_NAME);
    let mut file = Vec::new();
    flate2::read::GzDecoder::new(SCHEMA_2).read_to_end(&mut file).unwrap();
    fs::write(&path, file).unwrap();
    let schema = || {
        let meta = Database::open(&path).unwrap().begin_read().unwrap().open_table(META).unwrap();
        let schema = meta.get("schema").unwrap().unwrap();
        u32::from_be_bytes(schema.value().try_into().unwrap())
    };
    assert_eq!(schema(), 2);

    let mut app = TestApp::start_in(directory);
    for _ in ["filled", "as it was filled"] {
        let status = app.status().await;
        assert_eq!([&status["records"], &status["versions"]], [3, 4]);
        let media = &status["media"];
        assert_eq!([&media["named"], &media["here"], &media["missing_bytes"]], [2, 0, 14]);
        let lacking: Value = app.get("/api/v1/observations?media=missing").await.ok().json();
        let lacking = lacking["items"].as_array().unwrap().iter();
        let mut notes: Vec<_> = lacking.map(|item| item["note"].as_str().unwrap()).collect();
        notes.sort_unstable();
        assert_eq!(notes, ["with a photo", "with another photo"]);
        let audited: Value = app.post_json("/api/v1/audit", &json!({})).await.ok().json();
        assert_eq!(audited["damaged"], 0, "{audited}");
        app = app.restart();
    }
    let directory = app.stop();
    let path = directory.path().join(FILE_NAME);
    let meta = Database::open(path).unwrap().begin_read().unwrap().open_table(META).unwrap();
    assert_eq!(meta.get("schema").unwrap().unwrap().value(), 3u32.to_be_bytes());
    assert!(meta.get("shown_without_media").unwrap().is_none());
}
