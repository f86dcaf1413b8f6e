//! What is told of files: counted from the disk, the same after a restart, and never more than is
//! there.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use axum::{
    body::Body,
    http::{Method, Request},
};
use chasqui_harness::{Phone, draft, in_process::Laptop};
use chasqui_server::{Config, Server, commands, limits};
use chasqui_shared::{
    Change, ContentHash, Draft, MediaRef, Photos, RecordId, Role, Settings, View,
};
use serde_json::{Value, json};
use tempfile::TempDir;

const PHOTO: &[u8] = b"a photo";
const SOUND: &[u8] = b"a sound, longer";

fn hash(file: &[u8]) -> ContentHash {
    ContentHash(*blake3::hash(file).as_bytes())
}

fn naming(note: &str, files: &[&[u8]]) -> Draft {
    let mut media: Vec<_> = files
        .iter()
        .map(|file| MediaRef {
            hash: hash(file),
            bytes: file.len() as u64,
            media_type: "image/jpeg".into(),
            name: "a.jpg".into(),
        })
        .collect();
    media.sort();
    Draft { media, ..draft(note) }
}

async fn upload(app: &Laptop, file: &[u8]) {
    let request = Request::builder()
        .method(Method::POST)
        .uri("/api/v1/media")
        .header("tus-resumable", "1.0.0")
        .header("content-type", "application/offset+octet-stream")
        .header("upload-length", file.len());
    let sent = app.ask(request.body(Body::from(file.to_vec())).unwrap()).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
}

/// Both observations, by note, with how many of their files are here; the same in every answer.
async fn here(app: &Laptop) -> Vec<(String, u64, u64)> {
    let page: Value = app.get("/api/v1/observations").await.ok().json();
    let map: Value = app.get("/api/v1/observations?format=geojson").await.ok().json();
    let mut told = Vec::new();
    for item in page["items"].as_array().unwrap() {
        let record = item["record"].as_str().unwrap();
        let single: Value = app.get(&format!("/api/v1/observations/{record}")).await.ok().json();
        assert_eq!(single["media_here"], item["media_here"]);
        let features = map["features"].as_array().unwrap().iter();
        let mut features = features.map(|feature| &feature["properties"]);
        let feature = features.find(|properties| properties["record"] == record).unwrap();
        let files = item["media"].as_array().unwrap().len() as u64;
        assert_eq!(feature["media"], files);
        assert_eq!(feature["media_here"], item["media_here"]);
        let note = item["note"].as_str().unwrap().to_owned();
        told.push((note, item["media_here"].as_u64().unwrap(), files));
    }
    told.sort();
    told
}

async fn lacking(app: &Laptop) -> Vec<String> {
    let page: Value = app.get("/api/v1/observations?media=missing").await.ok().json();
    let items = page["items"].as_array().unwrap();
    assert_eq!(page["total"], items.len());
    let mut notes: Vec<_> =
        items.iter().map(|item| item["note"].as_str().unwrap().to_owned()).collect();
    notes.sort();
    notes
}

async fn files(app: &Laptop) -> Value {
    let mut media = app.status().await["media"].take();
    assert_eq!(media["is_full"], false);
    let numbers = ["named", "here", "missing_bytes", "here_bytes", "damaged"];
    json!(numbers.map(|name| media[name].take()))
}

