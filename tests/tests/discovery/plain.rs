//! Plain http: everything for the laptop itself, and for others only the way to https.

use std::{collections::BTreeMap, fs};

use ureq::Agent;

use crate::discovery::{
    https,
    program::{Serving, run},
    village::{PATIENCE, in_village},
    wifi::Machine,
};

/// As people start it, with ports of its own.
const NOTHING: [&str; 1] = ["--no-announce"];

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn code(&self) -> String {
        let failure: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        failure["code"].as_str().unwrap().to_owned()
    }
}

/// Asks for a page with these headers from a machine.
fn get(machine: &Machine, url: &str, headers: &[(&'static str, &'static str)]) -> Answer {
    let (url, headers) = (url.to_owned(), headers.to_vec());
    machine.run(move || async move {
        let asking =
            headers.iter().fold(agent().get(&url), |ask, (name, value)| ask.header(*name, *value));
        read(asking.call().unwrap())
    })
}

fn post(machine: &Machine, url: &str) -> Answer {
    let url = url.to_owned();
    machine.run(move || async move {
        let asking = agent().post(&url).content_type("application/json");
        read(asking.send("[{\"category\": \"c\"}]").unwrap())
    })
}

fn agent() -> Agent {
    let config = Agent::config_builder().timeout_global(Some(PATIENCE)).proxy(None);
    config.http_status_as_error(false).max_redirects(0).build().new_agent()
}

fn read(mut answer: ureq::http::Response<ureq::Body>) -> Answer {
    let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap().to_owned();
    let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value)));
    let headers = headers.collect();
    let body = answer.body_mut().read_to_vec().unwrap();
    Answer { status: answer.status().as_u16(), headers, body }
}

#[test]
fn other_machines_get_the_way_to_https_and_nothing_else() {
    in_village(|village| {
        let serving = Serving::on(&village.laptop, &NOTHING);
        let at = |path: &str| format!("http://10.77.0.1:8080{path}");
        for path in ["/", "/manager/", "/index.html", "/sw.js", "/apis", "/nothing"] {
            let answer = get(&village.alice, &at(path), &[]);
            assert_eq!((answer.status, answer.headers["location"].as_str()), (307, "/connect/"));
            assert!(answer.headers.contains_key("content-security-policy"), "{path}");
        }
        for path in ["/api", "/api/v1/status", "/api/v1/hello/", "/api/v1/events", "/api/v2/hello"]
        {
            let answer = get(&village.alice, &at(path), &[]);
            assert_eq!((answer.status, answer.code()), (403, "https_only".into()), "{path}");
        }
        for path in ["/api/v1/observations", "/api/v1/changes", "/"] {
            let answer = post(&village.alice, &at(path));
            assert_eq!((answer.status, answer.code()), (403, "https_only".into()), "{path}");
        }
        let hello = get(&village.alice, &at("/api/v1/hello"), &[]);
        assert!(hello.text().contains("https://10.77.0.1:8443"), "{}", hello.text());

        let by_itself = get(&village.laptop, "http://127.0.0.1:8080/api/v1/status", &[]);
        assert_eq!(by_itself.code(), "not_paired", "the admission lets it through to the door");
        let page = get(&village.laptop, "http://127.0.0.1:8080/connect/", &[]);
        assert!(page.text().contains("http://10.77.0.1:8080/"), "phones are shown where to begin");
        drop(serving);
    });
}

#[test]
fn a_phone_is_led_to_the_address_that_it_asked_in_its_own_language() {
    in_village(|village| {
        let _serving = Serving::on(&village.laptop, &NOTHING);
        let page = |url: &str, language| get(&village.bob, url, &[("accept-language", language)]);
        let here = page("http://10.78.0.1:8080/connect/", "qu-PE, pt-BR;q=0.9, es;q=0.8");
        assert!(here.text().contains("<html lang=\"pt\""));
        assert!(here.text().contains("href=\"https://10.78.0.1:8443/\""), "{}", here.text());
        assert!(!here.text().contains("http://10"), "a phone is there already");
        let chosen = page("http://10.78.0.1:8080/connect/?lang=en", "pt");
        assert!(chosen.text().contains("<html lang=\"en\""));
        let other = page("http://10.78.0.1:8080/connect", "qu");
        assert!(other.text().contains("<html lang=\"es\""));
    });
}

#[test]
fn the_authority_that_a_phone_downloads_is_the_one_that_https_is_believed_by() {
    in_village(|village| {
        let serving = Serving::on(&village.laptop, &NOTHING);
        let pem = get(&village.alice, "http://10.77.0.1:8080/authority.pem", &[]).body;
        assert_eq!(pem, fs::read(serving.data().join("authority.pem")).unwrap());
        let der = get(&village.alice, "http://10.77.0.1:8080/authority.crt", &[]);
        assert_eq!(der.headers["content-type"], "application/x-x509-ca-cert");
        assert!(der.headers["content-disposition"].contains("chasqui.crt"));
        let certificate = ureq::tls::Certificate::from_pem(&pem).unwrap();
        assert_eq!(der.body, certificate.der());
        let status = village.alice.run(move || async move {
            https::agent(&pem).get("https://10.77.0.1:8443/connect/").call().unwrap().status()
        });
        assert_eq!(status, 200);
    });
}

#[test]
fn commands_beside_a_server_at_one_address_work() {
    in_village(|village| {
        let serving = Serving::on(&village.laptop, &["--no-announce", "--http", "10.77.0.1:8080"]);
        let data = ["--data", serving.data().to_str().unwrap()];
        let status = run(&village.laptop, "status", &data);
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
        let refused = get(&village.alice, "http://10.77.0.1:8080/api/v1/status", &[]);
        assert_eq!(refused.code(), "https_only");
    });
}
