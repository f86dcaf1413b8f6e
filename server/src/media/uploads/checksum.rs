//! Checksums of what one request carries.

use data_encoding::BASE64;
use sha1::Digest;

/// The names that are known, as tus lists them.
pub const ALGORITHMS: &str = "sha1,sha256,blake3";

/// A checksum that is being computed, and what it is to be.
#[derive(Debug)]
pub struct Checksum {
    computed: Computed,
    expected: Vec<u8>,
}

#[derive(Debug)]
enum Computed {
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
    Blake3(Box<blake3::Hasher>),
}

impl Checksum {
    /// Reads `algorithm base64`; `None` where either is not known.
    pub fn parse(text: &str) -> Option<Self> {
        let (algorithm, expected) = text.split_once(' ')?;
        let (computed, width) = match algorithm {
            "sha1" => (Computed::Sha1(sha1::Sha1::new()), 20),
            "sha256" => (Computed::Sha256(sha2::Sha256::new()), 32),
            "blake3" => (Computed::Blake3(Box::default()), 32),
            _ => return None,
        };
        let expected = BASE64.decode(expected.as_bytes()).ok()?;
        (expected.len() == width).then_some(Self { computed, expected })
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.computed {
            Computed::Sha1(hasher) => hasher.update(bytes),
            Computed::Sha256(hasher) => hasher.update(bytes),
            Computed::Blake3(hasher) => {
                hasher.update(bytes);
            }
        }
    }

    /// Whether all bytes together are what was expected.
    pub fn is_right(self) -> bool {
        let computed = match self.computed {
            Computed::Sha1(hasher) => hasher.finalize().to_vec(),
            Computed::Sha256(hasher) => hasher.finalize().to_vec(),
            Computed::Blake3(hasher) => hasher.finalize().as_bytes().to_vec(),
        };
        computed == self.expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_algorithm_knows_its_sum_and_no_other() {
        for (text, is_right) in [
            ("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=", true),
            ("sha256 LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", true),
            ("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ0A=", false),
        ] {
            let mut sum = Checksum::parse(text).unwrap();
            sum.update(b"hel");
            sum.update(b"lo");
            assert_eq!(sum.is_right(), is_right, "{text}");
        }
        let blake3 = BASE64.encode(blake3::hash(b"hello").as_bytes());
        let mut sum = Checksum::parse(&format!("blake3 {blake3}")).unwrap();
        sum.update(b"hello");
        assert!(sum.is_right());
    }

    #[test]
    fn what_is_no_checksum_is_not_read() {
        for text in ["", "sha1", "md5 XUFAKrxLKna5cZ2REBfFkg==", "sha1 ????", "sha256 qvTG"] {
            assert!(Checksum::parse(text).is_none(), "{text}");
        }
    }
}
