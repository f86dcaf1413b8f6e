//! Names and roles travel as records, and are nobody's observations.

use chasqui_server::store::Store;
use chasqui_shared::{
    Author, Change, Draft, History, LogView, Member, Position, Range, RecordId, Role, Timestamp,
    View, collect, write,
};
use serde_json::json;

use crate::{device::Device, laptop::Laptop};

#[test]
fn names_and_roles_are_in_the_log_and_in_no_list() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let token = rosa.pair(&laptop, Role::Monitor);
    let entries = || laptop.get("/api/v1/status", &laptop.key).ok()["entries"].clone();
    assert_eq!(entries(), 1);
    rosa.pair(&laptop, Role::Monitor);
    assert_eq!(entries(), 1, "nothing new about Rosa");
    laptop.order(rosa.id(), "name", &json!({ "name": "Rosa Flores" }));
    laptop.order(rosa.id(), "role", &json!({ "role": "manager" }));
    laptop.order(rosa.id(), "revoke", &json!({}));
    assert_eq!(entries(), 3);
    drop(token);

    let body = json!([{ "category": "fire" }]);
    laptop.post("/api/v1/observations", &laptop.key, &body).ok();
    let status = laptop.get("/api/v1/status", &laptop.key).ok();
    assert_eq!((&status["records"], &status["heads"]), (&json!(1), &json!(1)));
    let page = laptop.get("/api/v1/observations?limit=1", &laptop.key).ok();
    assert_eq!((&page["total"], &page["next"]), (&json!(1), &json!(null)));
    let points = laptop.get("/api/v1/observations?format=geojson", &laptop.key).ok();
    assert_eq!(points["features"].as_array().unwrap().len(), 1);
    let record = Member::record(rosa.id());
    let shown = laptop.get(&format!("/api/v1/observations/{record}"), &laptop.key);
    assert_eq!(shown.failure(), (404, "record_unknown"));

    // Her phone's log, once it is here, has her name.
    let mut log = chasqui_shared::MemoryLog::new(laptop.hello().charter.project());
    let by = Author { device: rosa.id(), role: Role::Monitor, now: Timestamp::from_millis(0) };
    let draft = Draft { category: "fire".into(), ..Draft::default() };
    let Ok(version) = draft.version(&log, RecordId([7; 16]), Change::Edit, by);
    let Ok(_) = write(&mut log, &rosa.pen, version.encode().unwrap());
    let Ok(until) = log.position(rosa.pen.writer());
    let range = Range { writer: rosa.pen.writer(), after: Position::START, until };
    let Ok(batch) = collect(&log, rosa.pen.writer(), &[range]);
    let body = serde_json::to_value(&batch).unwrap();
    laptop.post("/api/v1/changes", &laptop.key, &body).ok();
    let peers = laptop.get("/api/v1/peers", &laptop.key).ok();
    assert_eq!(peers[0]["name"], "Rosa Flores");

    let directory = laptop.stop();
    let store = Store::open(directory.path()).unwrap();
    let view = store.view().unwrap();
    let view = View::of(&History::load(&view, record).unwrap()).unwrap();
    let member = Member { device: rosa.id(), role: Role::Manager, name: "Rosa Flores".into() };
    assert_eq!((Member::of_view(&view), view.role), (Some(member), Role::Manager));
}
