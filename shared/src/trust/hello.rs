//! How a laptop proves who it is, before anything is told to it.

use serde::{Deserialize, Serialize};

use crate::{
    id::{DeviceId, HelloNonce, SignatureBytes},
    log::{LogWriter, verify_message},
    record::Charter,
    timestamp::Timestamp,
};

/// What a laptop says about itself, signed with its device's key over the caller's nonce.
///
/// The answer to `GET /api/v1/hello`, as JSON. Readers pass over fields that they do not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hello {
    /// The project that it holds.
    pub charter: Charter,
    /// Its key.
    pub device: DeviceId,
    /// Its name for people.
    pub name: String,
    /// Its wall clock.
    pub time: Timestamp,
    /// Where it can be reached: origins such as `https://10.42.0.1:8443`, best first.
    pub addresses: Vec<String>,
    /// Over the nonce and all of the above but the name.
    pub signature: SignatureBytes,
}

impl Hello {
    /// Signs what the laptop says about itself.
    pub fn sign(
        log_writer: &LogWriter,
        charter: Charter,
        name: String,
        time: Timestamp,
        addresses: Vec<String>,
        nonce: HelloNonce,
    ) -> Self {
        let device = log_writer.owner().device;
        let signature = log_writer.sign(&message(nonce, charter, device, time, &addresses));
        Self { charter, device, name, time, addresses, signature }
    }

    /// Whether the holder of `device`'s key said this, just now, to this nonce.
    pub fn verify(&self, nonce: HelloNonce) -> bool {
        let message = message(nonce, self.charter, self.device, self.time, &self.addresses);
        verify_message(self.device, &message, &self.signature)
    }
}

/// "chasqui hello 1" ‖ nonce ‖ project ‖ device ‖ time as 8 bytes, big-endian ‖ each address and a
/// line feed.
fn message(
    nonce: HelloNonce,
    charter: Charter,
    device: DeviceId,
    time: Timestamp,
    addresses: &[String],
) -> Vec<u8> {
    let mut message = b"chasqui hello 1".to_vec();
    message.extend_from_slice(&nonce.0);
    message.extend_from_slice(&charter.project().0);
    message.extend_from_slice(&device.0);
    message.extend_from_slice(&time.as_millis().to_be_bytes());
    for address in addresses {
        message.extend_from_slice(address.as_bytes());
        message.push(b'\n');
    }
    message
}
