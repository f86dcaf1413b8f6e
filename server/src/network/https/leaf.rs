//! The certificate that a listener presents.

use std::net::IpAddr;

use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, SanType,
};
use rustls::pki_types::CertificateDer;

use super::{authority::Authority, error::HttpsError, validity};

/// A certificate with its key.
pub(super) struct Leaf {
    pub certificate: CertificateDer<'static>,
    /// PKCS #8.
    pub key_der: Vec<u8>,
}

/// A certificate for `localhost`, the `.local` name of this laptop, and these addresses.
pub(super) fn issue(
    authority: &Authority,
    host_name: &str,
    addresses: &[IpAddr],
) -> Result<Leaf, HttpsError> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(["localhost", host_name].map(String::from))?;
    params.subject_alt_names.extend(addresses.iter().copied().map(SanType::IpAddress));
    params.distinguished_name.push(DnType::CommonName, "Chasqui laptop");
    validity::set(&mut params);
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let certificate = params.signed_by(&key, authority.issuer())?;
    Ok(Leaf { certificate: certificate.der().clone(), key_der: key.serialize_der() })
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::{ServerName, UnixTime};
    use webpki::{
        EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert, ring::ECDSA_P256_SHA256,
    };

    use super::*;

    /// What a phone that trusts the authority says of a leaf for this name and address.
    fn judged(name: &str, ip: &str, asked: &str) -> Result<(), Error> {
        judged_at(UnixTime::now(), name, ip, asked)
    }

    /// The same of a phone whose clock says `now`.
    fn judged_at(now: UnixTime, name: &str, ip: &str, asked: &str) -> Result<(), Error> {
        let directory = tempfile::tempdir().unwrap();
        let authority = Authority::load_or_make(directory.path()).unwrap();
        let leaf = issue(&authority, name, &[ip.parse().unwrap()]).unwrap();
        let authority = authority.certificate();
        let anchors = [anchor_from_trusted_cert(&authority).unwrap()];
        let leaf = EndEntityCert::try_from(&leaf.certificate).unwrap();
        let algorithms = &[ECDSA_P256_SHA256];
        let usage = KeyUsage::server_auth();
        leaf.verify_for_usage(algorithms, &anchors, &[], now, usage, None, None)?;
        leaf.verify_is_valid_for_subject_name(&ServerName::try_from(asked).unwrap())
    }

    #[test]
    fn a_laptop_is_believed_under_its_local_name_and_its_addresses() {
        for asked in ["chasqui-3f3f.local", "localhost", "10.42.0.1"] {
            assert!(judged("chasqui-3f3f.local", "10.42.0.1", asked).is_ok(), "{asked}");
        }
        assert!(judged("chasqui-3f3f.local", "10.42.0.1", "10.42.0.2").is_err());
    }

    /// A laptop whose battery died starts in 2012, phones are years off in both directions: https
    /// is believed whatever either clock says. Neither certificate asks a clock, so the laptop's
    /// own does not matter here.
    #[test]
    fn https_is_believed_whatever_the_clock_of_a_phone_says() {
        for year in [1970, 1980, 2000, 2002, 2012, 2015, 2025, 2026, 2028, 2040, 2051, 2099] {
            let since = rcgen::date_time_ymd(year, 6, 1).unix_timestamp();
            let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(since as u64));
            let judged = judged_at(now, "chasqui-3f3f.local", "10.42.0.1", "10.42.0.1");
            assert!(judged.is_ok(), "{year}: {judged:?}");
        }
    }

    #[test]
    fn the_authority_cannot_stand_in_for_anyone_on_the_internet() {
        for (name, ip) in [
            ("example.com", "10.42.0.1"),
            ("local.example.com", "10.42.0.1"),
            ("chasqui-3f3f.local", "8.8.8.8"),
            ("chasqui-3f3f.local", "2001:db8::1"),
        ] {
            let judged = judged(name, ip, "localhost");
            assert!(matches!(judged, Err(Error::NameConstraintViolation)), "{name} {ip}");
        }
    }
}
