//! Laptops among themselves: `chasqui sync` and the manager's button.

use chasqui_harness::{Founded, Phone, on_ports::Laptop};
use chasqui_server::{
    commands,
    peer_sync::{PeerAccess, PeerSyncState, PeerUrl},
    store::Store,
};
use chasqui_shared::{Code, Role};
use serde_json::json;

#[test]
fn two_laptops_that_meet_hold_the_same_and_the_next_meeting_moves_nothing() {
    let town = Laptop::start();
    let village = Laptop::start_with(&town);
    let mut alice = Phone::new(&village, 1);
    // More than one batch.
    for record in 0..=255 {
        alice.record(record, "first");
    }
    for record in 0..=255 {
        alice.record(record, "second");
    }
    alice.sync_by_http(&village);
    town.observe("1", "in town");
    let met = town.meet(&village);
    // The other laptop wrote down, too, that this one is a member.
    assert_eq!((met.failure, met.done), (None, 514));
    assert_eq!(town.digest(), village.digest());
    assert_eq!(town.notes(), village.notes());
    let again = town.meet(&village);
    assert_eq!((again.state, again.done), (PeerSyncState::Finished, 0));
    let lacking = village.read("peers");
    assert!(lacking.as_array().unwrap().iter().all(|peer| peer["missing"] == 0));
}

#[test]
fn the_command_syncs_beside_the_server_and_without_it() {
    let town = Laptop::start();
    town.observe("1", "in town");
    let empty = tempfile::tempdir().unwrap();
    let code = town.code(Role::Manager);
    let met = commands::sync(empty.path(), &town.url, None, true, Some(&code)).unwrap();
    assert_eq!((met.failure, met.done), (None, 2));

    let village = Laptop::start_in(empty);
    village.observe("2", "in the village");
    town.observe("3", "again in town");
    let met = commands::sync(village.path(), &town.url, None, false, None).unwrap();
    assert_eq!((met.failure, met.done), (None, 2));
    assert_eq!(village.notes(), town.notes());

    let directory = village.stop();
    let store = Store::open(directory.path()).unwrap();
    let peer = town.hello().device;
    assert!(store.meeting_clock(peer).unwrap().is_some(), "the last meeting is remembered");
}

#[test]
fn a_laptop_of_another_project_is_refused_and_nothing_moves() {
    let (town, stranger) = (Laptop::start(), Laptop::start());
    stranger.observe("1", "elsewhere");
    let met = town.meet(&stranger);
    assert_eq!(met.failure.unwrap().code, Code::OtherProject);
    assert_eq!(town.notes(), Vec::<String>::new());
    let directory = stranger.stop();
    let joined = Store::join(directory.path(), town.charter());
    assert!(joined.is_err(), "what is held keeps its project");
}

#[test]
fn a_laptop_that_is_not_there_is_a_failure_that_says_so() {
    let (town, gone) = (Laptop::start(), Laptop::start());
    let url = gone.url.clone();
    drop(gone.stop());
    let way = PeerAccess::new(PeerUrl::parse(&url).unwrap(), None).unwrap();
    let failure = way.hello().unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::Unreachable, true));
    assert!(town.read("meetings").as_array().unwrap().is_empty());
}

#[test]
fn over_https_only_the_other_laptops_own_authority_is_trusted() {
    let (town, village) = (Laptop::start(), Laptop::start());
    let authority =
        |laptop: &Laptop| std::fs::read_to_string(laptop.path().join("authority.pem")).unwrap();
    let hello = |authority: &str| {
        let url = PeerUrl::parse(&town.https_url).unwrap();
        PeerAccess::new(url, Some(authority)).unwrap().hello()
    };
    assert_eq!(hello(&authority(&town)).unwrap().hello.charter.project(), town.project());
    let refused = hello(&authority(&village)).unwrap_err();
    assert_eq!((&refused.code, refused.retryable), (&Code::CertificateRefused, false));
    let url = PeerUrl::parse(&town.https_url).unwrap();
    assert_eq!(PeerAccess::new(url, Some("nonsense")).unwrap_err().code, Code::AuthorityUnreadable);
}

#[test]
fn the_authority_that_let_this_laptop_in_is_kept_and_no_other_one_is_believed() {
    let town = Laptop::start();
    town.observe("1", "in town");
    let village = tempfile::tempdir().unwrap();
    let sync = |url: &str, joins: bool, code: Option<&str>| {
        let met = commands::sync(village.path(), url, None, joins, code).unwrap();
        (met.failure.map_or_else(String::new, |failure| failure.code.to_string()), met.done)
    };
    assert_eq!(sync(&town.https_url, true, None), ("not_paired".into(), 0));
    // What was observed, and that this laptop is a manager.
    assert_eq!(sync(&town.https_url, true, Some(&*town.code(Role::Manager))), (String::new(), 2));
    town.observe("2", "later");
    assert_eq!(sync(&town.https_url, false, None), (String::new(), 1));

    // The same laptop, if its word is enough, behind another authority.
    let directory = town.stop();
    for file in ["authority.pem", "authority.key"] {
        let _ = std::fs::remove_file(directory.path().join(file));
    }
    let disguised = Laptop::start_in(directory);
    for code in [None, Some(&*disguised.code(Role::Manager))] {
        assert_eq!(sync(&disguised.https_url, false, code), ("certificate_refused".into(), 0));
    }
}

#[test]
fn an_address_on_the_internet_is_refused() {
    let town = Laptop::start();
    for url in ["http://8.8.8.8", "http://example.org", "file:///etc/passwd"] {
        let answer = town.post("/api/v1/meetings", &town.key, &json!({ "url": url }));
        assert_eq!(answer.failure(), (422, "url_refused"));
        assert_eq!(answer.json::<serde_json::Value>()["retryable"], false);
    }
}
