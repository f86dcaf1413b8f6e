//! Names and roles travel as records, and are nobody's observations.

use chasqui_server::store::Store;
use chasqui_shared::{History, Member, Role, View};
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

    let directory = laptop.stop();
    let store = Store::open(directory.path()).unwrap();
    let view = store.view().unwrap();
    let view = View::of(&History::load(&view, record).unwrap()).unwrap();
    let member = Member { device: rosa.id(), role: Role::Manager, name: "Rosa Flores".into() };
    assert_eq!((Member::of_view(&view), view.role), (Some(member), Role::Manager));
}
