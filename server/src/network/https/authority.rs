//! The authority that phones are told to trust.

use std::{
    io::{self, Read},
    path::Path,
};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, GeneralSubtree, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, NameConstraints,
};
use rustls::pki_types::{CertificateDer, pem::PemObject};

use super::{error::HttpsError, validity};
use crate::system::private_file;

const CERTIFICATE: &str = "authority.pem";
const KEY: &str = "authority-key.pem";

/// The laptop's own certificate authority.
#[derive(Debug)]
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pem: String,
}

/// What everyone may have of an authority.
#[derive(Clone, Debug)]
pub struct PublicAuthority {
    /// The certificate as PEM.
    pub pem: String,
    /// The same as DER.
    pub der: Vec<u8>,
}

impl Authority {
    /// Reads the authority kept in `directory`, or makes one and keeps it.
    pub fn load_or_make(directory: &Path) -> Result<Self, HttpsError> {
        let kept = (read(directory, CERTIFICATE)?, read(directory, KEY)?);
        let (pem, key) = match kept {
            (Some(pem), Some(key)) => (pem, KeyPair::from_pem(&key)?),
            _ => make(directory)?,
        };
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|error| {
            let source = io::Error::new(io::ErrorKind::InvalidData, error.to_string());
            HttpsError::File { file: CERTIFICATE, source }
        })?;
        let issuer = Issuer::from_ca_cert_der(&certificate, key)?;
        Ok(Self { issuer, certificate, pem })
    }

    /// The certificate, to be installed on phones.
    pub fn public(&self) -> PublicAuthority {
        PublicAuthority { pem: self.pem.clone(), der: self.certificate.to_vec() }
    }

    pub(super) fn certificate(&self) -> CertificateDer<'static> {
        self.certificate.clone()
    }

    pub(super) fn issuer(&self) -> &Issuer<'static, KeyPair> {
        &self.issuer
    }
}

fn make(directory: &Path) -> Result<(String, KeyPair), HttpsError> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Chasqui");
    validity::set(&mut params);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints =
        Some(NameConstraints { permitted_subtrees: permitted(), excluded_subtrees: Vec::new() });
    let pem = params.self_signed(&key)?.pem();
    write(directory, KEY, &key.serialize_pem())?;
    write(directory, CERTIFICATE, &pem)?;
    Ok((pem, key))
}

/// Private networks and the names used in them, so that it can never stand in for a bank.
fn permitted() -> Vec<GeneralSubtree> {
    let v4 =
        |address, prefix| GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix(address, prefix));
    let v6 = |first: u16, prefix| {
        let mut address = [0; 16];
        address[..2].copy_from_slice(&first.to_be_bytes());
        GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix(address, prefix))
    };
    let mut loopback = [0; 16];
    loopback[15] = 1;
    let mut permitted: Vec<_> = ["localhost", "local", "lan", "internal", "home.arpa"]
        .into_iter()
        .map(|name| GeneralSubtree::DnsName(name.into()))
        .collect();
    permitted.extend([
        v4([10, 0, 0, 0], 8),
        v4([172, 16, 0, 0], 12),
        v4([192, 168, 0, 0], 16),
        v4([169, 254, 0, 0], 16),
        v4([127, 0, 0, 0], 8),
        v6(0xfc00, 7),
        GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix(loopback, 128)),
    ]);
    permitted
}

fn read(directory: &Path, file: &'static str) -> Result<Option<String>, HttpsError> {
    let mut text = String::new();
    match std::fs::File::open(directory.join(file)) {
        Ok(mut opened) => match opened.read_to_string(&mut text) {
            Ok(_) => Ok(Some(text)),
            Err(source) => Err(HttpsError::File { file, source }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(HttpsError::File { file, source }),
    }
}

/// Writes a file whole, readable by this user alone.
fn write(directory: &Path, file: &'static str, text: &str) -> Result<(), HttpsError> {
    let written = private_file::write(&directory.join(file), text.as_bytes());
    written.map_err(|source| HttpsError::File { file, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_is_made_once_and_its_key_is_for_this_user_alone() {
        let directory = tempfile::tempdir().unwrap();
        let first = Authority::load_or_make(directory.path()).unwrap();
        let again = Authority::load_or_make(directory.path()).unwrap();
        assert_eq!(first.certificate, again.certificate);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = directory.path().join(KEY).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
