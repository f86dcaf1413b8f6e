//! Who vouches for this laptop.

use std::{net::IpAddr, path::Path, sync::Arc};

use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use super::{
    authority::Authority, error::HttpsError, leaf, operator::OperatorCertificate,
    tls::server_config,
};

/// Who vouches for this laptop.
#[derive(Debug)]
pub enum Credentials {
    /// Its own authority, for whatever private address it has.
    Own {
        /// Signs each leaf.
        authority: Box<Authority>,
        /// The `.local` name in each leaf.
        host_name: String,
    },
    /// Whoever gave the operator a certificate.
    Operator(OperatorCertificate),
}

impl Credentials {
    /// The authority kept in `directory`, made if it is not there.
    pub fn own(directory: &Path, host_name: String) -> Result<Self, HttpsError> {
        let authority = Box::new(Authority::load_or_make(directory)?);
        Ok(Self::Own { authority, host_name })
    }

    /// The names in an operator's certificate.
    pub fn operator_names(&self) -> &[String] {
        match self {
            Self::Own { .. } => &[],
            Self::Operator(certificate) => certificate.names(),
        }
    }

    /// Whether https under this address, if this machine has it, is believed.
    pub fn vouch_for(&self, ip: IpAddr) -> bool {
        match self {
            Self::Own { .. } => true,
            Self::Operator(certificate) => certificate.vouches_for(ip),
        }
    }

    /// What a listener presents under these addresses.
    pub(super) fn server_config(&self, ips: &[IpAddr]) -> Result<Arc<ServerConfig>, HttpsError> {
        let (authority, host_name) = match self {
            Self::Own { authority, host_name } => (authority, host_name),
            Self::Operator(certificate) => return Ok(certificate.server_config()),
        };
        let leaf = leaf::issue(authority, host_name, ips)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf.key_der));
        Ok(server_config(vec![leaf.certificate, authority.certificate()], key)?)
    }
}
