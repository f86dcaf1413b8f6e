//! A laptop is found by UDP and by mDNS on a wifi without internet, and by nobody else; phones are
//! led from its http to its https, which is believed under whatever address it has.
//!
//! The wifi is made of network namespaces, which takes root; without it one test uses this
//! machine's loopback, and the others say that they were left out.

mod command;
mod https;
mod plain;
mod program;
mod village;
mod wifi;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use chasqui_server::discovery::{
    Answer, Door, GROUP, Nonce, Reach, SERVICE_TYPE, Way, host_name, limits,
};
use mdns_sd::{HostnameResolutionEvent, IfKind, ServiceDaemon, ServiceEvent};
use tokio::{net::UdpSocket, sync::oneshot, time::timeout};

use village::{
    BOTH, PATIENCE, Running, ask, asking, find_from, find_one, in_village, laptop, question, urls,
};
use wifi::Machine;

#[test]
fn neighbours_on_wifi_and_cable_find_the_laptop_by_both_ways() {
    in_village(|village| {
        let running = Running::on(&village.laptop, laptop(1), Reach::Private, false);
        let by_alice = find_one(&village.alice, Reach::Private, BOTH);
        assert_eq!(urls(&by_alice), ["https://10.77.0.1:8443", "https://10.78.0.1:8443"]);
        let by_bob = find_one(&village.bob, Reach::Private, BOTH);
        assert_eq!(urls(&by_bob), ["https://10.78.0.1:8443", "https://10.77.0.1:8443"]);
        for found in [by_alice, by_bob] {
            assert_eq!(found.device, laptop(1).device);
            assert_eq!(found.project, laptop(1).project);
            assert_eq!(found.name, "Oficina");
        }
        running.stop();
    });
}

#[test]
fn laptops_find_each_other_and_themselves() {
    in_village(|village| {
        let first = Running::on(&village.laptop, laptop(1), Reach::Private, false);
        let second = Running::on(&village.alice, laptop(2), Reach::Private, false);
        let found = find_from(&village.alice, Reach::Private, BOTH, 2);
        let devices: Vec<_> = found.iter().map(|one| one.device).collect();
        assert_eq!(devices, [laptop(1).device, laptop(2).device]);
        second.stop();
        first.stop();
    });
}

#[test]
fn a_machine_without_a_network_finds_itself() {
    let machine = Machine::alone_or_this_one();
    let reach = Reach::Only(Ipv4Addr::LOCALHOST);
    let running = Running::on(&machine, laptop(1), reach, false);
    let found = find_one(&machine, reach, BOTH);
    assert_eq!(urls(&found), ["https://127.0.0.1:8443"]);
    running.stop();
}

#[test]
fn an_answer_is_not_longer_than_its_question_and_a_short_question_gets_none() {
    in_village(|village| {
        let running = Running::on(&village.laptop, laptop(1), Reach::Private, false);
        find_one(&village.bob, Reach::Private, &[Way::Announcement]);
        let mut short = question(1);
        short.retain(|byte| *byte != b'0');
        let asked = vec![short, b"OHAI".to_vec(), vec![b' '; 600], question(2)];
        let answer = ask(&village.alice, [10, 77, 0, 2], group(), asked);
        assert_eq!(Answer::decode(&answer).unwrap().nonce, Nonce([2; 8]));
        assert!(answer.len() <= limits::QUESTION_BYTES_MIN);
        running.stop();
    });
}

#[test]
fn a_stranger_gets_no_answer_where_a_neighbour_after_him_does() {
    in_village(|village| {
        let running = Running::on(&village.laptop, laptop(1), Reach::Private, true);
        find_one(&village.alice, Reach::Private, BOTH);
        let (asked, is_asked) = std::sync::mpsc::channel();
        let (answered, is_answered) = oneshot::channel::<()>();
        let stranger = village.stranger.start(move || async move {
            let socket = asking([203, 0, 113, 2]).await;
            for (datagram, to) in [
                (question(1), group()),
                (question(1), SocketAddr::from(([203, 0, 113, 1], Door::Announcement.port()))),
                (b"OHAI".to_vec(), SocketAddr::from(([203, 0, 113, 1], Door::Ohai.port()))),
                (name_query(), mdns_group()),
            ] {
                socket.send_to(&datagram, to).await.unwrap();
            }
            asked.send(()).unwrap();
            is_answered.await.unwrap();
            socket.try_recv_from(&mut [0; 1_000]).unwrap_err().kind()
        });
        is_asked.recv().unwrap();
        // Each port answers in turn, so whatever the stranger got would be there by then.
        ask(&village.bob, [10, 78, 0, 2], group(), vec![question(2)]);
        let ohai = ([10, 78, 0, 1], Door::Ohai.port()).into();
        ask(&village.bob, [10, 78, 0, 2], ohai, vec![b"OHAI".to_vec()]);
        let named = ask(&village.alice, [10, 77, 0, 2], mdns_group(), vec![name_query()]);
        assert!(named.ends_with(&[10, 77, 0, 1]), "the address of an A record");
        answered.send(()).unwrap();
        assert_eq!(stranger.join().unwrap(), io::ErrorKind::WouldBlock);
        running.stop();
    });
}

