//! Which names and addresses are this laptop's own.
//!
//! A page of the internet can have its own name point at this machine (DNS rebinding), and would
//! then be of the same origin as the manager's page. It cannot choose to be called by an address.

use std::net::IpAddr;

use chasqui_shared::DeviceId;

use crate::network::discovery::host_name;

/// Under what names this laptop is asked, and from which addresses it asks itself.
#[derive(Clone, Debug, Default)]
pub struct Premises {
    /// Names that a person gave it besides `localhost` and its `.local` name.
    pub names: Vec<String>,
    /// Addresses of this machine that it listens at, besides loopback: who comes from them is at
    /// this machine.
    pub own: Vec<IpAddr>,
}

impl Premises {
    pub(super) fn is_host(&self, host: &str, device: DeviceId) -> bool {
        let name = without_port(host);
        let is = |known: &str| known.eq_ignore_ascii_case(name.strip_suffix('.').unwrap_or(name));
        is_address(name)
            || is("localhost")
            || is(&host_name(device))
            || self.names.iter().any(|known| is(known))
    }

    pub(super) fn is_own(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        peer.is_loopback() || self.own.iter().any(|own| own.to_canonical() == peer)
    }
}

fn is_address(name: &str) -> bool {
    match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok(),
        None => name.parse::<std::net::Ipv4Addr>().is_ok(),
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: DeviceId = DeviceId([0x3f; 32]);

    #[test]
    fn addresses_and_its_own_names_are_this_laptop_and_other_names_are_not() {
        let premises = Premises { names: vec!["oficina.example".into()], own: Vec::new() };
        for own in [
            "127.0.0.1",
            "10.42.0.1:8443",
            "[::1]:8080",
            "[fd00::1]",
            "localhost",
            "LOCALHOST.:8080",
            "chasqui-3f3f.local:8443",
            "Oficina.Example",
        ] {
            assert!(premises.is_host(own, DEVICE), "{own}");
        }
        for other in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "chasqui-3f40.local",
            "localhost.evil.example",
            "2130706433",
            "0x7f.1",
            "::1",
            "localhost:8080:1",
        ] {
            assert!(!premises.is_host(other, DEVICE), "{other}");
        }
    }

    #[test]
    fn who_comes_from_this_machine_is_told_by_its_address() {
        let own = vec!["10.42.0.1".parse().unwrap()];
        let premises = Premises { names: Vec::new(), own };
        for (peer, is_own) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("::ffff:10.42.0.1", true),
            ("10.42.0.1", true),
            ("10.42.0.2", false),
            ("192.168.1.1", false),
        ] {
            assert_eq!(premises.is_own(peer.parse().unwrap()), is_own, "{peer}");
        }
    }
}
