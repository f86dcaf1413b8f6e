//! Certificates of this laptop: its own authority, and a leaf for the addresses that it has now; or
//! an operator's.
//!
//! The authority is made once and kept, since phones are told to trust it. The leaf is made at each
//! start, and again when the addresses of this machine change; both are valid whatever a clock
//! says. Keys are files that only this user can read. It refuses to vouch for anything outside of
//! private networks: phones enforce the name constraints of the authority.

mod authority;
mod credentials;
mod error;
mod leaf;
mod operator;
mod presented;
mod tls;
mod validity;

pub use authority::{Authority, PublicAuthority};
pub use credentials::Credentials;
pub use error::HttpsError;
pub use operator::{CertificateFiles, OperatorCertificate};
pub use presented::Presented;
