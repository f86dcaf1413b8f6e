//! Which addresses a phone may try, and in which order.

use chasqui_shared::DeviceId;

use crate::limits;

/// The origin that a link leads to: `https://10.42.0.1:8443` of `https://10.42.0.1:8443/#pair=…`.
///
/// `None` unless it is an https address as [`is_usable`] has it.
pub fn origin_of(link: &str) -> Option<String> {
    let rest = link.strip_prefix("https://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let origin = format!("https://{}", &rest[..end]);
    is_usable(&origin).then_some(origin)
}

/// Whether this is an https origin: scheme, host and perhaps a port, within
/// [`limits::ADDRESS_BYTES_MAX`].
///
/// What a laptop says about itself is not simply fetched: neither a path nor a name and password
/// may ride along, and plain http would show the token to everybody on the wifi.
pub fn is_usable(address: &str) -> bool {
    let Some(authority) = address.strip_prefix("https://") else { return false };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    address.len() <= limits::ADDRESS_BYTES_MAX
        && authority.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        && authority.bytes().all(plain)
}

/// An address where a laptop is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// The base address.
    pub base: String,
    /// Whether nothing but a habit of laptops speaks for it: it leads wherever the network of the
    /// moment has it lead.
    pub guessed: bool,
}

/// Where a laptop is looked for, known addresses before guesses: each once, at most
/// [`limits::TRIED_MAX`] of them.
pub fn ladder(
    known: impl IntoIterator<Item = String>,
    guessed: impl IntoIterator<Item = String>,
) -> Vec<Rung> {
    let known = distinct(known, limits::TRIED_MAX);
    let known_count = known.len();
    let all = distinct(known.into_iter().chain(guessed), limits::TRIED_MAX);
    let rung = |(place, base)| Rung { base, guessed: place >= known_count };
    all.into_iter().enumerate().map(rung).collect()
}

/// Where a laptop answers by name, at the port of the first https one of its other addresses; the
/// name is that of `server/src/network/discovery/mdns.rs`. `None` if it has no https address.
pub fn local_name(laptop: DeviceId, addresses: &[String]) -> Option<String> {
    at_same_port(&format!("chasqui-{:02x}{:02x}.local", laptop.0[0], laptop.0[1]), addresses)
}

/// Where a laptop is that lends its own wifi: its address in the networks that Windows,
/// NetworkManager, Wi-Fi Direct and Android make for that. At the port of the first https one of
/// its other addresses; empty if it has no https address.
pub fn gateways(addresses: &[String]) -> Vec<String> {
    let hosts = ["192.168.137.1", "10.42.0.1", "192.168.49.1", "192.168.43.1"];
    hosts.iter().filter_map(|host| at_same_port(host, addresses)).collect()
}

fn at_same_port(host: &str, addresses: &[String]) -> Option<String> {
    let other = addresses.iter().find(|address| is_usable(address))?;
    let port = other.rsplit_once(':').map(|(_, port)| port);
    let port = port.filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    Some(port.map_or(format!("https://{host}"), |port| format!("https://{host}:{port}")))
}

/// The first of each address, at most `count_max` of them.
pub fn distinct(addresses: impl IntoIterator<Item = String>, count_max: usize) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for address in addresses {
        if kept.len() < count_max && !kept.contains(&address) {
            kept.push(address);
        }
    }
    kept
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_its_origin_and_to_nothing_else() {
        let link = "https://10.42.0.1:8443/#pair=ABCD-EFGH";
        assert_eq!(origin_of(link).as_deref(), Some("https://10.42.0.1:8443"));
        assert_eq!(
            origin_of("https://[fe80::1]:8443?x").as_deref(),
            Some("https://[fe80::1]:8443")
        );
        for wrong in ["", "#pair=A", "http://10.0.0.1/", "https://", "https:///x", "https://a@b/"] {
            assert_eq!(origin_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_has_a_longest_length() {
        let of = |length: usize| format!("https://{}", "a".repeat(length - "https://".len()));
        assert!(is_usable(&of(limits::ADDRESS_BYTES_MAX)));
        assert!(!is_usable(&of(limits::ADDRESS_BYTES_MAX + 1)));
    }

    #[test]
    fn the_local_name_has_the_port_of_the_other_addresses() {
        let laptop = DeviceId([0x3f; 32]);
        let name = |addresses: &[&str]| {
            let addresses: Vec<_> = addresses.iter().map(|&address| address.to_owned()).collect();
            local_name(laptop, &addresses)
        };
        let at_port = Some("https://chasqui-3f3f.local:8443".to_owned());
        assert_eq!(name(&["http://10.0.0.1:8080", "https://10.0.0.1:8443"]), at_port);
        assert_eq!(name(&["https://[fe80::1]:8443"]), at_port);
        assert_eq!(name(&["https://laptop"]), Some("https://chasqui-3f3f.local".to_owned()));
        assert_eq!(name(&["http://127.0.0.1:8080"]), None);
    }

    #[test]
    fn guesses_have_the_port_of_the_other_addresses_and_need_one_that_is_https() {
        let at = |address: &str| gateways(&[address.to_owned()]);
        assert_eq!(at("https://10.0.0.1:9443").len(), 4);
        assert!(at("https://10.0.0.1:9443").iter().all(|guess| guess.ends_with(".1:9443")));
        assert!(at("https://laptop").iter().all(|guess| guess.ends_with(".1")));
        assert_eq!(at("http://127.0.0.1:8080"), [""; 0]);
    }

    #[test]
    fn guesses_come_last_and_only_as_long_as_there_is_room() {
        let known = |count: usize| (0..count).map(|n| format!("https://10.0.0.{n}"));
        let guess = || ["https://10.0.0.0", "https://10.42.0.1"].map(str::to_owned);
        let last = |count: usize| ladder(known(count), guess()).pop().unwrap();
        let room = limits::TRIED_MAX - 1;
        assert_eq!(last(room), Rung { base: "https://10.42.0.1".into(), guessed: true });
        assert!(!last(limits::TRIED_MAX).guessed);
        assert_eq!(ladder(known(room), guess()).len(), limits::TRIED_MAX);
        assert_eq!(ladder(known(limits::TRIED_MAX), guess()).len(), limits::TRIED_MAX);
        assert!(!ladder(known(1), guess())[0].guessed, "what is known is no guess");
    }

    #[test]
    fn each_address_is_kept_once_and_only_so_many() {
        let addresses = ["a", "b", "a", "c", "d"].map(str::to_owned);
        assert_eq!(distinct(addresses.clone(), 3), ["a", "b", "c"]);
        assert_eq!(distinct(addresses, 9), ["a", "b", "c", "d"]);
    }
}
