//! The certificate that a listener presents.

use std::net::IpAddr;

use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, SanType,
};
use rustls::pki_types::CertificateDer;
use time::{Duration, OffsetDateTime};

use super::{Authority, HttpsError};

/// A phone's clock may be this far behind.
const BACKDATED: Duration = Duration::days(400);
const LIFETIME: Duration = Duration::days(400);

/// A certificate with its key.
pub(super) struct Leaf {
    pub certificate: CertificateDer<'static>,
    /// PKCS #8.
    pub key_der: Vec<u8>,
}

/// A certificate for `localhost` and these addresses.
pub(super) fn issue(authority: &Authority, addresses: &[IpAddr]) -> Result<Leaf, HttpsError> {
    let key = KeyPair::generate()?;
    let now = OffsetDateTime::now_utc();
    let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
    params.subject_alt_names.extend(addresses.iter().copied().map(SanType::IpAddress));
    params.distinguished_name.push(DnType::CommonName, "Chasqui laptop");
    params.not_before = now - BACKDATED;
    params.not_after = now + LIFETIME;
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let certificate = params.signed_by(&key, authority.issuer())?;
    Ok(Leaf { certificate: certificate.der().clone(), key_der: key.serialize_der() })
}
