//! A laptop that let this phone in.

use chasqui_shared::{Charter, DeviceId, Role};
use serde::{Deserialize, Serialize};

use crate::{laptops::address, limits};

/// What a pairing left behind, one a laptop. Holds a secret: it is never logged or sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paired {
    /// The project that both belong to.
    pub charter: Charter,
    /// The laptop's key: nobody else is told anything.
    pub laptop: DeviceId,
    /// What people call the laptop.
    pub laptop_name: String,
    /// What this phone may do there.
    pub role: Role,
    /// Goes with every request.
    pub token: String,
    /// Who holds this phone.
    pub holder: String,
    /// Where the laptop was reached or said that it can be, at most [`limits::ADDRESSES_MAX`]; the
    /// page's own origin is not among them.
    pub addresses: Vec<String>,
}

impl Paired {
    /// The laptop answered at `base` and says that it also does at `told`. Says whether anything is
    /// new.
    pub fn reached(&mut self, base: &str, told: &[String], own_origins: &[String]) -> bool {
        let fits = |address: &&str| address::is_usable(address);
        let foreign = |address: &&str| !own_origins.iter().any(|own| own == *address);
        let here = Some(base).filter(|base| !told.iter().any(|address| address == base));
        let old = std::mem::take(&mut self.addresses);
        let all = here.into_iter().chain(told.iter().chain(&old).map(String::as_str));
        let all = all.filter(fits).filter(foreign).map(str::to_owned);
        self.addresses = address::distinct(all, limits::ADDRESSES_MAX);
        self.addresses != old
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use chasqui_shared::Epoch;

    use super::*;
    use crate::storage::row;

    fn paired() -> Paired {
        Paired {
            charter: Charter { founder: DeviceId([1; 32]), salt: Epoch([2; 16]) },
            laptop: DeviceId([1; 32]),
            laptop_name: "Nauta".into(),
            role: Role::Monitor,
            token: "ab".repeat(32),
            holder: "Rosa".into(),
            addresses: vec!["https://10.42.0.1:8443".into()],
        }
    }

    #[test]
    fn the_bytes_of_version_1_stay_as_they_are() {
        let hex: String = row::encode(&paired()).iter().map(|byte| format!("{byte:02x}")).collect();
        let text = |text: &str| {
            let bytes: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            match text.len() {
                length @ 0..24 => format!("{:02x}{bytes}", 0x60 + length),
                length => format!("78{length:02x}{bytes}"),
            }
        };
        let device = format!("5820{}", "01".repeat(32));
        let charter =
            ["a2".to_owned(), text("salt") + "50" + &"02".repeat(16), text("founder") + &device];
        let fields = [
            text("role") + &text("monitor"),
            text("token") + &text(&"ab".repeat(32)),
            text("holder") + &text("Rosa"),
            text("laptop") + &device,
            text("charter") + &charter.concat(),
            text("addresses") + "81" + &text("https://10.42.0.1:8443"),
            text("laptop_name") + &text("Nauta"),
        ];
        assert_eq!(hex, format!("01a7{}", fields.concat()));
    }

    #[test]
    fn old_addresses_stay_behind_new_ones_up_to_the_limit() {
        let mut paired = paired();
        let told: Vec<_> =
            (0..limits::ADDRESSES_MAX - 1).map(|n| format!("https://192.168.1.{n}:8443")).collect();
        assert!(paired.reached(&told[0], &told, &[]));
        assert_eq!(paired.addresses.len(), limits::ADDRESSES_MAX);
        assert_eq!(paired.addresses.last().unwrap(), "https://10.42.0.1:8443");
        assert!(!paired.reached(&told[0], &told, &[]), "nothing is new");
        assert!(paired.reached("https://172.16.0.1", &told, &[]));
        assert_eq!(paired.addresses.len(), limits::ADDRESSES_MAX);
        assert_eq!(paired.addresses[0], "https://172.16.0.1");
        assert!(!paired.addresses.contains(&"https://10.42.0.1:8443".to_owned()));
    }

    #[test]
    fn neither_plain_http_nor_the_own_origin_is_remembered() {
        let mut paired = paired();
        let told = ["http://10.0.0.9:8080", "https://own", "https://10.0.0.9:8443"];
        let told = told.map(str::to_owned);
        assert!(paired.reached("https://own", &told, &["https://own".to_owned()]));
        assert_eq!(paired.addresses, ["https://10.0.0.9:8443", "https://10.42.0.1:8443"]);
    }
}
