use std::time::Duration;

use chasqui_shared::{DeviceId, ProjectId};

use super::*;

fn laptop() -> Laptop {
    Laptop {
        project: ProjectId([1; 16]),
        device: DeviceId([2; 32]),
        name: "Office".into(),
        port: 8443,
    }
}

fn addresses() -> PrivateAddresses {
    let address = |interface: &str, ip: [u8; 4]| PrivateAddress {
        interface: interface.into(),
        index: None,
        ip: ip.into(),
        prefix_bits: 24,
    };
    [address("eth0", [192, 168, 1, 9]), address("wlan0", [10, 42, 0, 1])].into_iter().collect()
}

/// Asks a fresh laptop at `door` from `source`.
fn ask(door: Door, source: &str, datagram: &[u8]) -> Option<Vec<u8>> {
    let laptop = laptop();
    Responder { door, laptop: &laptop, allowance: door.allowance() }.answer(
        source.parse().unwrap(),
        datagram,
        &addresses(),
        Instant::now(),
    )
}

fn question() -> Vec<u8> {
    Question { nonce: Nonce([7; 8]) }.encode()
}

#[test]
fn the_address_through_which_was_asked_comes_first() {
    let urls_for = |source| {
        let answer = ask(Door::Announcement, source, &question()).unwrap();
        let answer = Answer::decode(&answer).unwrap();
        answer.urls.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let (wifi, cable) = ("https://10.42.0.1:8443", "https://192.168.1.9:8443");
    assert_eq!(urls_for("10.42.0.77:50000"), [wifi, cable]);
    assert_eq!(urls_for("192.168.1.77:50000"), [cable, wifi]);
}

#[test]
fn the_answer_says_who_and_repeats_the_nonce() {
    let answer = ask(Door::Announcement, "10.42.0.77:50000", &question()).unwrap();
    let answer = Answer::decode(&answer).unwrap();
    assert_eq!(answer.nonce, Nonce([7; 8]));
    assert_eq!((answer.project, answer.device), (laptop().project, laptop().device));
    assert_eq!(answer.name, "Office");
}

#[test]
fn strangers_and_well_known_services_get_no_answer() {
    for source in [
        "8.8.8.8:50000",
        "10.43.0.77:50000",
        "10.42.0.255:50000",
        "255.255.255.255:50000",
        "239.77.77.77:50000",
        "0.0.0.0:50000",
        "127.0.0.1:50000",
        "[::1]:50000",
        "[::ffff:10.42.0.77]:50000",
        "10.42.0.77:53",
        "10.42.0.77:1023",
    ] {
        assert_eq!(ask(Door::Announcement, source, &question()), None, "{source}");
        assert_eq!(ask(Door::Ohai, source, b"OHAI"), None, "{source}");
    }
    assert!(ask(Door::Announcement, "10.42.0.77:1024", &question()).is_some());
}

#[test]
fn each_door_has_its_own_question() {
    let source = "10.42.0.77:50000";
    assert_eq!(ask(Door::Announcement, source, b"OHAI"), None);
    assert_eq!(ask(Door::Ohai, source, &question()), None);
    let told = ask(Door::Ohai, source, b"OHAI\n").unwrap();
    assert_eq!(told, br#"{"chasqui":1,"urls":["https://10.42.0.1:8443"]}"#);
}

#[test]
fn two_laptops_never_answer_each_other() {
    let source = "10.42.0.77:47777";
    let told = ask(Door::Announcement, source, &question()).unwrap();
    assert_eq!(ask(Door::Announcement, source, &told), None);
    let told = ask(Door::Ohai, source, b"OHAI").unwrap();
    assert_eq!(ask(Door::Ohai, source, &told), None);
}

#[test]
fn noise_costs_a_neighbour_nothing_and_an_answer_costs_it_a_window() {
    let laptop = laptop();
    let source = "10.42.0.77:50000".parse().unwrap();
    let start = Instant::now();
    for (door, asked, window) in [
        (Door::Announcement, &question()[..], limits::QUESTION_WINDOW),
        (Door::Ohai, b"OHAI", limits::OHAI_WINDOW),
    ] {
        let mut responder = Responder { door, laptop: &laptop, allowance: door.allowance() };
        let mut ask = |datagram: &[u8], at: Duration| {
            responder.answer(source, datagram, &addresses(), start + at).is_some()
        };
        assert!(!ask(b"noise", Duration::ZERO));
        assert!(ask(asked, Duration::ZERO));
        assert!(!ask(asked, window - Duration::from_millis(1)));
        assert!(ask(asked, window));
    }
}
