//! Laptops let each other in as they let phones in.

use chasqui_harness::on_ports::Laptop;
use chasqui_server::{commands, peer_sync::PeerSyncState, store::Store};
use chasqui_shared::{Code, Role};
use serde_json::json;

fn observe(laptop: &Laptop, note: &str) {
    let row = json!([{ "category": "fire", "note": note }]);
    laptop.put("observations", &row);
}

fn project_of(laptop: &Laptop) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    Store::join(directory.path(), laptop.hello().charter).unwrap();
    directory
}

#[test]
fn without_a_code_a_laptop_is_told_what_to_do_and_with_one_it_stays_in() {
    let town = Laptop::start();
    observe(&town, "in town");
    let village = project_of(&town);
    let sync = |code: Option<&str>| commands::sync(village.path(), &town.url, None, false, code);
    let failure = sync(None).unwrap().failure.unwrap();
    assert_eq!((&failure.code, failure.retryable), (&Code::NotPaired, false));
    assert!(failure.message.contains(&format!("chasqui sync {} --code", town.url)), "{failure}");
    let malformed = sync(Some("??")).unwrap().failure.unwrap();
    assert_eq!(malformed.code, Code::CodeMalformed);
    let refused = sync(Some("0000-0000")).unwrap().failure.unwrap();
    assert_eq!((&refused.code, refused.retryable), (&Code::CodeRefused, false));

    let met = sync(Some(&town.code(Role::Manager))).unwrap();
    assert_eq!((met.state, met.failure), (PeerSyncState::Finished, None));
    observe(&town, "again in town");
    let again = sync(None).unwrap();
    assert_eq!((again.failure, again.done), (None, 1));
    let compared = commands::compare(village.path(), &town.url, None, false, None).unwrap();
    assert!(compared.is_same());

    let listed = town.get("/api/v1/pairings", &town.key).value();
    let device = Store::open(village.path()).unwrap().device();
    assert_eq!(listed["items"][0]["device"], json!(device));
    town.order(device, "revoke", json!({}));
    assert_eq!(sync(None).unwrap().failure.unwrap().code, Code::Revoked);
}

#[test]
fn a_laptop_joins_a_project_and_gets_in_by_one_command() {
    let town = Laptop::start();
    observe(&town, "in town");
    let empty = tempfile::tempdir().unwrap();
    let code = town.code(Role::Monitor);
    let met = commands::sync(empty.path(), &town.url, None, true, Some(&code)).unwrap();
    assert_eq!((met.failure, met.done), (None, 2));
    // Let in as a monitor it syncs, and an audit of the other laptop is not its to order.
    let compared = commands::compare(empty.path(), &town.url, None, false, None).unwrap_err();
    assert!(compared.to_string().contains("only a manager"), "{compared}");
}

#[test]
fn a_running_laptop_gets_in_at_another_by_the_code_that_its_manager_types() {
    let town = Laptop::start();
    observe(&town, "in town");
    let village = Laptop::start_in(project_of(&town));
    let meet = |order: serde_json::Value| {
        let begun = village.post("/api/v1/meetings", &village.key, &order).value();
        loop {
            let listed = village.get("/api/v1/meetings", &village.key).value();
            let listed = listed.as_array().unwrap();
            let found = listed.iter().find(|meeting| meeting["id"] == begun["id"]).unwrap();
            if found["state"] != "running" {
                return found.clone();
            }
            std::thread::yield_now();
        }
    };
    let refused = meet(json!({ "url": town.url }));
    assert_eq!(refused["failure"]["code"], "not_paired");
    let met = meet(json!({ "url": town.url, "code": town.code(Role::Manager) }));
    assert_eq!((&met["state"], &met["failure"]), (&json!("finished"), &json!(null)));
    let beside = commands::sync(village.path(), &town.url, None, false, None).unwrap();
    assert_eq!((beside.failure, beside.done), (None, 0));
}

#[test]
fn a_laptop_of_another_project_is_not_asked_to_let_this_one_in() {
    let (town, stranger) = (Laptop::start(), Laptop::start());
    let code = stranger.code(Role::Manager);
    let directory = project_of(&town);
    let met = commands::sync(directory.path(), &stranger.url, None, false, Some(&code)).unwrap();
    assert_eq!(met.failure.unwrap().code, Code::OtherProject);
    let listed = stranger.get("/api/v1/pairings", &stranger.key).value();
    assert_eq!((&listed["items"], listed["codes"].as_array().unwrap().len()), (&json!([]), 1));
}
