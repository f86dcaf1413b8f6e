//! A certificate that the operator brings, such as one of a town's own domain.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use rustls::{
    ServerConfig,
    pki_types::{
        CertificateDer, PrivateKeyDer, ServerName,
        pem::{self, PemObject},
    },
};
use webpki::EndEntityCert;

use super::{error::HttpsError, tls::server_config};

/// Where an operator keeps a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The chain as PEM, the laptop's own certificate first.
    pub certificate: PathBuf,
    /// Its key as PEM, without a password: PKCS #8, PKCS #1 or SEC 1.
    pub key: PathBuf,
}

/// A certificate with its key, read once.
#[derive(Debug)]
pub struct OperatorCertificate {
    leaf: CertificateDer<'static>,
    names: Vec<String>,
    config: Arc<ServerConfig>,
}

impl OperatorCertificate {
    /// Reads both files. Refuses a key that is not the certificate's; who signed it is not looked
    /// at.
    pub fn read(files: &CertificateFiles) -> Result<Self, HttpsError> {
        let chain = read_chain(&files.certificate)?;
        let key = read_key(&files.key)?;
        let no_certificate = || HttpsError::NoCertificate { file: files.certificate.clone() };
        let leaf = chain.first().ok_or_else(no_certificate)?.clone();
        let config = server_config(chain, key)?;
        let parsed = EndEntityCert::try_from(&leaf).map_err(|_| no_certificate())?;
        // A wildcard is no address that anyone could be told.
        let names = parsed.valid_dns_names().filter(|name| !name.contains('*'));
        Ok(Self { names: names.map(str::to_owned).collect(), leaf, config })
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn vouches_for(&self, ip: IpAddr) -> bool {
        EndEntityCert::try_from(&self.leaf).is_ok_and(|leaf| {
            leaf.verify_is_valid_for_subject_name(&ServerName::IpAddress(ip.into())).is_ok()
        })
    }

    pub(super) fn server_config(&self) -> Arc<ServerConfig> {
        self.config.clone()
    }
}

fn read_chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, HttpsError> {
    let unreadable = |source| HttpsError::Pem { file: file.to_owned(), source };
    CertificateDer::pem_file_iter(file)
        .map_err(unreadable)?
        .map(|one| one.map_err(unreadable))
        .collect()
}

fn read_key(file: &Path) -> Result<PrivateKeyDer<'static>, HttpsError> {
    PrivateKeyDer::from_pem_file(file).map_err(|source| match source {
        pem::Error::NoItemsFound => HttpsError::NoKey { file: file.to_owned() },
        source => HttpsError::Pem { file: file.to_owned(), source },
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rcgen::{CertificateParams, KeyPair, SanType};

    use super::*;

    /// A directory with a certificate for `laptop.example.org` and 10.0.0.5, and its key.
    fn files() -> (tempfile::TempDir, CertificateFiles) {
        let directory = tempfile::tempdir().unwrap();
        let key = KeyPair::generate().unwrap();
        let names = ["laptop.example.org", "*.example.org"].map(String::from);
        let mut params = CertificateParams::new(names).unwrap();
        params.subject_alt_names.push(SanType::IpAddress([10, 0, 0, 5].into()));
        let certificate = params.self_signed(&key).unwrap().pem();
        let files = CertificateFiles {
            certificate: directory.path().join("chain.pem"),
            key: directory.path().join("key.pem"),
        };
        fs::write(&files.certificate, certificate).unwrap();
        fs::write(&files.key, key.serialize_pem()).unwrap();
        (directory, files)
    }

    #[test]
    fn its_names_and_addresses_are_those_that_it_vouches_for() {
        let (_directory, files) = files();
        let operator = OperatorCertificate::read(&files).unwrap();
        assert_eq!(operator.names(), ["laptop.example.org"]);
        assert!(operator.vouches_for([10, 0, 0, 5].into()));
        assert!(!operator.vouches_for([10, 0, 0, 6].into()));
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_file_and_reason() {
        let (directory, files) = files();
        let other = directory.path().join("other.pem");
        fs::write(&other, KeyPair::generate().unwrap().serialize_pem()).unwrap();
        let text = directory.path().join("notes.txt");
        fs::write(&text, "no PEM").unwrap();
        let absent = directory.path().join("absent.pem");
        let told = |certificate: &Path, key: &Path| {
            let files =
                CertificateFiles { certificate: certificate.to_owned(), key: key.to_owned() };
            OperatorCertificate::read(&files).unwrap_err().to_string()
        };
        let (certificate, key) = (&files.certificate, &files.key);
        assert!(told(key, key).contains("no certificate in"));
        assert!(told(&text, key).contains("notes.txt"));
        assert!(told(certificate, certificate).contains("no private key in"));
        assert!(told(certificate, &text).contains("notes.txt"));
        assert!(told(&absent, key).contains("absent.pem cannot be read"));
        assert_eq!(told(certificate, &other), "the certificate cannot be used");
    }
}
