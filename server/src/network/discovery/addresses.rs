//! The private addresses of this machine, as they come and go with wifi, cable and hotspot.
//!
//! IPv4 alone: it is what every hotspot and router of a village hands out, and what a person can
//! read aloud. Addresses of the internet are left out, so that nothing is ever announced there.

use std::{
    io,
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use if_addrs::{IfAddr, Interface};
use tokio::sync::watch;
use tracing::{debug, info};

use super::{base_address::as_v4, limits};
use crate::network::private::is_private;

/// Which addresses of this machine count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Every private and link-local one.
    #[default]
    Private,
    /// This one alone, if it is private or this machine itself.
    Only(Ipv4Addr),
}

impl Reach {
    /// Where a listener can be reached from other machines; `None` if it cannot be, or only from
    /// the internet or by IPv6.
    pub fn of_listener(at: IpAddr) -> Option<Self> {
        if at.is_unspecified() {
            return Some(Self::Private);
        }
        as_v4(at).filter(|ip| is_private(at) && !ip.is_loopback()).map(Self::Only)
    }

    fn holds(self, ip: Ipv4Addr) -> bool {
        match self {
            Self::Private => is_private(ip.into()) && !ip.is_loopback(),
            Self::Only(one) => is_private(ip.into()) && ip == one,
        }
    }
}

/// One private address that this machine has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateAddress {
    /// The interface, such as `wlan0`.
    pub interface: String,
    /// The interface's number; another one after it was unplugged and plugged in again.
    pub index: Option<u32>,
    /// The address.
    pub ip: Ipv4Addr,
    /// How many leading bits all machines on this network share.
    pub prefix_bits: u8,
}

impl PrivateAddress {
    /// The private address of an interface that is up; `None` if there is none within `reach`.
    pub fn of(interface: &Interface, reach: Reach) -> Option<Self> {
        let IfAddr::V4(v4) = &interface.addr else { return None };
        (reach.holds(v4.ip) && interface.is_oper_up()).then(|| Self {
            interface: interface.name.clone(),
            index: interface.index,
            ip: v4.ip,
            prefix_bits: v4.prefixlen.min(32),
        })
    }

    /// Whether `other` is a machine on the same network, or this one. The network's own address and
    /// its broadcast address are not.
    pub fn is_beside(&self, other: Ipv4Addr) -> bool {
        let host_mask = u32::MAX.checked_shr(self.prefix_bits.into()).unwrap_or(0);
        let host = other.to_bits() & host_mask;
        let is_same_network = (self.ip.to_bits() ^ other.to_bits()) & !host_mask == 0;
        let is_one_machine = host_mask <= 1 || (host != 0 && host != host_mask);
        is_private(other.into()) && is_same_network && is_one_machine
    }
}

/// The private addresses of this machine, at most [`limits::ADDRESSES_MAX`], in the order of the
/// operating system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivateAddresses(Vec<PrivateAddress>);

impl PrivateAddresses {
    /// What this machine has at this moment.
    pub fn now(reach: Reach) -> io::Result<Self> {
        let interfaces = if_addrs::get_if_addrs()?;
        Ok(interfaces.iter().filter_map(|one| PrivateAddress::of(one, reach)).collect())
    }

    /// Whether this machine is on no private network.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each address.
    pub fn iter(&self) -> impl Iterator<Item = &PrivateAddress> {
        self.0.iter()
    }

    /// The address on the smallest network on which `other` is; `None` if `other` is on none of
    /// them.
    pub fn beside(&self, other: IpAddr) -> Option<&PrivateAddress> {
        let other = as_v4(other)?;
        self.iter().filter(|one| one.is_beside(other)).max_by_key(|one| one.prefix_bits)
    }
}

impl FromIterator<PrivateAddress> for PrivateAddresses {
    fn from_iter<T: IntoIterator<Item = PrivateAddress>>(addresses: T) -> Self {
        Self(addresses.into_iter().take(limits::ADDRESSES_MAX).collect())
    }
}

/// The private addresses of this machine, now and after each change; looked at every
/// [`limits::ADDRESSES_PAUSE`].
///
/// Ends by itself when nobody listens any more. Call it inside a tokio runtime.
pub fn watch(reach: Reach) -> watch::Receiver<PrivateAddresses> {
    watch_by(move || PrivateAddresses::now(reach), limits::ADDRESSES_PAUSE)
}

fn watch_by<L>(list: L, pause: Duration) -> watch::Receiver<PrivateAddresses>
where
    L: Fn() -> io::Result<PrivateAddresses> + Clone + Send + 'static,
{
    let (sender, receiver) = watch::channel(list().unwrap_or_default());
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = sender.closed() => return,
                () = tokio::time::sleep(pause) => {}
            }
            match tokio::task::spawn_blocking(list.clone()).await {
                Ok(Ok(seen)) => publish(&sender, seen),
                Ok(Err(error)) => debug!(%error, "cannot list the network interfaces"),
                Err(_) => return,
            }
        }
    });
    receiver
}

fn publish(sender: &watch::Sender<PrivateAddresses>, seen: PrivateAddresses) {
    let count = seen.0.len();
    let is_changed = sender.send_if_modified(|known| {
        let is_changed = *known != seen;
        *known = seen;
        is_changed
    });
    if is_changed {
        info!(addresses.count = count, "the private addresses of this machine changed");
    }
}

#[cfg(test)]
mod tests;
