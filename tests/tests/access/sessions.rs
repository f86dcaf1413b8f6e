//! A manager's session in a browser.

use chasqui_harness::{Answer, Device, on_ports::Laptop};
use chasqui_shared::Role;
use serde_json::json;

fn begin(laptop: &Laptop, body: &serde_json::Value) -> Answer {
    laptop.ask("POST", "/api/v1/session", &[], Some(body))
}

/// What the browser sends back.
fn cookie(answer: &Answer) -> String {
    assert_eq!(answer.status, 204, "{answer:?}");
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

fn status(laptop: &Laptop, cookie: &str) -> Answer {
    laptop.ask("GET", "/api/v1/status", &[("cookie", cookie)], None)
}

#[test]
fn a_session_begins_with_the_key_and_is_kept_from_scripts_and_other_sites() {
    let laptop = Laptop::start();
    let begun = begin(&laptop, &json!({ "key": laptop.key }));
    let set = begun.header("set-cookie").unwrap();
    assert!(set.starts_with("chasqui_session=here."), "{set}");
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(set.split("; ").any(|part| part == attribute), "{attribute} in {set}");
    }
    assert!(!set.contains("Secure"), "this came over http");
    let body = json!({ "key": laptop.key });
    let over_https = laptop.ask_at(&laptop.https_url, "POST", "/api/v1/session", &[], Some(&body));
    assert!(over_https.header("set-cookie").unwrap().ends_with("; Secure"));

    let cookie = cookie(&begun);
    assert_eq!(status(&laptop, &cookie).status, 200);
    let among_others = format!("a=b; {cookie}; c");
    assert_eq!(status(&laptop, &among_others).status, 200);
    let who = laptop.ask("GET", "/api/v1/session", &[("cookie", &cookie)], None).value();
    assert_eq!(who, json!({ "role": "manager", "name": laptop.hello().name }));
    assert_eq!(laptop.ask("GET", "/api/v1/session", &[], None).failure(), (401, "not_paired"));

    let ended = laptop.ask("POST", "/api/v1/session/end", &[("cookie", &cookie)], Some(&json!({})));
    assert!(ended.header("set-cookie").unwrap().contains("chasqui_session=; "));
    assert!(ended.header("set-cookie").unwrap().contains("Max-Age=0"));
}

#[test]
fn a_wrong_key_begins_nothing() {
    let laptop = Laptop::start();
    let wrong = begin(&laptop, &json!({ "key": "0".repeat(32) }));
    assert_eq!(wrong.failure(), (401, "session_refused"));
    assert_eq!(wrong.header("set-cookie"), None);
    let wrong = begin(&laptop, &json!({ "token": "0".repeat(64) }));
    assert_eq!(wrong.failure(), (401, "session_refused"));
    let monitor = Device::new(1, "Rosa").pair(&laptop, Role::Monitor);
    assert_eq!(begin(&laptop, &json!({ "token": monitor })).failure(), (403, "manager_only"));
    for neither in [json!({}), json!({ "key": laptop.key, "token": monitor })] {
        assert_eq!(begin(&laptop, &neither).failure(), (400, "malformed"));
    }
}

#[test]
fn a_managers_session_ends_when_the_device_is_revoked_or_demoted_or_paired_anew() {
    let laptop = Laptop::start();
    let wilmer = Device::new(1, "Wilmer");
    for end in ["revoke", "role", "pair"] {
        let token = wilmer.pair(&laptop, Role::Manager);
        let cookie = cookie(&begin(&laptop, &json!({ "token": token })));
        let who = laptop.ask("GET", "/api/v1/session", &[("cookie", &cookie)], None).value();
        assert_eq!(who, json!({ "role": "manager", "name": "Wilmer", "device": wilmer.id() }));
        assert_eq!(status(&laptop, &cookie).status, 200);
        match end {
            "revoke" => drop(laptop.order(wilmer.id(), "revoke", json!({}))),
            "role" => drop(laptop.order(wilmer.id(), "role", json!({ "role": "monitor" }))),
            _ => drop(wilmer.pair(&laptop, Role::Manager)),
        }
        assert_eq!(status(&laptop, &cookie).failure(), (401, "not_paired"), "{end}");
    }
}

#[test]
fn a_session_outlives_a_restart_and_ends_with_the_key_that_began_it() {
    let laptop = Laptop::start();
    let cookie = cookie(&begin(&laptop, &json!({ "key": laptop.key })));
    let laptop = Laptop::start_in(laptop.stop());
    assert_eq!(status(&laptop, &cookie).status, 200);
    let directory = laptop.stop();
    std::fs::remove_file(directory.path().join("manager.key")).unwrap();
    let laptop = Laptop::start_in(directory);
    assert_eq!(status(&laptop, &cookie).failure(), (401, "not_paired"));
}

#[test]
fn a_cookie_changes_nothing_for_a_page_of_another_origin() {
    let laptop = Laptop::start();
    let cookie = cookie(&begin(&laptop, &json!({ "key": laptop.key })));
    let post = |headers: &[(&str, &str)]| {
        let headers: Vec<_> =
            [("cookie", cookie.as_str())].iter().chain(headers).copied().collect();
        laptop.ask("POST", "/api/v1/observations", &headers, Some(&json!([])))
    };
    let other_scheme = laptop.url.replace("http:", "https:");
    for foreign in ["https://evil.example", "null", "http://127.0.0.1:1", other_scheme.as_str()] {
        assert_eq!(post(&[("origin", foreign)]).failure(), (403, "origin_refused"), "{foreign}");
    }
    for site in ["cross-site", "same-site", "none"] {
        assert_eq!(post(&[("sec-fetch-site", site)]).failure(), (403, "origin_refused"), "{site}");
    }
    assert_eq!(post(&[("origin", &laptop.url)]).status, 200);
    assert_eq!(post(&[("sec-fetch-site", "same-origin")]).status, 200);
    assert_eq!(post(&[]).status, 200);
    let page = format!("bearer {}", laptop.key);
    let with_token = [("origin", "https://evil.example"), ("authorization", page.as_str())];
    assert_eq!(post(&with_token).status, 200, "who has the token needs no cookie");
}
