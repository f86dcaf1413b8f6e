//! Why there is no https.

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
