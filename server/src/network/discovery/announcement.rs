//! The datagrams: what is asked and what is answered, as JSON. Pure: no socket, no clock.
//!
//! | | bytes | |
//! | --- | --- | --- |
//! | question | 512 to 1,200 | `{"chasqui":1,"nonce":"0011223344556677","pad":"0000…"}` |
//! | answer | at most 512 | `{"chasqui":1,"nonce":"…","project":"…","device":"…","name":"…","urls":["https://10.42.0.1:8443"]}` |
//! | `OHAI` | 4 to 16 | `OHAI`, white space after it |
//! | its answer | at most 54 | `{"chasqui":1,"urls":["https://10.42.0.1:8443"]}` |
//!
//! An asker MUST fill its question with `pad` to at least 512 bytes, and an answer MUST NOT be
//! longer than that: whoever forges the sender of a question makes a laptop send no more than he
//! sent himself. `OHAI` is the one exception, with up to 54 bytes for 4, 14 times as much (82 for
//! 32 with the headers of IP and UDP, 2.6 times). It is answered only when the operator asks for
//! it, and then rarely and only to neighbours.
//!
//! A question MUST have a `pad`, and an answer has none, so two laptops never answer each other's
//! answers. Readers pass over fields that they do not know, and over datagrams of another version.

use std::{fmt, net::Ipv4Addr};

use chasqui_shared::{DeviceId, ProjectId, label};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::{base_address::BaseAddress, limits};

/// What tells one search from another: random, 8 bytes, 16 digits of lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Nonce(pub [u8; 8]);

impl Nonce {
    fn from_hex(text: &str) -> Option<Self> {
        HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nonce({self})")
    }
}

/// Why a datagram is passed over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatagramError {
    /// Outside of what a question may measure.
    #[error("a datagram of {bytes} bytes is too short or too long")]
    Length {
        /// Its length.
        bytes: usize,
    },
    /// Not the JSON of a question or an answer.
    #[error("the datagram cannot be read")]
    Unreadable,
    /// Of another version of this format.
    #[error("the datagram is of version {version}")]
    Version {
        /// What it says.
        version: u32,
    },
}

/// "Which laptops are here?"
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Comes back in the answer.
    pub nonce: Nonce,
}

impl Question {
    /// The datagram, exactly [`limits::QUESTION_BYTES_MIN`] bytes long.
    pub fn encode(&self) -> Vec<u8> {
        let mut datagram =
            format!(r#"{{"chasqui":1,"nonce":"{}","pad":""#, self.nonce).into_bytes();
        datagram.resize(limits::QUESTION_BYTES_MIN - 2, b'0');
        datagram.extend_from_slice(br#""}"#);
        datagram
    }

    /// Reads a datagram. One that is shorter than any answer is refused, whatever it says.
    pub fn decode(datagram: &[u8]) -> Result<Self, DatagramError> {
        #[derive(Deserialize)]
        struct Fields<'a> {
            chasqui: u32,
            #[serde(borrow)]
            nonce: &'a str,
            #[serde(borrow, rename = "pad")]
            _pad: &'a str,
        }

        let bytes = datagram.len();
        if !(limits::QUESTION_BYTES_MIN..=limits::QUESTION_BYTES_MAX).contains(&bytes) {
            return Err(DatagramError::Length { bytes });
        }
        let fields: Fields<'_> = read(datagram)?;
        check_version(fields.chasqui)?;
        let nonce = Nonce::from_hex(fields.nonce).ok_or(DatagramError::Unreadable)?;
        Ok(Self { nonce })
    }
}

/// "Here is one, under these addresses." Not signed, so not believed: see [`crate::discovery`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question's.
    pub nonce: Nonce,
    /// What the laptop holds.
    pub project: ProjectId,
    /// Which laptop it is.
    pub device: DeviceId,
    /// What people call it. Control characters, and what is beyond [`limits::NAME_BYTES_MAX`], are
    /// left out.
    pub name: String,
    /// Where to try, best first. At most [`limits::URLS_MAX`].
    pub urls: Vec<BaseAddress>,
}

impl Answer {
    /// The datagram, at most [`limits::ANSWER_BYTES_MAX`] bytes long: addresses that do not fit are
    /// left out, the last first.
    pub fn encode(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Fields<'a> {
            chasqui: u32,
            nonce: String,
            project: ProjectId,
            device: DeviceId,
            name: &'a str,
            urls: &'a [BaseAddress],
        }

        let name = shown_name(&self.name);
        let mut urls = &self.urls[..self.urls.len().min(limits::URLS_MAX)];
        loop {
            let fields = Fields {
                chasqui: VERSION,
                nonce: self.nonce.to_string(),
                project: self.project,
                device: self.device,
                name: &name,
                urls,
            };
            let datagram = write(&fields);
            match urls.split_last() {
                Some((_, fewer)) if datagram.len() > limits::ANSWER_BYTES_MAX => urls = fewer,
                _ => return datagram,
            }
        }
    }

    /// Reads a datagram from anyone: addresses that are not private ones with a port are passed
    /// over.
    pub fn decode(datagram: &[u8]) -> Result<Self, DatagramError> {
        #[derive(Deserialize)]
        struct Fields {
            chasqui: u32,
            nonce: String,
            project: ProjectId,
            device: DeviceId,
            #[serde(default)]
            name: String,
            urls: Vec<String>,
        }

        let bytes = datagram.len();
        if bytes > limits::ANSWER_BYTES_MAX {
            return Err(DatagramError::Length { bytes });
        }
        let fields: Fields = read(datagram)?;
        check_version(fields.chasqui)?;
        let urls = fields.urls.iter().filter_map(|url| BaseAddress::from_url(url));
        Ok(Self {
            nonce: Nonce::from_hex(&fields.nonce).ok_or(DatagramError::Unreadable)?,
            project: fields.project,
            device: fields.device,
            name: shown_name(&fields.name),
            urls: urls.take(limits::URLS_MAX).collect(),
        })
    }
}

/// Whether a datagram is the proposal's plain question: `OHAI`, with or without white space after
/// it.
pub(super) fn is_ohai(datagram: &[u8]) -> bool {
    datagram.len() <= limits::OHAI_BYTES_MAX && datagram.trim_ascii_end() == b"OHAI"
}

/// The answer to `OHAI`: one address and nothing else.
pub(super) fn ohai_answer(port: u16, ip: Ipv4Addr) -> Vec<u8> {
    #[derive(Serialize)]
    struct Fields {
        chasqui: u32,
        urls: Vec<BaseAddress>,
    }

    write(&Fields { chasqui: VERSION, urls: BaseAddress::new(ip, port).into_iter().collect() })
}

/// A name as a terminal may show it: without control characters, cut after a whole character.
pub(super) fn shown_name(name: &str) -> String {
    let mut shown = label(name).into_owned();
    shown.truncate(shown.floor_char_boundary(limits::NAME_BYTES_MAX));
    shown
}

fn read<'a, T: Deserialize<'a>>(datagram: &'a [u8]) -> Result<T, DatagramError> {
    serde_json::from_slice(datagram).map_err(|_| DatagramError::Unreadable)
}

fn write(fields: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(fields).expect("texts, numbers and lists can always be written as JSON")
}

fn check_version(version: u32) -> Result<(), DatagramError> {
    if version == VERSION { Ok(()) } else { Err(DatagramError::Version { version }) }
}

const VERSION: u32 = 1;

#[cfg(test)]
mod tests;
