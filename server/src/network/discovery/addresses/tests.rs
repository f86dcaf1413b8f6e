use std::sync::{Arc, Mutex};

use if_addrs::{IfOperStatus, Ifv4Addr, Ifv6Addr};

use super::*;

fn address(ip: &str, prefix_bits: u8) -> PrivateAddress {
    PrivateAddress {
        interface: "wlan0".into(),
        index: Some(2),
        ip: ip.parse().unwrap(),
        prefix_bits,
    }
}

fn interface(ip: &str) -> Interface {
    let addr = match ip.parse().unwrap() {
        IpAddr::V4(ip) => {
            let netmask = Ipv4Addr::new(255, 255, 255, 0);
            IfAddr::V4(Ifv4Addr { ip, netmask, prefixlen: 24, broadcast: None })
        }
        IpAddr::V6(ip) => IfAddr::V6(Ifv6Addr { ip, netmask: ip, prefixlen: 64, broadcast: None }),
    };
    Interface {
        name: "wlan0".into(),
        addr,
        index: Some(2),
        oper_status: IfOperStatus::Up,
        is_p2p: false,
        #[cfg(windows)]
        adapter_name: String::new(),
    }
}

#[test]
fn private_and_link_local_addresses_count_and_the_internet_does_not() {
    for ip in ["10.42.0.1", "192.168.137.1", "172.16.0.1", "172.31.255.1", "169.254.3.4"] {
        assert!(PrivateAddress::of(&interface(ip), Reach::Private).is_some(), "{ip}");
    }
    for ip in ["8.8.8.8", "172.32.0.1", "100.64.0.1", "192.0.2.1", "0.0.0.0", "fd00::1", "::1"] {
        assert_eq!(PrivateAddress::of(&interface(ip), Reach::Private), None, "{ip}");
        if let Some(ip) = as_v4(ip.parse().unwrap()) {
            assert_eq!(PrivateAddress::of(&interface(&ip.to_string()), Reach::Only(ip)), None);
        }
    }
}

#[test]
fn one_address_alone_is_that_one_even_if_it_is_this_machine_itself() {
    let loopback = interface("127.0.0.1");
    let only = Reach::Only(Ipv4Addr::LOCALHOST);
    assert_eq!(PrivateAddress::of(&loopback, Reach::Private), None);
    assert!(PrivateAddress::of(&loopback, only).is_some());
    assert_eq!(PrivateAddress::of(&interface("10.42.0.1"), only), None);
}

#[test]
fn a_listener_is_announced_where_other_machines_reach_it() {
    let of = |ip: &str| Reach::of_listener(ip.parse().unwrap());
    assert_eq!(of("0.0.0.0"), Some(Reach::Private));
    assert_eq!(of("::"), Some(Reach::Private));
    assert_eq!(of("10.42.0.1"), Some(Reach::Only(Ipv4Addr::new(10, 42, 0, 1))));
    for ip in ["127.0.0.1", "::1", "8.8.8.8", "fd00::1"] {
        assert_eq!(of(ip), None, "{ip}");
    }
}

#[test]
fn an_interface_that_is_down_does_not_count() {
    let mut down = interface("10.42.0.1");
    down.oper_status = IfOperStatus::Down;
    assert_eq!(PrivateAddress::of(&down, Reach::Private), None);
}

#[test]
fn neighbours_are_those_of_the_same_network() {
    let laptop = address("10.42.0.1", 24);
    let cases = [
        ("10.42.0.1", true),
        ("10.42.0.254", true),
        ("10.42.0.0", false),
        ("10.42.0.255", false),
        ("10.42.1.1", false),
        ("8.8.8.8", false),
    ];
    for (ip, is_beside) in cases {
        assert_eq!(laptop.is_beside(ip.parse().unwrap()), is_beside, "{ip}");
    }
}

#[test]
fn an_absurd_prefix_never_lets_the_internet_in() {
    for bits in [0, 1, 31, 32] {
        let laptop = address("10.42.0.1", bits);
        assert!(!laptop.is_beside(Ipv4Addr::new(8, 8, 8, 8)), "/{bits}");
        assert!(laptop.is_beside(laptop.ip), "/{bits}");
    }
    assert!(!address("10.42.0.1", 0).is_beside(Ipv4Addr::BROADCAST));
    assert!(!address("10.42.0.1", 0).is_beside(Ipv4Addr::new(239, 77, 77, 77)));
}

#[test]
fn the_smallest_network_that_holds_the_neighbour_is_chosen() {
    let both: PrivateAddresses =
        [address("10.0.0.1", 8), address("10.42.0.1", 24)].into_iter().collect();
    let of = |ip: &str| both.beside(ip.parse().unwrap()).map(|one| one.prefix_bits);
    assert_eq!(of("10.42.0.9"), Some(24));
    assert_eq!(of("10.43.0.9"), Some(8));
    assert_eq!(of("192.168.1.9"), None);
    assert_eq!(of("::1"), None);
}

#[test]
fn no_more_addresses_are_held_than_the_limit() {
    let of = |count: u8| -> PrivateAddresses {
        (1..=count).map(|n| address(&format!("10.0.{n}.1"), 24)).collect()
    };
    assert_eq!(of(16).iter().count(), limits::ADDRESSES_MAX);
    assert_eq!(of(17).iter().count(), limits::ADDRESSES_MAX);
}

#[tokio::test(start_paused = true)]
async fn a_change_is_told_once_and_a_failed_look_changes_nothing() {
    let seen = Arc::new(Mutex::new(Ok([address("10.42.0.1", 24)].into_iter().collect())));
    let list = {
        let seen = seen.clone();
        move || seen.lock().unwrap().clone().map_err(|()| io::ErrorKind::Other.into())
    };
    let mut addresses = watch_by(list, limits::ADDRESSES_PAUSE);
    assert_eq!(ips(&addresses.borrow_and_update()), [Ipv4Addr::new(10, 42, 0, 1)]);

    *seen.lock().unwrap() = Err(());
    let pauses = limits::ADDRESSES_PAUSE * 10;
    assert!(tokio::time::timeout(pauses, addresses.changed()).await.is_err());

    *seen.lock().unwrap() = Ok([address("192.168.1.7", 24)].into_iter().collect());
    addresses.changed().await.unwrap();
    assert_eq!(ips(&addresses.borrow_and_update()), [Ipv4Addr::new(192, 168, 1, 7)]);
    assert!(tokio::time::timeout(pauses, addresses.changed()).await.is_err());
}

fn ips(addresses: &PrivateAddresses) -> Vec<Ipv4Addr> {
    addresses.iter().map(|address| address.ip).collect()
}
