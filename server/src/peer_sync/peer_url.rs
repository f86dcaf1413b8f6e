//! Where another laptop is. Never somewhere on the internet: what a manager types must not make
//! this laptop speak to strangers.

use std::{fmt, net::IpAddr};

use chasqui_shared::{Code, Failure};
use ureq::http::Uri;

use crate::network::private::is_private;

/// The base address of another laptop's API, such as `https://10.42.0.1:8443`.
///
/// Http or https; the host is `localhost`, a `.local` name, or an address that cannot be one of the
/// internet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PeerUrl(String);

impl PeerUrl {
    /// Reads what a person typed. A path, a query, a user or a host of the internet is refused with
    /// `url_refused`.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let refused = |reason: &str| Err(Failure::new(Code::UrlRefused, reason));
        let Ok(uri) = text.trim().parse::<Uri>() else {
            return refused("this is no address; write it like https://10.0.0.5:8443");
        };
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return refused("the address must begin with http:// or https://");
        };
        if scheme != "http" && scheme != "https" {
            return refused("the address must begin with http:// or https://");
        }
        if authority.as_str().contains('@') || !matches!(uri.path(), "" | "/") {
            return refused("the address must end after the port");
        }
        if uri.query().is_some() || text.contains('#') {
            return refused("the address must end after the port");
        }
        if !is_near(authority.host()) {
            return refused(
                "laptops are only met on this network: a private address or a .local name",
            );
        }
        Ok(Self(format!("{scheme}://{}", authority.as_str().to_ascii_lowercase())))
    }

    /// Whether certificates are checked on the way.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// The address of a path of the API.
    pub fn api(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.0)
    }
}

impl fmt::Display for PeerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_near(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    match host.parse::<IpAddr>() {
        Ok(ip) => is_private(ip),
        Err(_) => host == "localhost" || host.strip_suffix(".local").is_some_and(is_name),
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_network_are_taken_as_they_are_meant() {
        for (typed, read) in [
            ("http://10.0.0.5:8080", "http://10.0.0.5:8080"),
            (" https://192.168.1.7:8443/ ", "https://192.168.1.7:8443"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("https://Chasqui-3f.local:8443", "https://chasqui-3f.local:8443"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://[fd00::5]:8080", "http://[fd00::5]:8080"),
            ("http://169.254.3.4", "http://169.254.3.4"),
        ] {
            assert_eq!(PeerUrl::parse(typed).unwrap().to_string(), read);
        }
        let url = PeerUrl::parse("http://10.0.0.5:8080/").unwrap();
        assert_eq!(url.api("hello"), "http://10.0.0.5:8080/api/v1/hello");
    }

    #[test]
    fn the_internet_and_everything_but_a_base_address_are_refused() {
        for typed in [
            "",
            "10.0.0.5:8080",
            "ftp://10.0.0.5",
            "http://8.8.8.8",
            "http://example.org",
            "http://local",
            "http://.local",
            "http://10.0.0.5.example.org",
            "http://[2001:db8::1]",
            "http://[::ffff:8.8.8.8]",
            "http://172.32.0.1",
            "http://0.0.0.0:8080",
            "http://169.254.3.4/latest/meta-data",
            "http://10.0.0.5/?a=b",
            "http://10.0.0.5/#a",
            "http://user@10.0.0.5",
            "http://8.8.8.8@10.0.0.5",
        ] {
            let failure = PeerUrl::parse(typed).expect_err(typed);
            assert_eq!((&failure.code, failure.retryable), (&Code::UrlRefused, false));
        }
    }
}
