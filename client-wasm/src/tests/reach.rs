//! Finding the laptop wherever it is, and telling nobody else anything.

use chasqui_shared::{Code, Hello};

use super::{harness::Phone, laptop::Laptop, wifi::ORIGIN};
use crate::{MemoryDisk, Outcome, Phase, Tried};

const ELSEWHERE: &str = "https://192.168.1.5:8443";
/// In the network that Windows makes to lend its wifi.
const LENT: &str = "https://192.168.137.1:8443";

fn said(laptop: &Laptop, addresses: &[&str]) {
    let addresses = addresses.iter().map(|&address| address.to_owned()).collect();
    laptop.with(|laptop| laptop.hello = Hello { addresses, ..laptop.hello.clone() });
}

fn tried(address: &str, outcome: Outcome) -> Tried {
    Tried { address: address.to_owned(), outcome }
}

#[test]
fn a_laptop_that_moved_is_found_where_it_said_it_would_be() {
    let laptop = Laptop::new(1);
    said(&laptop, &[ORIGIN, ELSEWHERE]);
    let alice = Phone::new(10, &laptop);
    let mut alice = Phone::start(11, &alice.disk, &laptop);
    alice.wifi.clear();
    alice.wifi.put(ELSEWHERE, &laptop);
    alice.engine.network_changed();
    alice.record("oil");
    alice.pass(1_000);
    assert_eq!(laptop.notes(), ["oil"]);
    assert_eq!((alice.status().phase, alice.status().tried), (Phase::Synced, vec![]));
}

#[test]
fn a_laptop_paired_away_from_the_pages_origin_is_found_there_after_a_restart() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::start(10, &MemoryDisk::default(), &Laptop::new(3));
    alice.wifi.put(ELSEWHERE, &laptop);
    alice.pair(&laptop.link(ELSEWHERE)).unwrap();
    let mut again = Phone::start(11, &alice.disk, &Laptop::new(3));
    again.wifi.put(ELSEWHERE, &laptop);
    again.engine.network_changed();
    again.settle();
    assert_eq!(again.status().phase, Phase::Synced);
}

#[test]
fn all_known_addresses_are_asked_at_once_each_of_them_https() {
    let laptop = Laptop::new(1);
    said(&laptop, &["http://192.168.1.5:8080", ELSEWHERE, "https://rosa:secret@evil"]);
    let mut alice = Phone::new(10, &laptop);
    alice.wifi.clear();
    alice.wifi.take_asked();
    alice.engine.network_changed();
    alice.settle();
    let device = laptop.with(|laptop| laptop.hello.device.to_string());
    let name = format!("https://chasqui-{}.local:8443", &device[..4]);
    // Guesses; the page's own origin is one as well.
    let lent =
        ["192.168.137.1", "192.168.49.1", "192.168.43.1"].map(|ip| format!("https://{ip}:8443"));
    let all = [ORIGIN, ELSEWHERE, &name, &lent[0], &lent[1], &lent[2]];
    assert_eq!(alice.wifi.take_asked(), all);
    let status = alice.status();
    assert_eq!(status.phase, Phase::Away);
    // That a guess is silent says nothing.
    let silent = [ORIGIN, ELSEWHERE, &name].map(|address| tried(address, Outcome::Silent));
    assert_eq!(status.tried, silent);
}

#[test]
fn a_laptop_that_lends_its_own_wifi_is_found_where_it_never_said_it_would_be() {
    let laptop = Laptop::new(1);
    said(&laptop, &[ORIGIN, ELSEWHERE]);
    let mut alice = Phone::new(10, &laptop);
    alice.wifi.clear();
    alice.wifi.put(LENT, &laptop);
    alice.engine.network_changed();
    alice.record("oil");
    alice.pass(1_000);
    assert_eq!(laptop.notes(), ["oil"]);
    assert_eq!((alice.status().phase, alice.status().tried), (Phase::Synced, vec![]));
}

#[test]
fn whoever_else_answers_where_a_laptop_was_guessed_is_told_nothing_and_is_listed() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let other = Laptop::new(2);
    alice.wifi.clear();
    alice.wifi.put(LENT, &other);
    alice.engine.network_changed();
    alice.settle();
    let listed = |alice: &mut Phone, address| {
        alice.status().tried.into_iter().find(|tried| tried.address == address)
    };
    assert_eq!(listed(&mut alice, LENT), Some(tried(LENT, Outcome::OtherLaptop)));
    assert_eq!(other.with(|laptop| laptop.requests), 1, "a hello, and nothing after it");
    alice.wifi.clear();
    alice.wifi.put_town(LENT);
    alice.engine.network_changed();
    alice.settle();
    assert_eq!(listed(&mut alice, LENT), Some(tried(LENT, Outcome::Refused)));
    assert_eq!(alice.status().phase, Phase::Away);
}

#[test]
fn where_the_app_came_from_town_a_laptop_is_guessed_at_its_own_port() {
    let laptop = Laptop::new(1);
    said(&laptop, &[ELSEWHERE]);
    let town = "https://chasqui.example";
    let mut alice = Phone::start_from(town, 10, &MemoryDisk::default(), &laptop);
    alice.wifi.clear();
    alice.wifi.put(ELSEWHERE, &laptop);
    alice.pair(&laptop.link(ELSEWHERE)).unwrap();
    alice.wifi.clear();
    alice.wifi.put(LENT, &laptop);
    alice.engine.network_changed();
    alice.record("oil");
    alice.pass(1_000);
    assert_eq!(laptop.notes(), ["oil"]);
}

