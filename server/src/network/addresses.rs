//! The base addresses under which phones and other laptops reach this one, as they come and go.

use std::{net::SocketAddr, sync::Arc};

use tokio::sync::watch;

use super::{discovery::PrivateAddresses, https::Credentials, reached::reached};

/// Base addresses, best first: https before http, this machine alone last. A live value: a clone
/// shows the same.
#[derive(Clone, Debug)]
pub struct Addresses(watch::Receiver<Arc<[String]>>);

impl Addresses {
    /// Those of this moment.
    pub fn now(&self) -> Arc<[String]> {
        self.0.borrow().clone()
    }

    /// Waits for another list than the one seen last, and returns it; for ever once the server has
    /// ended.
    pub async fn changed(&mut self) -> Arc<[String]> {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
        self.0.borrow_and_update().clone()
    }
}

impl From<watch::Receiver<Arc<[String]>>> for Addresses {
    fn from(lists: watch::Receiver<Arc<[String]>>) -> Self {
        Self(lists)
    }
}

/// A list that stays as it is.
impl From<Vec<String>> for Addresses {
    fn from(list: Vec<String>) -> Self {
        Self(watch::channel(list.into()).1)
    }
}

/// The addresses of a laptop that listens at `http` and `https`, on a machine that has `machine`.
///
/// An operator's certificate limits https to the names and addresses in it, its names first.
pub fn list(
    http: SocketAddr,
    https: Option<(SocketAddr, &Credentials)>,
    machine: &PrivateAddresses,
) -> Arc<[String]> {
    let https = https.into_iter().flat_map(|(at, credentials)| {
        let names = credentials.operator_names();
        let names = names.iter().map(move |name| format!("https://{name}:{}", at.port()));
        let ips = reached(at.ip(), machine).into_iter().filter(|ip| credentials.vouch_for(*ip));
        names.chain(ips.map(move |ip| format!("https://{}", SocketAddr::new(ip, at.port()))))
    });
    let ips = reached(http.ip(), machine);
    let http = ips.into_iter().map(|ip| format!("http://{}", SocketAddr::new(ip, http.port())));
    https.chain(http).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::discovery::PrivateAddress, *};

    fn machine(ips: &[[u8; 4]]) -> PrivateAddresses {
        let address = |ip: &[u8; 4]| PrivateAddress {
            interface: "wlan0".into(),
            index: None,
            ip: (*ip).into(),
            prefix_bits: 24,
        };
        ips.iter().map(address).collect()
    }

    #[test]
    fn a_listener_on_all_addresses_is_reached_under_each_and_this_machine_comes_last() {
        let machine = machine(&[[169, 254, 3, 4], [192, 168, 1, 7], [10, 42, 0, 1]]);
        let list = list(([0, 0, 0, 0], 8080).into(), None, &machine);
        assert_eq!(
            &*list,
            [
                "http://10.42.0.1:8080",
                "http://192.168.1.7:8080",
                "http://169.254.3.4:8080",
                "http://127.0.0.1:8080",
            ]
        );
    }

    #[test]
    fn a_listener_on_one_address_is_reached_under_that_alone() {
        let list = list(([127, 0, 0, 1], 80).into(), None, &machine(&[[10, 42, 0, 1]]));
        assert_eq!(&*list, ["http://127.0.0.1:80"]);
    }
}
