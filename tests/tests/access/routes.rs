//! Every path of the API, asked by everybody.

use chasqui_harness::{Answer, Device, bearer, on_ports::Laptop};
use chasqui_server::{ROUTES, Route, access::Permission};
use chasqui_shared::Role;
use serde_json::{Value, json};

/// What is said before a handler is asked.
const BEFORE_THE_HANDLER: [&str; 4] = ["not_paired", "revoked", "manager_only", "loopback_only"];

/// A request that each path understands well enough to say something about it.
fn knock(laptop: &Laptop, route: &Route, token: Option<&str>) -> Answer {
    let path =
        route.path.replace("{record}", &"00".repeat(16)).replace("{device}", &"00".repeat(32));
    let path = path.replace("{hash}", &"00".repeat(32)).replace("{id}", &"00".repeat(16));
    let path = if route.path.ends_with("/import") { format!("{path}?name=a.csv") } else { path };
    let authorization = token.map(bearer);
    let headers: Vec<_> = authorization.iter().map(|a| ("authorization", a.as_str())).collect();
    let body = if route.path.ends_with("/observations") { json!([]) } else { json!({}) };
    let body: Option<&Value> = (route.method == "POST").then_some(&body);
    laptop.ask(route.method, &path, &headers, body)
}

#[test]
fn every_route_answers_those_who_may_and_nobody_else() {
    let (laptop, other) = (Laptop::start(), Laptop::start());
    let monitor = Device::new(1, "Rosa").pair(&laptop, Role::Monitor);
    let manager = Device::new(2, "Wilmer").pair(&laptop, Role::Manager);
    let gone = Device::new(3, "Segundo");
    let revoked = gone.pair(&laptop, Role::Manager);
    laptop.order(gone.id(), "revoke", json!({}));
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
    for route in &ROUTES {
        for (name, token, [as_paired, as_manager]) in everybody {
            let answer = knock(&laptop, route, token);
            let said = Some(answer.code()).filter(|code| BEFORE_THE_HANDLER.contains(code));
            let expected =
                match route.permission {
                    // Asks who somebody is, and says so where it is nobody.
                    Permission::Anybody
                        if (route.method, route.path) == ("GET", "/api/v1/session") =>
                    {
                        if as_paired.is_empty() { "" } else { "not_paired" }
                    }
                    Permission::Anybody => "",
                    Permission::Paired => as_paired,
                    Permission::Manager => as_manager,
                };
            assert_eq!(said.unwrap_or_default(), expected, "{route:?} for {name}: {answer:?}");
            if expected == "not_paired" || expected == "revoked" {
                assert_eq!(answer.status, 401);
                assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
            }
        }
    }
}

#[test]
fn every_route_is_one_of_the_router() {
    let laptop = Laptop::start();
    for route in &ROUTES {
        assert_ne!(knock(&laptop, route, Some(&laptop.key)).status, 405, "{route:?}");
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
