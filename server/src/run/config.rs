//! What a run of the server needs to know.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::{limits, network::https::CertificateFiles};

/// Where http listens if nothing is said: every phone on the wifi is told there how to get to
/// https.
pub const HTTP_DEFAULT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8080);
/// Where https listens if nothing is said.
pub const HTTPS_DEFAULT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8443);

/// Where to keep data and where to listen.
#[derive(Clone, Debug)]
pub struct Config {
    /// The one directory that everything is kept in.
    pub data: PathBuf,
    /// Pages and API without encryption for this machine itself; for others, how to get to https.
    pub http: SocketAddr,
    /// Pages and API with a certificate.
    pub https: Option<SocketAddr>,
    /// An operator's certificate for https, in place of this laptop's own.
    pub certificate: Option<CertificateFiles>,
    /// Names under which this laptop answers besides its addresses, `localhost` and its `.local`
    /// name.
    pub hosts: Vec<String>,
    /// Bytes of the disk that files from phones leave free.
    pub media_reserve_bytes: u64,
    /// Whether this laptop answers those who look for one.
    pub announcing: Announcing,
    /// Whether a new project begins where the database is missing or empty beside the keys or files
    /// of a laptop.
    pub begins_anew: bool,
}

impl Config {
    /// Serves http alone, and answers nobody who looks for a laptop.
    pub fn new(data: PathBuf, http: SocketAddr) -> Self {
        let (certificate, hosts) = (None, Vec::new());
        let (media_reserve_bytes, announcing) = (limits::DISK_RESERVE_BYTES, Announcing::Off);
        Self {
            data,
            http,
            https: None,
            certificate,
            hosts,
            media_reserve_bytes,
            announcing,
            begins_anew: false,
        }
    }
}

/// Whether a laptop lets itself be found, where its https is reached from other machines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Announcing {
    /// It stays silent.
    #[default]
    Off,
    /// By the announcement's port and by mDNS.
    On,
    /// As [`Self::On`], and by a plain `OHAI` on port 1337.
    OnWithOhai,
}

/// The platform's place for this program's data; `None` where there is no home directory.
pub fn default_data_directory() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|strategy| strategy.data_dir().join("chasqui"))
}
