//! The key of the manager at this machine: a file that only this machine's user can read.

use std::{fs, io, path::Path};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::system::private_file;

const FILE_NAME: &str = "manager.key";
const BYTES: usize = 16;

/// 32 characters of hex. Without its file a new one is made at the next start, and the old one
/// opens nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagerKey(String);

impl ManagerKey {
    /// Reads the key from the data directory, or makes it. A file that holds something else is
    /// replaced.
    pub fn open(directory: &Path) -> io::Result<Self> {
        let path = directory.join(FILE_NAME);
        let held = match fs::read_to_string(&path) {
            Ok(held) => Some(held),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Some(String::new()),
            Err(error) => return Err(error),
        };
        match held.as_deref().map(str::trim) {
            Some(held) if is_key(held) => return Ok(Self(held.to_owned())),
            Some(_) => tracing::warn!("{FILE_NAME} holds no key; a new one takes its place"),
            None => {}
        }
        let made = Self::random()?;
        private_file::write(&path, format!("{}\n", made.0).as_bytes())?;
        Ok(made)
    }

    /// A key that is in no file.
    pub fn random() -> io::Result<Self> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(Self(HEXLOWER.encode(&bytes)))
    }

    /// The key, for those who may know it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares in constant time.
    pub(super) fn is(&self, offered: &str) -> bool {
        self.0.as_bytes().ct_eq(offered.as_bytes()).into()
    }
}

fn is_key(text: &str) -> bool {
    text.len() == 2 * BYTES && HEXLOWER.decode(text.as_bytes()).is_ok()
}

impl std::fmt::Debug for ManagerKey {
    /// Never shows the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ManagerKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_its_user_can_read_it() {
        let directory = tempfile::tempdir().unwrap();
        let made = ManagerKey::open(directory.path()).unwrap();
        assert!(is_key(made.as_str()));
        assert_eq!(ManagerKey::open(directory.path()).unwrap(), made);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let file = fs::metadata(directory.path().join(FILE_NAME)).unwrap();
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
        for nonsense in [&b"guessable"[..], b"\xff\xff", b""] {
            fs::write(directory.path().join(FILE_NAME), nonsense).unwrap();
            let other = ManagerKey::open(directory.path()).unwrap();
            assert!(is_key(other.as_str()) && other != made);
        }
    }
}
