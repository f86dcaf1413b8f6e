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

/// Whether this is an https origin: scheme, host and perhaps a port, within [`limits::ADDRESS_BYTES_MAX`].
///
/// What a laptop says about itself is not simply fetched: neither a path nor a name and password may ride along, and
/// plain http would show the token to everybody on the wifi.
pub fn is_usable(address: &str) -> bool {
    let Some(authority) = address.strip_prefix("https://") else { return false };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    address.len() <= limits::ADDRESS_BYTES_MAX
        && authority.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        && authority.bytes().all(plain)
}

/// Where a laptop answers by name, at the port of the first https one of its other addresses; the name is that of
/// `server/src/discovery/mdns.rs`. `None` if it has no https address.
pub fn local_name(laptop: DeviceId, addresses: &[String]) -> Option<String> {
    let other = addresses.iter().find(|address| is_usable(address))?;
    let port = other.rsplit_once(':').map(|(_, port)| port);
    let port = port.filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = format!("https://chasqui-{:02x}{:02x}.local", laptop.0[0], laptop.0[1]);
    Some(port.map_or(name.clone(), |port| format!("{name}:{port}")))
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
    fn each_address_is_kept_once_and_only_so_many() {
        let addresses = ["a", "b", "a", "c", "d"].map(str::to_owned);
        assert_eq!(distinct(addresses.clone(), 3), ["a", "b", "c"]);
        assert_eq!(distinct(addresses, 9), ["a", "b", "c", "d"]);
    }
}