#[tokio::test]
async fn every_answer_tells_how_many_files_are_here_and_a_restart_changes_nothing() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    let both = naming("both", &[PHOTO, SOUND]);
    alice.edit(RecordId([1; 16]), both, Change::Edit, Role::Monitor);
    alice.edit(RecordId([2; 16]), naming("photo", &[PHOTO]), Change::Edit, Role::Monitor);
    alice.record(3, "none");
    alice.sync(&app).await;
    let told = |both: u64, photo: u64| {
        [("both".to_owned(), both, 2), ("none".to_owned(), 0, 0), ("photo".to_owned(), photo, 1)]
    };
    assert_eq!(here(&app).await, told(0, 0));
    assert_eq!(lacking(&app).await, ["both", "photo"]);
    assert_eq!(files(&app).await, json!([2, 0, 22, 0, 0]));

    upload(&app, PHOTO).await;
    upload(&app, b"that nobody named").await;
    let app = {
        assert_eq!(here(&app).await, told(1, 1));
        assert_eq!(lacking(&app).await, ["both"]);
        assert_eq!(files(&app).await, json!([2, 1, 15, 7, 0]));
        app.restart()
    };
    assert_eq!(here(&app).await, told(1, 1));
    assert_eq!(files(&app).await, json!([2, 1, 15, 7, 0]));
    upload(&app, SOUND).await;
    assert_eq!(here(&app).await, told(2, 1));
    assert!(lacking(&app).await.is_empty());
    assert_eq!(files(&app).await, json!([2, 2, 0, 22, 0]));
    let other = app.get("/api/v1/observations?media=here").await;
    assert_eq!(other.failure(), (400, "query_malformed"));
}

#[tokio::test]
async fn a_damaged_file_is_told_of_no_longer_here_and_taken_again() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    alice.edit(RecordId([1; 16]), naming("both", &[PHOTO, SOUND]), Change::Edit, Role::Monitor);
    alice.sync(&app).await;
    upload(&app, PHOTO).await;
    upload(&app, SOUND).await;
    let name = hash(PHOTO).to_string();
    let blob = app.directory().join("media/blobs").join(&name[..2]).join(&name);
    fs::write(&blob, b"a phot0").unwrap();
    // The records alone do not tell.
    let records: Value = app.post_json("/api/v1/audit?files=false", &json!({})).await.ok().json();
    assert_eq!((&records["damaged"], &records["media"]), (&json!(0), &Value::Null));
    let audited: Value = app.post_json("/api/v1/audit", &json!({})).await.ok().json();
    let one = json!({ "count": 1, "hashes": [name] });
    let none = json!({ "count": 0, "hashes": [] });
    let media = json!({ "files": 1, "bytes": 15, "damaged": one, "unread": none, "missing": one, "unknown": none });
    assert_eq!(audited["media"], media);
    let notices: Value = app.get("/api/v1/notices").await.json();
    assert_eq!(
        (&notices[0]["code"], &notices[0]["media"]),
        (&json!("media_damaged"), &json!(name))
    );

    assert_eq!(files(&app).await, json!([2, 1, 7, 15, 1]));
    assert_eq!(here(&app).await, [("both".to_owned(), 1, 2)]);
    let gone = app.get(&format!("/api/v1/media/{name}")).await;
    assert_eq!(gone.failure(), (404, "media_unknown"));
    let held = app.post_json("/api/v1/media/held", &json!({ "hashes": [name] })).await;
    assert_eq!(held.ok().json::<Value>(), json!({ "held": [] }));

    upload(&app, PHOTO).await;
    assert_eq!(files(&app).await, json!([2, 2, 0, 22, 0]));
    assert_eq!(fs::read(&blob).unwrap(), PHOTO);
    let audited: Value = app.post_json("/api/v1/audit", &json!({})).await.ok().json();
    assert_eq!(audited["media"]["damaged"], none);
    assert_eq!(
        app.get("/api/v1/notices").await.json::<Vec<Value>>().len(),
        notices.as_array().unwrap().len()
    );
}

