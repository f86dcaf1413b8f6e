//! What a device sends with each request: 32 random bytes, of which this laptop keeps the hash
//! alone.

use data_encoding::HEXLOWER;

use crate::store::{Pairing, StoreError, random};

const BYTES: usize = 32;

/// A new token as it is sent, and its hash as it is kept.
pub(super) fn make() -> Result<(String, [u8; 32]), StoreError> {
    let token = random::<BYTES>()?;
    Ok((HEXLOWER.encode(&token), *blake3::hash(&token).as_bytes()))
}

/// The hash of a token as it was sent; `None` if it is none.
pub(super) fn hash(sent: &str) -> Option<blake3::Hash> {
    let token = HEXLOWER.decode(sent.as_bytes()).ok()?;
    (token.len() == BYTES).then(|| blake3::hash(&token))
}

/// Compares in constant time, as all comparisons of [`blake3::Hash`] are.
pub(super) fn is_of(hash: blake3::Hash, pairing: &Pairing) -> bool {
    hash == blake3::Hash::from_bytes(*pairing.token_hash)
}
