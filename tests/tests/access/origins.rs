//! Hosts, and pages of other origins.

use chasqui_harness::{Answer, Device, on_ports::Laptop};
use chasqui_server::{discovery::host_name, limits};
use chasqui_shared::Role;
use serde_json::json;

const APP: &str = "https://10.42.0.9:8443";
const ALLOW_ORIGIN: &str = "access-control-allow-origin";

#[test]
fn a_name_that_is_not_this_laptops_is_refused_on_pages_and_api_alike() {
    let laptop = Laptop::start();
    for path in ["/", "/manager/", "/api/v1/hello", "/api/v1/status", "/nothing"] {
        let refused = laptop.ask("GET", path, &[("host", "evil.example:8080")], None);
        assert_eq!(refused.failure(), (403, "host_refused"), "{path}");
    }
    let own = host_name(laptop.hello().device);
    for host in ["127.0.0.1", "localhost:1", "[::1]:8080", "oficina.example", own.as_str()] {
        let answer = laptop.ask("GET", "/api/v1/hello", &[("host", host)], None);
        assert_eq!(answer.status.as_u16(), 200, "{host}");
    }
}

fn preflight(laptop: &Laptop, origin: &str, method: &str, path: &str) -> Answer {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", method),
        ("access-control-request-headers", "authorization"),
        ("access-control-request-private-network", "true"),
    ];
    laptop.ask("OPTIONS", path, &headers, None)
}

#[test]
fn any_app_may_ask_who_this_is_and_to_be_let_in() {
    let laptop = Laptop::start();
    for (method, path) in [("GET", "/api/v1/hello"), ("POST", "/api/v1/pairings")] {
        for origin in [APP, "http://localhost:8080"] {
            let answer = preflight(&laptop, origin, method, path);
            assert_eq!((answer.status.as_u16(), answer.header(ALLOW_ORIGIN)), (204, Some(origin)));
            let allow = |what: &str| answer.header(&format!("access-control-{what}")).unwrap();
            assert_eq!(allow("allow-methods"), "GET, HEAD, POST, PATCH");
            let headers = "Authorization, Content-Type, Accept, Chasqui-Time, Tus-Resumable, \
                Upload-Length, Upload-Offset, Upload-Metadata, Upload-Checksum, Upload-Concat, Range, If-None-Match";
            assert_eq!(allow("allow-headers"), headers);
            assert_eq!((allow("max-age"), allow("allow-private-network")), ("600", "true"));
            assert_eq!(answer.header("access-control-allow-credentials"), None);
            assert!(answer.header("vary").unwrap().contains("Origin"));
        }
        for origin in ["http://10.42.0.9:8080", "null"] {
            let answer = preflight(&laptop, origin, method, path);
            assert_eq!(answer.failure(), (403, "origin_refused"));
            assert_eq!(answer.header(ALLOW_ORIGIN), None);
        }
    }
    let hello = laptop.ask("GET", "/api/v1/hello", &[("origin", APP)], None);
    assert_eq!((hello.status.as_u16(), hello.header(ALLOW_ORIGIN)), (200, Some(APP)));
    let unasked = laptop.ask("GET", "/api/v1/hello", &[], None);
    assert_eq!(unasked.header("access-control-allow-private-network"), None);
}

#[test]
fn an_origin_that_a_device_was_paired_from_may_ask_and_a_revoked_device_reads_that_it_is() {
    let laptop = Laptop::start();
    let paths =
        [("POST", "/api/v1/changes"), ("GET", "/api/v1/pairings"), ("GET", "/api/v1/events")];
    let is_allowed = |origin: &str| {
        paths.map(|(method, path)| {
            let answer = preflight(&laptop, origin, method, path);
            assert_eq!(answer.header(ALLOW_ORIGIN).is_some(), answer.status == 204);
            answer.status == 204
        })
    };
    assert_eq!(is_allowed(APP), [false; 3]);
    let rosa = Device::new(1, "Rosa");
    let token = rosa.pair_from(&laptop, Role::Monitor, &[("origin", APP)]);
    assert_eq!(is_allowed(APP), [true; 3]);
    assert_eq!(is_allowed("https://10.42.0.8:8443"), [false; 3]);
    let listed = laptop.read("pairings");
    assert_eq!(listed["items"][0]["origin"], APP);
    let bearer = chasqui_harness::bearer(&token);
    let headers = [("origin", APP), ("authorization", bearer.as_str())];
    let answer = laptop.ask("GET", "/api/v1/observations", &headers, None);
    assert_eq!((answer.status.as_u16(), answer.header(ALLOW_ORIGIN)), (200, Some(APP)));
    // A page must be able to read why not, too.
    let refused = laptop.ask("GET", "/api/v1/status", &headers, None);
    assert_eq!((refused.status.as_u16(), refused.header(ALLOW_ORIGIN)), (403, Some(APP)));

    laptop.order(rosa.id(), "revoke", json!({}));
    assert_eq!(is_allowed(APP), [true; 3]);
    let answer = laptop.ask("GET", "/api/v1/observations", &headers, None);
    assert_eq!((answer.status.as_u16(), answer.header(ALLOW_ORIGIN)), (401, Some(APP)));
}

#[test]
fn an_origin_is_kept_if_an_app_can_be_of_it_and_if_it_is_not_too_long() {
    let laptop = Laptop::start();
    let rosa = Device::new(1, "Rosa");
    let of_length = |bytes: usize| format!("https://{}", "a".repeat(bytes - 8));
    let longest = of_length(limits::ORIGIN_BYTES_MAX);
    for (origin, is_kept) in [
        (longest.as_str(), true),
        (of_length(limits::ORIGIN_BYTES_MAX + 1).as_str(), false),
        ("null", false),
        ("http://10.42.0.9:8080", false),
    ] {
        rosa.pair_from(&laptop, Role::Monitor, &[("origin", origin)]);
        let listed = laptop.read("pairings");
        assert_eq!(listed["items"][0]["origin"] == origin, is_kept, "{origin}");
        assert_eq!(listed["items"][0].get("origin").is_some(), is_kept, "{origin}");
    }
}

#[test]
fn pages_are_nobody_elses() {
    let laptop = Laptop::start();
    Device::new(1, "Rosa").pair_from(&laptop, Role::Monitor, &[("origin", APP)]);
    let page = laptop.ask("GET", "/", &[("origin", APP)], None);
    assert_eq!(page.header(ALLOW_ORIGIN), None);
}
