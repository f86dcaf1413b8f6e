//! Names and roles travel as records, and are nobody's observations.

use chasqui_harness::{Device, on_ports::Laptop};
use chasqui_server::store::Store;
use chasqui_shared::{
    Author, Change, Draft, Epoch, LogView, LogWriter, Member, Position, Range, RecordId, Role,
    Timestamp, View, collect, limits, write,
};
use serde_json::{Value, json};

/// Logs of one entry each, of one device, as one batch.
fn logs_of(laptop: &Laptop, device: u8, epochs: std::ops::Range<u8>) -> Value {
    let charter = laptop.hello().charter;
    let mut runs = Vec::new();
    for epoch in epochs {
        let log_writer = LogWriter::new(&[device; 32], Epoch([epoch; 16]));
        let mut log = chasqui_shared::MemoryLog::new(charter);
        let by = Author {
            device: log_writer.owner().device,
            role: Role::Monitor,
            now: Timestamp::from_millis(0),
        };
        let draft = Draft { category: "fire".into(), ..Draft::default() };
        let Ok(version) = draft.version(&log, RecordId([epoch; 16]), Change::Edit, by);
        let Ok(_) = write(&mut log, &log_writer, version.encode().unwrap());
        let Ok(until) = log.position(log_writer.writer());
        let range = Range { writer: log_writer.writer(), after: Position::START, until };
        let Ok(batch) = collect(&log, log_writer.writer(), &[range]);
        runs.push(batch);
    }
    let mut all = runs[0].clone();
    all.runs = runs.into_iter().flat_map(|batch| batch.runs).collect();
    serde_json::to_value(&all).unwrap()
}

#[test]
fn names_and_roles_are_in_the_log_and_in_no_list() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let token = rosa.pair(&laptop, Role::Monitor);
    let entries = || laptop.read("status")["entries"].clone();
    assert_eq!(entries(), 1);
    rosa.pair(&laptop, Role::Monitor);
    assert_eq!(entries(), 1, "nothing new about Rosa");
    laptop.order(rosa.id(), "name", json!({ "name": "Rosa Flores" }));
    laptop.order(rosa.id(), "role", json!({ "role": "manager" }));
    laptop.order(rosa.id(), "revoke", json!({}));
    assert_eq!(entries(), 3);
    drop(token);

    let body = json!([{ "category": "fire" }]);
    laptop.put("observations", &body);
    let status = laptop.read("status");
    assert_eq!((&status["records"], &status["heads"]), (&json!(1), &json!(1)));
    let page = laptop.read("observations?limit=1");
    assert_eq!((&page["total"], &page["next"]), (&json!(1), &json!(null)));
    let points = laptop.read("observations?format=geojson");
    assert_eq!(points["features"].as_array().unwrap().len(), 1);
    let record = Member::record(rosa.id());
    let shown = laptop.get(&format!("/api/v1/observations/{record}"), &laptop.key);
    assert_eq!(shown.failure(), (404, "record_unknown"));

    // Her phone's log, once it is here, has her name.
    let mut log = chasqui_shared::MemoryLog::new(laptop.hello().charter);
    let by = Author { device: rosa.id(), role: Role::Monitor, now: Timestamp::from_millis(0) };
    let draft = Draft { category: "fire".into(), ..Draft::default() };
    let Ok(version) = draft.version(&log, RecordId([7; 16]), Change::Edit, by);
    let Ok(_) = write(&mut log, &rosa.log_writer, version.encode().unwrap());
    let Ok(until) = log.position(rosa.log_writer.writer());
    let range = Range { writer: rosa.log_writer.writer(), after: Position::START, until };
    let Ok(batch) = collect(&log, rosa.log_writer.writer(), &[range]);
    let body = serde_json::to_value(&batch).unwrap();
    laptop.put("changes", &body);
    let peers = laptop.read("peers");
    assert_eq!(peers[0]["name"], "Rosa Flores");

    let directory = laptop.stop();
    let store = Store::open(directory.path()).unwrap();
    let view = store.view().unwrap();
    let view = View::load(&view, record).unwrap().unwrap();
    let member = Member {
        device: rosa.id(),
        role: Role::Manager,
        name: "Rosa Flores".into(),
        is_aside: false,
    };
    assert_eq!((Member::of_view(&view), view.role), (Some(member), Role::Manager));
}

#[test]
fn a_phone_that_makes_log_after_log_leaves_room_for_all_others() {
    let laptop = Laptop::start();
    let (bad, honest) = (Device::new(1, "Bad"), Device::new(2, "Rosa"));
    let token = bad.pair(&laptop, Role::Monitor);
    let most = limits::LOGS_OF_DEVICE_MAX as u8;
    let taken = |answer: &Value| -> Vec<Option<String>> {
        let runs = answer["runs"].as_array().unwrap().iter();
        runs.map(|run| run["refused"]["code"].as_str().map(str::to_owned)).collect()
    };
    let answer = laptop.post("/api/v1/changes", &token, &logs_of(&laptop, 1, 0..most + 2)).value();
    let refused = taken(&answer);
    assert!(refused[..usize::from(most)].iter().all(Option::is_none));
    assert_eq!(refused[usize::from(most)..], vec![Some("too_many_logs".to_owned()); 2]);
    let notices = laptop.read("notices");
    let told = notices.as_array().unwrap().iter().find(|row| row["code"] == "entry_refused");
    assert_eq!(
        (&told.unwrap()["count"], &told.unwrap()["brought_by"]),
        (&json!(2), &json!(bad.id()))
    );

    let token = honest.pair(&laptop, Role::Monitor);
    let answer = laptop.post("/api/v1/changes", &token, &logs_of(&laptop, 2, 0..1)).value();
    assert_eq!(taken(&answer), [None]);
}

#[test]
fn only_what_a_revoked_device_recorded_is_set_aside_and_pairing_it_again_ends_that() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    rosa.pair(&laptop, Role::Monitor);
    let set_aside = |aside: bool| {
        let path = format!("/api/v1/pairings/{}/aside", rosa.id());
        laptop.post(&path, &laptop.key, &json!({ "aside": aside }))
    };
    let listed = || laptop.read("pairings")["items"][0].clone();
    assert_eq!(set_aside(true).failure(), (409, "not_revoked"));
    laptop.order(rosa.id(), "revoke", json!({}));
    assert_eq!(set_aside(true).value()["aside"], true);
    laptop.order(rosa.id(), "name", json!({ "name": "Rosa Flores" }));
    assert_eq!((&listed()["aside"], &listed()["name"]), (&json!(true), &json!("Rosa Flores")));
    assert_eq!(set_aside(false).value()["aside"], false);
    assert_eq!(set_aside(true).value()["aside"], true);
    let token = rosa.pair(&laptop, Role::Monitor);
    assert_eq!(listed()["aside"], false);
    let nobody = Device::new(2, "Luis");
    let path = format!("/api/v1/pairings/{}/aside", nobody.id());
    let refused = laptop.post(&path, &laptop.key, &json!({ "aside": true }));
    assert_eq!(refused.failure(), (404, "not_found"));
    assert_eq!(laptop.post(&path, &token, &json!({ "aside": true })).failure().0, 403);
}
