//! Who vouches for this laptop.

use std::{net::IpAddr, path::Path, sync::Arc};

use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};

use super::{HttpsError, authority::Authority, leaf, operator::OperatorCertificate};

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

/// A configuration that presents a chain, and speaks HTTP/2 and HTTP/1.1.
pub(super) fn server_config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