#[test]
fn ohai_is_answered_only_when_asked_for() {
    in_village(|village| {
        let at = SocketAddr::from(([10, 77, 0, 1], Door::Ohai.port()));
        let running = Running::on(&village.laptop, laptop(1), Reach::Private, false);
        find_one(&village.alice, Reach::Private, &[Way::Announcement]);
        let refused = village.alice.run(move || async move {
            let socket = asking([10, 77, 0, 2]).await;
            socket.connect(at).await.unwrap();
            socket.send(b"OHAI").await.unwrap();
            timeout(PATIENCE, socket.recv(&mut [0; 100])).await.unwrap().unwrap_err().kind()
        });
        assert_eq!(refused, io::ErrorKind::ConnectionRefused);
        running.stop();

        let running = Running::on(&village.laptop, laptop(1), Reach::Private, true);
        find_one(&village.alice, Reach::Private, &[Way::Announcement]);
        let answer = ask(&village.alice, [10, 77, 0, 2], at, vec![b"OHAI\n".to_vec()]);
        assert_eq!(answer, br#"{"chasqui":1,"urls":["https://10.77.0.1:8443"]}"#);
        running.stop();
    });
}

#[test]
fn a_port_that_another_program_has_leaves_the_other_way() {
    in_village(|village| {
        let (taken, is_taken) = std::sync::mpsc::channel();
        let (release, released) = oneshot::channel::<()>();
        let other = village.laptop.start(move || async move {
            let socket = UdpSocket::bind(("0.0.0.0", Door::Announcement.port())).await.unwrap();
            taken.send(()).unwrap();
            released.await.unwrap();
            drop(socket);
        });
        is_taken.recv().unwrap();
        let running = Running::on(&village.laptop, laptop(1), Reach::Private, false);
        let found = find_one(&village.alice, Reach::Private, &[Way::Mdns]);
        assert_eq!(found.ways, [Way::Mdns].into());
        release.send(()).unwrap();
        other.join().unwrap();
        running.stop();
    });
}

#[test]
fn a_wifi_that_comes_later_is_answered_too() {
    in_village(|village| {
        let running = Running::on(&village.laptop, laptop(1), Reach::Private, false);
        find_one(&village.alice, Reach::Private, BOTH);
        let carol = Machine::alone().unwrap();
        village.laptop.join("192.168.137.1/24", &carol, "192.168.137.7/24");
        let found = find_one(&carol, Reach::Private, BOTH);
        assert_eq!(urls(&found)[0], "https://192.168.137.1:8443");
        running.stop();
    });
}

#[test]
fn the_local_name_leads_to_the_laptop_and_ends_with_it() {
    in_village(|village| {
        let running = Running::on(&village.laptop, laptop(1), Reach::Private, false);
        let (resolved, is_resolved) = std::sync::mpsc::channel();
        let alice = village.alice.start(move || async move {
            let daemon = ServiceDaemon::new().unwrap();
            daemon.disable_interface(IfKind::IPv6).unwrap();
            let name = format!("{}.", host_name(laptop(1).device));
            let names = daemon.resolve_hostname(&name, None).unwrap();
            let addresses = loop {
                if let HostnameResolutionEvent::AddressesFound(_, addresses) =
                    timeout(PATIENCE, names.recv_async()).await.unwrap().unwrap()
                {
                    break addresses.iter().map(ToString::to_string).collect::<Vec<_>>();
                }
            };
            let services = daemon.browse(SERVICE_TYPE).unwrap();
            loop {
                match timeout(PATIENCE, services.recv_async()).await.unwrap().unwrap() {
                    ServiceEvent::ServiceResolved(_) => resolved.send(()).unwrap(),
                    ServiceEvent::ServiceRemoved(..) => break,
                    _ => {}
                }
            }
            daemon.shutdown().unwrap();
            addresses
        });
        is_resolved.recv().unwrap();
        running.stop();
        assert_eq!(alice.join().unwrap(), ["10.77.0.1"]);
    });
}

fn group() -> SocketAddr {
    (GROUP, Door::Announcement.port()).into()
}

fn mdns_group() -> SocketAddr {
    SocketAddr::from(([224, 0, 0, 251], 5353))
}

/// Asks for the address of the laptop's `.local` name, as any resolver does (RFC 1035, section 4).
fn name_query() -> Vec<u8> {
    let mut query = vec![0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in host_name(laptop(1).device).split('.') {
        query.push(label.len() as u8);
        query.extend_from_slice(label.as_bytes());
    }
    query.extend_from_slice(&[0, 0, 1, 0, 1]);
    query
}
