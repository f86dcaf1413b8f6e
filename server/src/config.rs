//! What a run of the server needs to know.

use std::{net::SocketAddr, path::PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

/// Where to keep data and where to listen.
#[derive(Clone, Debug)]
pub struct Config {
    /// The one directory that everything is kept in.
    pub data: PathBuf,
    /// Pages and API without encryption. A phone's browser installs the app from here only on this machine itself.
    pub http: SocketAddr,
    /// Pages and API with this laptop's own certificate.
    pub https: Option<SocketAddr>,
    /// Names under which this laptop answers besides its addresses, `localhost` and its `.local` name.
    pub hosts: Vec<String>,
}

/// The platform's place for this program's data; `None` where there is no home directory.
pub fn default_data_directory() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|strategy| strategy.data_dir().join("chasqui"))
}
