//! Which addresses are of a network without strangers.

use std::net::IpAddr;

/// Whether an address cannot be one of the internet: of a private network, link-local IPv4, or this
/// machine itself.
///
/// An IPv4 address inside of an IPv6 one counts as what it is. Link-local IPv6 needs an interface's
/// name beside it, which neither a browser nor a certificate can be given, so it does not count.
pub fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_private() || ip.is_link_local() || ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_of_the_internet_is_private() {
        for (text, private) in [
            ("192.168.137.1", true),
            ("10.42.0.1", true),
            ("172.31.255.255", true),
            ("169.254.7.7", true),
            ("127.0.0.1", true),
            ("::1", true),
            ("fd00::1", true),
            ("::ffff:10.0.0.1", true),
            ("172.32.0.1", false),
            ("8.8.8.8", false),
            ("2001:db8::1", false),
            ("fe80::1", false),
            ("::ffff:8.8.8.8", false),
            ("0.0.0.0", false),
            ("::", false),
        ] {
            assert_eq!(is_private(text.parse().unwrap()), private, "{text}");
        }
    }
}
