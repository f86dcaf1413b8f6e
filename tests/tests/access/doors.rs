//! Every path of the API, asked by everybody.

use std::collections::BTreeSet;

use chasqui_server::{DOORS, Door, access::Who};
use chasqui_shared::Role;
use serde_json::{Value, json};

use crate::{
    device::Device,
    laptop::{Answer, Laptop, bearer},
};

/// What is said at the door, as opposed to behind it.
const AT_THE_DOOR: [&str; 4] = ["not_paired", "revoked", "manager_only", "loopback_only"];

/// A request that each path understands well enough to say something about it.
fn knock(laptop: &Laptop, door: &Door, token: Option<&str>) -> Answer {
    let path =
        door.path.replace("{record}", &"00".repeat(16)).replace("{device}", &"00".repeat(32));
    let path = path.replace("{hash}", &"00".repeat(32)).replace("{id}", &"00".repeat(16));
    let path = if door.path.ends_with("/import") { format!("{path}?name=a.csv") } else { path };
    let authorization = token.map(bearer);
    let headers: Vec<_> = authorization.iter().map(|a| ("authorization", a.as_str())).collect();
    let body = if door.path.ends_with("/observations") { json!([]) } else { json!({}) };
    let body: Option<&Value> = (door.method == "POST").then_some(&body);
    laptop.ask(door.method, &path, &headers, body)
}

#[test]
fn every_door_opens_for_those_it_is_for_and_for_nobody_else() {
    let (laptop, other) = (Laptop::start(), Laptop::start());
    let monitor = Device::new(1, "Rosa").pair(&laptop, Role::Monitor);
    let manager = Device::new(2, "Wilmer").pair(&laptop, Role::Manager);
    let gone = Device::new(3, "Segundo");
    let revoked = gone.pair(&laptop, Role::Manager);
    laptop.order(gone.id(), "revoke", &json!({}));
    let of_another_project = Device::new(4, "Otra").pair(&other, Role::Manager);
    let unknown = "ab".repeat(32);

    let everybody: [(&str, Option<&str>, [&str; 2]); 9] = [
        ("nobody", None, ["not_paired", "not_paired"]),
        ("no token at all", Some("x"), ["not_paired", "not_paired"]),
        ("an unknown token", Some(&unknown), ["not_paired", "not_paired"]),
        ("another project's", Some(&of_another_project), ["not_paired", "not_paired"]),
        ("another laptop's manager", Some(&other.key), ["not_paired", "not_paired"]),
        ("revoked", Some(&revoked), ["revoked", "revoked"]),
        ("a monitor", Some(&monitor), ["", "manager_only"]),
        ("a manager's device", Some(&manager), ["", ""]),
        ("the manager here", Some(&laptop.key), ["", ""]),
    ];
    for door in &DOORS {
        for (name, token, [as_paired, as_manager]) in everybody {
            let answer = knock(&laptop, door, token);
            let said = Some(answer.code()).filter(|code| AT_THE_DOOR.contains(code));
            let expected = match door.who {
                // Asks who somebody is, and says so where it is nobody.
                Who::Anybody if (door.method, door.path) == ("GET", "/api/v1/session") => {
                    if as_paired.is_empty() {
                        ""
                    } else {
                        "not_paired"
                    }
                }
                Who::Anybody => "",
                Who::Paired => as_paired,
                Who::Manager => as_manager,
            };
            assert_eq!(said.unwrap_or_default(), expected, "{door:?} for {name}: {answer:?}");
            if expected == "not_paired" || expected == "revoked" {
                assert_eq!(answer.status, 401);
                assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
            }
        }
    }
}

/// A path that somebody added to the router and forgot here would be a manager's alone, and untested.
#[test]
fn the_doors_are_the_paths_of_the_router() {
    let source = include_str!("../../../server/src/http/mod.rs");
    let routed: BTreeSet<_> = source
        .split(".route(")
        .skip(1)
        .map(|route| match route.trim_start().strip_prefix('"') {
            Some(path) => path.split('"').next().unwrap(),
            None => "/api/v1/import",
        })
        .collect();
    let doors: BTreeSet<_> = DOORS.iter().map(|door| door.path).collect();
    assert_eq!(routed, doors);
    let laptop = Laptop::start();
    for door in &DOORS {
        assert_ne!(knock(&laptop, door, Some(&laptop.key)).status, 405, "{door:?}");
    }
}

#[test]
fn what_is_not_there_is_said_to_everybody_alike() {
    let laptop = Laptop::start();
    for (method, path, failure) in [
        ("GET", "/api/v1/nothing", (404, "not_found")),
        ("GET", "/nothing", (404, "not_found")),
        ("PUT", "/api/v1/status", (405, "method_not_allowed")),
    ] {
        assert_eq!(laptop.ask(method, path, &[], None).failure(), failure, "{path}");
    }
}

#[test]
fn a_large_body_of_somebody_who_may_not_is_still_answered() {
    let laptop = Laptop::start();
    let body = json!("x".repeat(4 * 1024 * 1024));
    let answer = laptop.ask("POST", "/api/v1/changes", &[], Some(&body));
    assert_eq!(answer.failure(), (401, "not_paired"));
}
