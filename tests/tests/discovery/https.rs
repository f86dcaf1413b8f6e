//! https under whatever address the laptop has, believed by those who trust its authority.

use std::{fs, path::Path, sync::Arc};

use ureq::{
    Agent,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use crate::discovery::{
    program::{Serving, run},
    village::{PATIENCE, in_village},
    wifi::Machine,
};

const LISTEN: [&str; 5] = ["--no-announce", "--http", "127.0.0.1:0", "--https", "0.0.0.0:8443"];

/// What the laptop at `url` says of itself to someone on `machine` who trusts this authority.
fn hello(machine: &Machine, url: &str, authority: &Path) -> Result<serde_json::Value, ureq::Error> {
    let (url, pem) = (format!("{url}/api/v1/hello"), fs::read(authority).unwrap());
    machine.run(move || async move {
        let mut answer = agent(&pem).get(&url).call()?;
        answer.body_mut().read_json()
    })
}

/// A client that trusts nobody else, and follows no redirect.
pub fn agent(authority: &[u8]) -> Agent {
    let certificates = parse_pem(authority).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    let certificates: Vec<Certificate<'static>> = certificates.collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(certificates)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let config = Agent::config_builder().timeout_global(Some(PATIENCE)).proxy(None);
    config.tls_config(tls).build().new_agent()
}

#[test]
fn another_address_is_believed_and_told_without_a_restart() {
    in_village(|village| {
        let serving = Serving::on(&village.laptop, &LISTEN);
        let authority = serving.data().join("authority.pem");
        hello(&village.alice, "https://10.77.0.1:8443", &authority).unwrap();

        village.laptop.move_to("10.77.0.1/24", "10.77.0.9/24");
        serving.wait_for("https://10.77.0.9:8443/");
        let answer = hello(&village.alice, "https://10.77.0.9:8443", &authority).unwrap();
        let addresses = answer["addresses"].as_array().unwrap();
        assert_eq!(addresses[0], "https://10.77.0.9:8443");
        assert!(!addresses.contains(&"https://10.77.0.1:8443".into()), "{addresses:?}");
        let by_bob = hello(&village.bob, "https://10.78.0.1:8443", &authority).unwrap();
        assert_eq!(by_bob["device"], answer["device"]);
    });
}

#[test]
fn a_wifi_that_goes_and_comes_back_is_believed_again() {
    in_village(|village| {
        let serving = Serving::on(&village.laptop, &LISTEN);
        let authority = serving.data().join("authority.pem");
        village.laptop.set_cable("10.77.0.1/24", false);
        serving.wait_for("This laptop has other addresses now.");
        let by_bob = hello(&village.bob, "https://10.78.0.1:8443", &authority).unwrap();
        let addresses = by_bob["addresses"].as_array().unwrap();
        assert!(!addresses.contains(&"https://10.77.0.1:8443".into()), "{addresses:?}");

        village.laptop.set_cable("10.77.0.1/24", true);
        serving.wait_for("https://10.77.0.1:8443/");
        hello(&village.alice, "https://10.77.0.1:8443", &authority).unwrap();
    });
}

#[test]
fn another_laptops_authority_does_not_do() {
    in_village(|village| {
        let serving = Serving::on(&village.laptop, &LISTEN);
        let other = Serving::on(&village.alice, &LISTEN);
        let authority = serving.data().join("authority.pem");
        hello(&village.bob, "https://10.78.0.1:8443", &authority).unwrap();
        let strange = other.data().join("authority.pem");
        let refused = hello(&village.bob, "https://10.78.0.1:8443", &strange).unwrap_err();
        assert!(refused.to_string().contains("certificate"), "{refused}");
    });
}

#[test]
fn an_operators_certificate_is_presented_in_place_of_the_laptops_own() {
    let machine = Machine::alone_or_this_one();
    let folder = tempfile::tempdir().unwrap();
    let [certificate, key, other] =
        ["chain.pem", "key.pem", "other.pem"].map(|name| folder.path().join(name));
    let made = rcgen::generate_simple_self_signed(["localhost".into(), "town.example".into()]);
    let made = made.unwrap();
    fs::write(&certificate, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    fs::write(&other, rcgen::KeyPair::generate().unwrap().serialize_pem()).unwrap();
    let [certificate_name, key_name, other_name] =
        [&certificate, &key, &other].map(|file| file.to_str().unwrap());
    let listen = ["--no-announce", "--http", "127.0.0.1:0", "--https", "127.0.0.1:0"];
    let with = |key| [&listen[..], &["--certificate", certificate_name, "--key", key]].concat();

    let serving = Serving::on(&machine, &with(key_name));
    assert!(!serving.data().join("authority.pem").exists(), "no authority of its own is made");
    let told = serving.before().join(" ");
    let (_, port) = told.split_once("https://town.example:").expect("it is reached by its name");
    let port = port.split_once('/').unwrap().0;
    hello(&machine, &format!("https://localhost:{port}"), &certificate).unwrap();

    let data = folder.path().join("data");
    let data = ["--data", data.to_str().unwrap()];
    let refused = run(&machine, "serve", &[&with(other_name)[..], &data].concat());
    assert_eq!(refused.status.code(), Some(1));
    let reason = String::from_utf8(refused.stderr).unwrap();
    assert!(reason.contains("the certificate cannot be used"), "{reason}");
}
