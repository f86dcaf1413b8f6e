//! Renewal of the certificate: what a listener presents, made again as the addresses of this
//! machine come and go.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum_server::tls_rustls::RustlsConfig;

use super::{authority::PublicAuthority, credentials::Credentials, error::HttpsError};
use crate::network::{discovery::PrivateAddresses, private::is_private, reached::reached};

/// The certificate of one listener, for the addresses that it is reached under.
#[derive(Debug)]
pub struct Presented {
    credentials: Credentials,
    listener: IpAddr,
    config: RustlsConfig,
}

impl Presented {
    /// For a listener at `listener`, on a machine that has `machine`.
    pub fn new(
        credentials: Credentials,
        listener: IpAddr,
        machine: &PrivateAddresses,
    ) -> Result<Self, HttpsError> {
        let config = credentials.server_config(&named(listener, machine))?;
        Ok(Self { credentials, listener, config: RustlsConfig::from_config(config) })
    }

    /// Presents a leaf for other addresses from the next connection on. Those that are open stay.
    pub fn follow(&self, machine: &PrivateAddresses) -> Result<(), HttpsError> {
        let config = self.credentials.server_config(&named(self.listener, machine))?;
        self.config.reload_from_config(config);
        Ok(())
    }

    /// Who vouches.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What phones are told to trust, if it is this laptop's own.
    pub fn authority(&self) -> Option<PublicAuthority> {
        match &self.credentials {
            Credentials::Own { authority, .. } => Some(authority.public()),
            Credentials::Operator(_) => None,
        }
    }

    /// For the listener; it follows [`Self::follow`].
    pub fn config(&self) -> RustlsConfig {
        self.config.clone()
    }
}

/// The addresses to be named in a leaf. One of the internet would spoil the whole leaf: the
/// authority's own constraints refuse it.
fn named(listener: IpAddr, machine: &PrivateAddresses) -> Vec<IpAddr> {
    let loopback = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    let mut ips: Vec<_> = reached(listener.to_canonical(), machine)
        .into_iter()
        .chain(loopback)
        .filter(|ip| is_private(*ip))
        .collect();
    ips.sort_unstable();
    ips.dedup();
    ips
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::discovery::PrivateAddress;

    #[test]
    fn a_listener_on_all_addresses_is_named_by_each_and_another_by_its_own() {
        let wifi = PrivateAddress {
            interface: "wlan0".into(),
            index: None,
            ip: Ipv4Addr::new(10, 42, 0, 1),
            prefix_bits: 24,
        };
        let machine = [wifi].into_iter().collect();
        for (listener, expected) in [
            ("0.0.0.0", &["10.42.0.1", "127.0.0.1", "::1"][..]),
            ("::", &["10.42.0.1", "127.0.0.1", "::1"]),
            ("192.168.1.7", &["127.0.0.1", "192.168.1.7", "::1"]),
            ("127.0.0.1", &["127.0.0.1", "::1"]),
        ] {
            let named = named(listener.parse().unwrap(), &machine);
            let named: Vec<_> = named.iter().map(ToString::to_string).collect();
            assert_eq!(named, expected, "{listener}");
        }
    }

    #[test]
    fn an_address_of_the_internet_is_never_named() {
        let named = named([8, 8, 8, 8].into(), &PrivateAddresses::default());
        assert_eq!(named, ["127.0.0.1", "::1"].map(|ip| ip.parse::<IpAddr>().unwrap()));
    }
}
