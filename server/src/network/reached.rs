//! The addresses that a listener is reached under.

use std::net::{IpAddr, Ipv4Addr};

use super::discovery::PrivateAddresses;

/// The addresses that a listener is reached under, this machine alone last.
pub fn reached(listener: IpAddr, machine: &PrivateAddresses) -> Vec<IpAddr> {
    if !listener.is_unspecified() {
        return vec![listener];
    }
    let mut ips: Vec<_> = machine.iter().map(|address| address.ip).collect();
    // Both sides of a cable without a router make up link-local ones.
    ips.sort_unstable_by_key(|ip| (ip.is_link_local(), *ip));
    ips.push(Ipv4Addr::LOCALHOST);
    ips.dedup();
    ips.into_iter().map(IpAddr::from).collect()
}
