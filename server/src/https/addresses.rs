//! The addresses under which phones on the same wifi can reach this machine.

use std::net::IpAddr;

/// Private and loopback addresses of this machine's interfaces, in no promised order; loopback alone if they
/// cannot be listed.
pub fn private_addresses() -> Vec<IpAddr> {
    let mut addresses = vec![IpAddr::from([127, 0, 0, 1])];
    match if_addrs::get_if_addrs() {
        Ok(interfaces) => addresses.extend(interfaces.iter().map(if_addrs::Interface::ip)),
        Err(error) => tracing::warn!(%error, "this machine's addresses cannot be listed"),
    }
    addresses.retain(|address| is_private(*address));
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// Whether an address is of a network without strangers: the ranges that the authority may vouch for.
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
        // Link-local IPv6 needs an interface's name beside it, which a browser cannot be given.
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_left_out() {
        for (text, private) in [
            ("192.168.137.1", true),
            ("10.42.0.1", true),
            ("127.0.0.1", true),
            ("::1", true),
            ("fd00::1", true),
            ("8.8.8.8", false),
            ("2001:db8::1", false),
            ("0.0.0.0", false),
        ] {
            assert_eq!(is_private(text.parse().unwrap()), private, "{text}");
        }
    }
}
