//! What a search has found: one line a laptop, whatever ways its answers took.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chasqui_shared::{DeviceId, ProjectId};
use serde::Serialize;

use super::{addresses::PrivateAddresses, announcement::Answer, base_address::BaseAddress, limits};

/// How an answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By a datagram from the announcement's port.
    Announcement,
    /// By mDNS.
    Mdns,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Announcement => "announcement",
            Self::Mdns => "mDNS",
        })
    }
}

/// One laptop that says it is here. Nothing of it is proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// What it holds.
    pub project: ProjectId,
    /// Which laptop it is.
    pub device: DeviceId,
    /// What people call it, fit for a terminal.
    pub name: String,
    /// Where to try, those on a network of this machine first. At most [`limits::URLS_MAX`].
    pub urls: Vec<BaseAddress>,
    /// How it was heard.
    pub ways: BTreeSet<Way>,
}

impl From<Answer> for Found {
    fn from(Answer { project, device, name, urls, .. }: Answer) -> Self {
        Self { project, device, name, urls, ways: [Way::Announcement].into() }
    }
}

/// The laptops heard so far, one entry a device, at most [`limits::FOUND_MAX`].
#[derive(Debug, Default)]
pub(super) struct Gathered(BTreeMap<DeviceId, Found>);

impl Gathered {
    /// Adds an answer to what is known of its device. One more device than the limit is passed
    /// over.
    pub(super) fn add(&mut self, heard: Found) {
        if let Some(known) = self.0.get_mut(&heard.device) {
            for url in heard.urls {
                if known.urls.len() < limits::URLS_MAX && !known.urls.contains(&url) {
                    known.urls.push(url);
                }
            }
            known.ways.extend(heard.ways);
        } else if self.0.len() < limits::FOUND_MAX {
            self.0.insert(heard.device, heard);
        }
    }

    /// All of them by device, the addresses beside one of this machine's own first.
    pub(super) fn list(&self, own: &PrivateAddresses) -> Vec<Found> {
        let mut list: Vec<_> = self.0.values().cloned().collect();
        for found in &mut list {
            found.urls.sort_by_key(|url| own.beside(url.ip().into()).is_none());
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::{super::addresses::PrivateAddress, *};

    fn heard(device: u8, last: &[u8], way: Way) -> Found {
        let url = |n: &u8| BaseAddress::new(Ipv4Addr::new(10, *n, 0, 1), 8443).unwrap();
        Found {
            project: ProjectId([1; 16]),
            device: DeviceId([device; 32]),
            name: "Office".into(),
            urls: last.iter().map(url).collect(),
            ways: [way].into(),
        }
    }

    #[test]
    fn one_laptop_heard_twice_is_one_line_with_all_its_addresses() {
        let mut gathered = Gathered::default();
        gathered.add(heard(1, &[1, 2], Way::Announcement));
        gathered.add(heard(1, &[2, 3], Way::Mdns));
        gathered.add(heard(2, &[4], Way::Mdns));
        let list = gathered.list(&PrivateAddresses::default());
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].urls, heard(1, &[1, 2, 3], Way::Mdns).urls);
        assert_eq!(list[0].ways, [Way::Announcement, Way::Mdns].into());
    }

    #[test]
    fn addresses_on_a_network_of_ours_come_first() {
        let own = PrivateAddress {
            interface: "wlan0".into(),
            index: None,
            ip: Ipv4Addr::new(10, 3, 0, 9),
            prefix_bits: 24,
        };
        let mut gathered = Gathered::default();
        gathered.add(heard(1, &[1, 2, 3], Way::Mdns));
        let list = gathered.list(&[own].into_iter().collect());
        assert_eq!(list[0].urls, heard(1, &[3, 1, 2], Way::Mdns).urls);
    }

    #[test]
    fn a_liar_fills_no_more_than_the_limits() {
        let mut gathered = Gathered::default();
        for device in 0..=255 {
            gathered.add(heard(device, &[1], Way::Announcement));
            gathered.add(heard(0, &[device], Way::Announcement));
        }
        let list = gathered.list(&PrivateAddresses::default());
        assert_eq!(list.len(), limits::FOUND_MAX);
        assert_eq!(list[0].urls.len(), limits::URLS_MAX);
        assert_eq!(list[1].urls.len(), 1);
    }

    #[test]
    fn json_is_plain_text_and_hex() {
        let json = serde_json::to_value(heard(1, &[1], Way::Mdns)).unwrap();
        assert_eq!(json["urls"][0], "https://10.1.0.1:8443");
        assert_eq!(json["ways"][0], "mdns");
        assert_eq!(json["device"], "01".repeat(32));
    }
}
