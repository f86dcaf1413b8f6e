//! Certificates of this laptop: its own authority, and a leaf for the addresses that it has now.
//!
//! The authority is made once and kept, since phones are told to trust it. The leaf is made at each start. Keys are
//! files that only this user can read. It refuses to vouch for anything outside of private networks: phones enforce
//! the name constraints of the authority.

mod addresses;
mod authority;
mod leaf;

use std::{path::Path, sync::Arc};

use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

pub use addresses::private_addresses;
pub use authority::Authority;

/// Why there is no https.
#[derive(Debug, thiserror::Error)]
pub enum HttpsError {
    /// A file of the data directory cannot be read or written.
    #[error("{file} cannot be read or written")]
    File {
        /// Its name.
        file: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A certificate cannot be made or read.
    #[error("a certificate cannot be made or read")]
    Certificate(#[from] rcgen::Error),
    /// The certificate and its key are refused by the TLS library.
    #[error("the certificate cannot be used")]
    Tls(#[from] rustls::Error),
}

/// What a TLS listener presents: a leaf for this machine's addresses, signed by the authority in `directory`.
pub fn server_config(directory: &Path) -> Result<Arc<ServerConfig>, HttpsError> {
    let authority = Authority::load_or_make(directory)?;
    let leaf = leaf::issue(&authority, &private_addresses())?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf.key_der));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.certificate, authority.certificate()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
