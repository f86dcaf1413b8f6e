//! Bytes on the wire: CBOR in and out.

use serde::{Serialize, de::DeserializeOwned};

/// Deterministic CBOR (RFC 8949 §4.2) of a message. Keys are the field names.
pub fn to_cbor<T: Serialize>(message: &T) -> Result<Vec<u8>, DecodeError> {
    serde_ipld_dagcbor::to_vec(message).map_err(|e| DecodeError { reason: e.to_string() })
}

/// Reads a message from CBOR. Unknown fields, wrong types and trailing bytes are errors.
pub fn from_cbor<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    serde_ipld_dagcbor::from_slice(bytes).map_err(|e| DecodeError { reason: e.to_string() })
}

/// The bytes are not the message that was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be read: {reason}")]
pub struct DecodeError {
    /// What the decoder met.
    pub reason: String,
}