#[test]
fn where_the_app_came_from_a_web_server_in_town_the_laptop_is_away_and_not_failing() {
    let laptop = Laptop::new(1);
    said(&laptop, &[ELSEWHERE]);
    let mut alice = Phone::new(10, &laptop);
    alice.wifi.clear();
    alice.wifi.put_town(ORIGIN);
    alice.engine.network_changed();
    alice.settle();
    let status = alice.status();
    assert_eq!((status.phase, status.problem), (Phase::Away, None));
    assert_eq!(status.tried[0], tried(ORIGIN, Outcome::Refused));
    assert_eq!(status.tried[1], tried(ELSEWHERE, Outcome::Silent));
    alice.wifi.put(ELSEWHERE, &laptop);
    alice.record("oil");
    alice.pass(1_000);
    assert_eq!(laptop.notes(), ["oil"]);
}

#[test]
fn a_laptop_of_another_project_gets_nothing() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let stranger = Laptop::new(2);
    stranger.with(|laptop| laptop.hello.charter.salt = chasqui_shared::Epoch([1; 16]));
    alice.record("oil");
    alice.pass(1_000);
    let mut alice = Phone::start(11, &alice.disk, &stranger);
    let status = alice.status();
    assert_eq!(status.problem.unwrap().code, Code::OtherProject);
    assert_eq!(status.tried[0], tried(ORIGIN, Outcome::OtherProject));
    assert_eq!(stranger.with(|laptop| laptop.requests), 1, "a hello, and nothing after it");
    assert_eq!(alice.notes(), ["oil"]);
}

#[test]
fn neither_a_laptop_that_did_not_let_it_in_nor_an_impostor_is_told_anything() {
    let laptop = Laptop::new(1);
    let alice = Phone::new(10, &laptop);
    let other = Laptop::new(2);
    let mut alice = Phone::start(11, &alice.disk, &other);
    assert_eq!(alice.status().problem.unwrap().code, Code::OtherLaptop);
    assert_eq!(alice.status().tried[0], tried(ORIGIN, Outcome::OtherLaptop));
    other.with(|other| other.hello.device = laptop.with(|laptop| laptop.hello.device));
    alice.engine.wake();
    alice.settle();
    assert_eq!(alice.status().problem.unwrap().code, Code::HelloUnproven);
    assert_eq!(alice.status().tried[0], tried(ORIGIN, Outcome::Unproven));
    assert_eq!(other.with(|laptop| laptop.requests), 2, "two hellos, and nothing after them");
}

#[test]
fn the_right_laptop_is_used_while_another_answers_at_the_pages_origin() {
    let laptop = Laptop::new(1);
    said(&laptop, &[ELSEWHERE]);
    let alice = Phone::new(10, &laptop);
    let other = Laptop::new(2);
    let mut alice = Phone::start(11, &alice.disk, &other);
    alice.wifi.put(ELSEWHERE, &laptop);
    alice.record("oil");
    alice.pass(1_000);
    assert_eq!((laptop.notes(), other.notes()), (vec!["oil".to_owned()], vec![]));
    assert_eq!(alice.status().phase, Phase::Synced);
}

#[test]
fn after_a_refusal_whoever_answers_must_prove_again_who_it_is() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let other = Laptop::new(2);
    alice.wifi.put(ORIGIN, &other);
    alice.record("oil");
    alice.pass(400);
    assert_eq!(alice.status().problem.unwrap().code, Code::NotPaired);
    alice.pass(5_000);
    assert_eq!(alice.status().problem.unwrap().code, Code::OtherLaptop);
    assert_eq!(other.notes(), [""; 0]);
    alice.wifi.put(ORIGIN, &laptop);
    alice.pass(60_000);
    assert_eq!(laptop.notes(), ["oil"]);
}

#[test]
fn over_plain_http_each_conversation_begins_with_a_proof() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::start_from("http://127.0.0.1:8080", 10, &MemoryDisk::default(), &laptop);
    alice.pair(&laptop.code().to_string()).unwrap();
    alice.settle();
    let other = Laptop::new(2);
    alice.wifi.put("http://127.0.0.1:8080", &other);
    alice.record("oil");
    alice.pass(1_000);
    assert_eq!(alice.status().problem.unwrap().code, Code::OtherLaptop);
    assert_eq!(other.with(|laptop| laptop.requests), 1, "a hello, and nothing after it");
}

#[test]
fn the_news_are_where_the_laptop_is_and_looking_for_them_shows_nothing() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    alice.engine.network_changed();
    alice.pass(1_000);
    let news = |alice: &Phone| futures_executor::block_on(alice.engine.news());
    assert_eq!(news(&alice).err().unwrap().code, Code::Unreachable);
    assert_eq!(alice.status().phase, Phase::Away);
    laptop.set_away(false);
    let place = news(&alice).ok().unwrap();
    assert_eq!(place.base, ORIGIN);
    assert!(laptop.with(|laptop| laptop.tokens.contains_key(&place.token)));
}