#[tokio::test]
async fn settings_are_decided_once_and_reach_the_phones() {
    let app = Laptop::start();
    let shown = async || app.get("/api/v1/settings").await.ok().json::<Value>();
    let decide = async |wanted: Value| app.post_json("/api/v1/settings", &wanted).await;
    let scaled = |pixels: u32, quality: i32| json!({ "photos": { "kept": "scaled", "pixels_max": pixels, "quality": quality } });
    assert_eq!(shown().await, scaled(2_048, 85));
    let original = json!({ "photos": { "kept": "original" } });
    for _ in 0..2 {
        assert_eq!(decide(original.clone()).await.ok().json::<Value>(), original);
        assert_eq!(app.status().await["entries"], 1);
    }
    assert_eq!(decide(scaled(320, 1)).await.ok().json::<Value>(), scaled(320, 1));
    assert_eq!(shown().await, scaled(320, 1));
    for out in [scaled(319, 85), scaled(16_385, 85), scaled(2_048, 0), scaled(2_048, 101)] {
        assert_eq!(decide(out).await.failure(), (422, "settings_malformed"));
    }
    for strange in [json!({}), scaled(1, 256), json!({ "photos": { "kept": "never" } })] {
        assert_eq!(decide(strange).await.failure(), (400, "settings_malformed"));
    }
    let mut alice = Phone::new(&app, 1);
    alice.sync(&app).await;
    let Ok(view) = View::load(&alice.log, Settings::record());
    let settings = Settings::of_view(view.as_ref());
    assert_eq!(settings.photos, Photos::Scaled { pixels_max: 320, quality: 1 });
    let page: Value = app.get("/api/v1/observations").await.json();
    assert_eq!(page["total"], 0);
}

/// A directory with files of which nothing tells, each of this age.
fn strewn(files: &[(&[u8], Duration)]) -> (TempDir, Vec<PathBuf>) {
    let directory = tempfile::tempdir().unwrap();
    let paths = files.iter().map(|(file, age)| {
        let name = hash(file).to_string();
        let shelf = directory.path().join("media/blobs").join(&name[..2]);
        fs::create_dir_all(&shelf).unwrap();
        let path = shelf.join(name);
        fs::write(&path, file).unwrap();
        let came = SystemTime::now() - *age;
        fs::File::options().write(true).open(&path).unwrap().set_modified(came).unwrap();
        path
    });
    let paths = paths.collect();
    (directory, paths)
}

/// Photos were removed within two seconds of a start whose database was lost or older than they
/// were.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_starts_removes_nothing_and_tells_what_is_damaged() {
    let hour = Duration::from_secs(3_600);
    let (old, young) = (limits::ORPHAN_KEPT_TIME + hour, limits::ORPHAN_KEPT_TIME - hour);
    let damaged = b"it was whole once";
    let (directory, paths) = strewn(&[(PHOTO, old), (SOUND, young), (damaged, young)]);
    fs::write(&paths[2], b"it is not now").unwrap();
    let path = directory.path().to_owned();
    drop(Server::open(config(&directory)).await.unwrap());
    let verified =
        tokio::task::spawn_blocking(move || commands::verify(&path, &mut |_| {})).await.unwrap();
    let media = verified.unwrap().media.unwrap();
    assert_eq!((media.damaged.hashes, media.unknown.count), (vec![hash(damaged)], 2));

    let server = Server::open(config(&directory)).await.unwrap();
    let link = server.manager_link();
    let (url, key) = link.split_once("/manager/#key=").unwrap();
    let (url, bearer) = (format!("{url}/api/v1/notices"), format!("Bearer {key}"));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(server.serve(async {
        let _ = stopped.await;
    }));
    // What is damaged is told of once the start is over.
    let told = tokio::task::spawn_blocking(move || {
        loop {
            let mut answer = ureq::get(&url).header("authorization", &bearer).call().unwrap();
            if answer.body_mut().read_to_string().unwrap().contains("media_damaged") {
                break;
            }
        }
    });
    told.await.unwrap();
    stop.send(()).unwrap();
    served.await.unwrap().unwrap();
    assert!(paths[0].exists() && paths[1].exists());
    let store = chasqui_server::store::Store::open(directory.path()).unwrap();
    let notices: Vec<_> = store.notices().into_iter().map(|(_, noticed)| noticed.notice).collect();
    assert_eq!(notices, [chasqui_shared::Notice::MediaDamaged { hash: hash(damaged) }]);
}

fn config(directory: &TempDir) -> Config {
    let config = Config::new(directory.path().to_owned(), ([127, 0, 0, 1], 0).into());
    // The files are there before the database.
    Config { begins_anew: true, ..config }
}
