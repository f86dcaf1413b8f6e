//! Certificates of this laptop: its own authority, and a leaf for the addresses that it has now; or an operator's.
//!
//! The authority is made once and kept, since phones are told to trust it. The leaf is made at each start, and again
//! when the addresses of this machine change; both are valid whatever a clock says. Keys are files that only this user can read. It refuses to vouch for
//! anything outside of private networks: phones enforce the name constraints of the authority.

mod authority;
mod credentials;
mod leaf;
mod operator;
mod presented;
mod validity;

pub use authority::{Authority, PublicAuthority};
pub use credentials::Credentials;
pub use operator::{CertificateFiles, OperatorCertificate};
pub use presented::Presented;

use std::path::PathBuf;

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
    /// An operator's file is not there, or is no PEM.
    #[error("{} cannot be read as PEM", file.display())]
    Pem {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: rustls::pki_types::pem::Error,
    },
    /// There is no certificate in an operator's file.
    #[error("there is no certificate in {}: it must hold the chain as PEM, the laptop's own first", file.display())]
    NoCertificate {
        /// The file.
        file: PathBuf,
    },
    /// There is no key in an operator's file.
    #[error("there is no private key in {}: it must hold one as PEM, without a password", file.display())]
    NoKey {
        /// The file.
        file: PathBuf,
    },
    /// The certificate and its key are refused by the TLS library.
    #[error("the certificate cannot be used")]
    Tls(#[from] rustls::Error),
}
