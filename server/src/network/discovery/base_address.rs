//! The address under which a laptop serves app and API, such as `https://10.42.0.1:8443`.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddrV4},
};

use serde::{Serialize, Serializer};

use crate::network::private::is_private;

/// Where a laptop is on a private network. Never an address of the internet, and never a name.
///
/// In JSON and on paper it is `https://`, the IPv4 address and the port, with nothing after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BaseAddress(SocketAddrV4);

impl BaseAddress {
    /// `None` for an address of the internet and for port 0.
    pub fn new(ip: Ipv4Addr, port: u16) -> Option<Self> {
        (is_private(ip.into()) && port != 0).then(|| Self(SocketAddrV4::new(ip, port)))
    }

    /// Reads what [`fmt::Display`] writes; `None` for any other text.
    pub fn from_url(url: &str) -> Option<Self> {
        let at: SocketAddrV4 = url.strip_prefix("https://")?.parse().ok()?;
        Self::new(*at.ip(), at.port())
    }

    /// The IPv4 address.
    pub fn ip(self) -> Ipv4Addr {
        *self.0.ip()
    }

    /// The TCP port.
    pub fn port(self) -> u16 {
        self.0.port()
    }
}

impl fmt::Display for BaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}", self.0)
    }
}

impl Serialize for BaseAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The IPv4 address of any address that has one.
pub(super) fn as_v4(ip: IpAddr) -> Option<Ipv4Addr> {
    match ip {
        IpAddr::V4(ip) => Some(ip),
        IpAddr::V6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_address_reads_as_it_is_written() {
        for url in ["https://10.42.0.1:8443", "https://169.254.7.7:1", "https://127.0.0.1:65535"] {
            assert_eq!(BaseAddress::from_url(url).unwrap().to_string(), url);
        }
    }

    #[test]
    fn the_internet_and_everything_after_the_port_are_refused() {
        for url in [
            "https://8.8.8.8:8443",
            "https://172.32.0.1:8443",
            "http://10.42.0.1:8443",
            "https://10.42.0.1",
            "https://10.42.0.1:0",
            "https://10.42.0.1:65536",
            "https://10.42.0.1:8443/",
            "https://10.42.0.1:8443\u{1b}[2J",
            "https://user@10.42.0.1:8443",
            "https://laptop.local:8443",
            "",
        ] {
            assert_eq!(BaseAddress::from_url(url), None, "{url}");
        }
    }
}
