//! How a device gets in: once, by a code that the manager shows.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::code::PairingCode;
use crate::{
    id::{DeviceId, ProjectId, SignatureBytes},
    label::is_label,
    limits,
    log::{LogWriter, verify_message},
    record::{Charter, Role},
};

/// What a [`PairingLink::scan_text`] begins with: a scheme that no browser and no other app opens.
const SCAN_SCHEME: &str = "chasqui:";
/// Its field for the laptop's address.
const SCAN_BASE: &str = "at";

/// `POST /api/v1/pairings`: a device asks to be let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PairingRequest {
    /// The code as it was typed or scanned.
    pub code: String,
    /// The key of the device.
    pub device: DeviceId,
    /// Who holds it, at most [`limits::MEMBER_NAME_BYTES_MAX`].
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub name: String,
    /// The device's signature, which binds code, name and key to this laptop.
    pub proof: SignatureBytes,
}

/// The answer to a [`PairingRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PairingResponse {
    /// The project that the device now belongs to.
    pub charter: Charter,
    /// The laptop's key, to be pinned.
    pub laptop: DeviceId,
    /// The laptop's name.
    pub laptop_name: String,
    /// What the device may do.
    pub role: Role,
    /// Sent with each request from now on, as `Authorization: Bearer`: 64 characters of hex.
    pub token: String,
}

impl PairingRequest {
    /// Asks to be let in by `laptop`.
    pub fn sign(log_writer: &LogWriter, code: PairingCode, name: String, laptop: DeviceId) -> Self {
        let device = log_writer.owner().device;
        let proof = log_writer.sign(&message(code, device, &name, laptop));
        Self { code: code.to_string(), device, name, proof }
    }

    /// Whether the device's key made this request, for this laptop and code, under a usable name.
    pub fn verify(&self, code: PairingCode, laptop: DeviceId) -> bool {
        self.name.len() <= limits::MEMBER_NAME_BYTES_MAX
            && !self.name.trim().is_empty()
            && is_label(&self.name)
            && verify_message(
                self.device,
                &message(code, self.device, &self.name, laptop),
                &self.proof,
            )
    }
}

/// "chasqui pairing 1" ‖ laptop ‖ device ‖ code without hyphen ‖ name.
fn message(code: PairingCode, device: DeviceId, name: &str, laptop: DeviceId) -> Vec<u8> {
    let mut message = b"chasqui pairing 1".to_vec();
    message.extend_from_slice(&laptop.0);
    message.extend_from_slice(&device.0);
    message.extend_from_slice(code.as_bytes());
    message.extend_from_slice(name.as_bytes());
    message
}

/// What the manager's page shows to a phone: a code, and the laptop and project that it is good
/// for.
///
/// As a link it is the fragment `#pair=<code>&key=<device>&project=<project>`, so that no server
/// and no log ever sees the code. As a QR code it is [`PairingLink::scan_text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairingLink {
    /// The code.
    pub code: PairingCode,
    /// The laptop's key.
    pub laptop: DeviceId,
    /// The project.
    pub project: ProjectId,
}

impl PairingLink {
    /// Reads the fragment, with or without what comes before its `#`.
    pub fn parse(link: &str) -> Option<Self> {
        let fragment = link.rsplit_once('#').map_or(link, |(_, fragment)| fragment);
        let field = |name: &str| {
            let mut pairs = fragment.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        Some(Self {
            code: PairingCode::parse(field("pair")?)?,
            laptop: DeviceId::from_hex(field("key")?)?,
            project: ProjectId::from_hex(field("project")?)?,
        })
    }

    /// The text of the QR code: `chasqui:` and the fragment, with `&at=<hex of base>` where the
    /// laptop has an address.
    ///
    /// Only the app's own scanner understands it. A phone's camera app would open an address in the
    /// browser, also on a phone that does not trust the laptop's certificate and so cannot keep the
    /// app; hence the address is in hex, which no camera takes for one.
    pub fn scan_text(&self, base: Option<&str>) -> String {
        let at = base.map(|base| format!("&{SCAN_BASE}={}", HEXLOWER.encode(base.as_bytes())));
        format!("{SCAN_SCHEME}{self}{}", at.unwrap_or_default())
    }

    /// The address that a [`PairingLink::scan_text`] names; whether it is usable is for the caller
    /// to judge.
    pub fn scan_base(text: &str) -> Option<String> {
        let (_, fragment) = text.strip_prefix(SCAN_SCHEME)?.split_once('#')?;
        let mut pairs = fragment.split('&').filter_map(|pair| pair.split_once('='));
        let (_, hex) = pairs.find(|(key, _)| *key == SCAN_BASE)?;
        String::from_utf8(HEXLOWER.decode(hex.as_bytes()).ok()?).ok()
    }
}

impl std::fmt::Display for PairingLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#pair={}&key={}&project={}", self.code, self.laptop, self.project)
    }
}
