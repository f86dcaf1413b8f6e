//! `_chasqui._tcp.local.` and the `.local` name, by multicast DNS (RFC 6762, RFC 6763).
//!
//! `mdns-sd` runs it on a thread of its own and follows the addresses of this machine by itself;
//! only private ones are let through. A `.local` name is a convenience: not every Android resolves
//! it.

use chasqui_shared::{DeviceId, ProjectId};
use data_encoding::HEXLOWER;
use mdns_sd::{
    DaemonEvent, IfKind, IfPredicate, Receiver, ResolvedService, ServiceDaemon, ServiceEvent,
    ServiceInfo,
};
use tokio::time::timeout;
use tracing::{debug, warn};

use super::{
    addresses::{PrivateAddress, Reach},
    announcement::shown_name,
    base_address::{BaseAddress, as_v4},
    error::DiscoveryError,
    found::{Found, Way},
    laptop::Laptop,
    limits,
};

/// The kind of service under which laptops are found.
pub const SERVICE_TYPE: &str = "_chasqui._tcp.local.";

/// The `.local` name of a laptop, such as `chasqui-3fa9.local`: always the same for the same key.
///
/// Two laptops in 65,536 share one; then the later one is called otherwise by mDNS, and only its
/// addresses work.
pub fn host_name(device: DeviceId) -> String {
    format!("chasqui-{}.local", HEXLOWER.encode(&device.as_bytes()[..2]))
}

/// The daemon's thread, which ends with this value.
struct Daemon(ServiceDaemon);

impl Daemon {
    fn start(reach: Reach) -> Result<Self, DiscoveryError> {
        let daemon = Self(ServiceDaemon::new()?);
        let is_private = IfPredicate::new(move |one| PrivateAddress::of(one, reach).is_some());
        daemon.0.disable_interface(IfKind::All)?;
        daemon.0.enable_interface(IfKind::Predicate(is_private))?;
        Ok(daemon)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // The only failure is that it has ended already.
        let _ = self.0.shutdown();
    }
}

/// A laptop that answers to mDNS.
pub(super) struct Registered {
    daemon: Daemon,
    full_name: String,
    events: Receiver<DaemonEvent>,
}

impl Registered {
    pub(super) fn new(laptop: &Laptop, reach: Reach) -> Result<Self, DiscoveryError> {
        let daemon = Daemon::start(reach)?;
        let events = daemon.0.monitor()?;
        let service = service(laptop)?;
        let full_name = service.get_fullname().to_owned();
        daemon.0.register(service)?;
        Ok(Self { daemon, full_name, events })
    }

    /// Logs what a person may have to look at, for as long as there is something to hear.
    pub(super) async fn log_conflicts(&self) {
        while let Ok(event) = self.events.recv_async().await {
            match event {
                DaemonEvent::NameChange(change) => warn!(
                    name = change.new_name,
                    "another machine has this laptop's .local name: use its addresses"
                ),
                DaemonEvent::Error(error) => warn!(%error, "mDNS failed"),
                _ => {}
            }
        }
    }

    /// Tells the neighbours that this laptop leaves.
    pub(super) async fn withdraw(self) {
        let goodbye =
            async { self.daemon.0.unregister(&self.full_name).ok()?.recv_async().await.ok() };
        if timeout(limits::GOODBYE_TIME_MAX, goodbye).await.is_err() {
            debug!("no goodbye by mDNS in time");
        }
    }
}

/// The service and instance names are of the key, not of the name that people gave: two laptops may
/// share that.
fn service(laptop: &Laptop) -> Result<ServiceInfo, DiscoveryError> {
    let device = laptop.device.to_string();
    let name = shown_name(&laptop.name);
    let project = laptop.project.to_string();
    let text = [("chasqui", "1"), ("project", &project), ("device", &device), ("name", &name)];
    let instance = format!("chasqui-{}", &device[..8]);
    let host = format!("{}.", host_name(laptop.device));
    let service = ServiceInfo::new(SERVICE_TYPE, &instance, &host, "", laptop.port, &text[..])?;
    Ok(service.enable_addr_auto())
}

/// A search by mDNS, which ends with this value.
pub(super) struct Browsing {
    _daemon: Daemon,
    events: Receiver<ServiceEvent>,
}

impl Browsing {
    pub(super) fn new(reach: Reach) -> Result<Self, DiscoveryError> {
        let daemon = Daemon::start(reach)?;
        let events = daemon.0.browse(SERVICE_TYPE)?;
        Ok(Self { _daemon: daemon, events })
    }

    /// The next laptop that answers, or the same one with more addresses; `None` when the daemon
    /// has ended.
    pub(super) async fn next(&mut self) -> Option<Found> {
        loop {
            if let ServiceEvent::ServiceResolved(service) = self.events.recv_async().await.ok()?
                && let Some(found) = found(&service)
            {
                return Some(found);
            }
        }
    }
}

/// Reads a service from anyone; `None` if it is not one of ours or has no private address.
fn found(service: &ResolvedService) -> Option<Found> {
    let text = |key| service.get_property_val_str(key);
    if text("chasqui") != Some("1") {
        return None;
    }
    let ips = service.addresses.iter().map(|ip| ip.to_ip_addr()).filter_map(as_v4);
    let mut urls: Vec<_> = ips.filter_map(|ip| BaseAddress::new(ip, service.port)).collect();
    urls.sort_unstable();
    urls.truncate(limits::URLS_MAX);
    Some(Found {
        project: ProjectId::from_hex(text("project")?)?,
        device: DeviceId::from_hex(text("device")?)?,
        name: shown_name(text("name").unwrap_or_default()),
        urls,
        ways: [Way::Mdns].into(),
    })
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn laptop() -> Laptop {
        Laptop {
            project: ProjectId([1; 16]),
            device: DeviceId([0x3f; 32]),
            name: "Oficina\u{7} del río".into(),
            port: 8443,
        }
    }

    fn resolved(laptop: &Laptop, ips: &[&str]) -> ResolvedService {
        let mut service = service(laptop).unwrap().as_resolved_service();
        service.addresses = ips.iter().map(|ip| ip.parse::<IpAddr>().unwrap().into()).collect();
        service
    }

    #[test]
    fn what_is_registered_is_what_is_found() {
        let found = found(&resolved(&laptop(), &["192.168.1.9", "10.42.0.1"])).unwrap();
        assert_eq!((found.project, found.device), (laptop().project, laptop().device));
        assert_eq!(found.name, "Oficina del río");
        let urls: Vec<_> = found.urls.iter().map(ToString::to_string).collect();
        assert_eq!(urls, ["https://10.42.0.1:8443", "https://192.168.1.9:8443"]);
    }

    #[test]
    fn the_internet_and_ipv6_are_not_believed() {
        let found = found(&resolved(&laptop(), &["8.8.8.8", "fe80::1", "10.42.0.1"])).unwrap();
        assert_eq!(found.urls.len(), 1);
    }

    #[test]
    fn a_service_without_our_text_is_passed_over() {
        let info = |text: &[(&str, &str)]| {
            ServiceInfo::new(SERVICE_TYPE, "x", "x.local.", "10.0.0.1", 80, text)
                .unwrap()
                .as_resolved_service()
        };
        assert_eq!(found(&info(&[])), None);
        assert_eq!(found(&info(&[("chasqui", "1"), ("project", "00"), ("device", "")])), None);
    }

    #[test]
    fn the_local_name_comes_from_the_key() {
        assert_eq!(host_name(laptop().device), "chasqui-3f3f.local");
    }
}
