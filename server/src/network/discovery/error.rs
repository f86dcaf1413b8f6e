//! What can go wrong while looking for laptops.

use std::io;

/// Why a search, or one way of being found, did not work.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// The operating system does not tell this machine's addresses.
    #[error("the network interfaces of this machine cannot be listed")]
    Interfaces(#[source] io::Error),
    /// There is no wifi or cable with a private address.
    #[error("this machine is on no private network: connect it to the wifi")]
    NoPrivateNetwork,
    /// A UDP port cannot be opened.
    #[error("UDP port {port} cannot be opened")]
    Port {
        /// The port, 0 for any.
        port: u16,
        /// What the operating system says.
        #[source]
        source: io::Error,
    },
    /// The mDNS daemon does not start or takes no orders.
    #[error("mDNS is not available")]
    Mdns(#[from] mdns_sd::Error),
    /// The operating system has no random bytes.
    #[error("the operating system gives no random bytes: {0}")]
    Random(getrandom::Error),
}

impl DiscoveryError {
    /// Stable, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Interfaces(_) => "interfaces_unknown",
            Self::NoPrivateNetwork => "no_private_network",
            Self::Port { .. } => "port_unavailable",
            Self::Mdns(_) => "mdns_unavailable",
            Self::Random(_) => "no_random_bytes",
        }
    }
}
