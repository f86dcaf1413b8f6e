//! What is said of a file that records name.

use std::collections::BTreeSet;

use chasqui_shared::{ContentHash, DeviceId, MediaRef};
use serde::{Deserialize, Serialize};

/// A file that a record of this phone names, or that was fetched from a laptop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldMedia {
    /// Size of the file.
    pub bytes: u64,
    /// Media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The name it had on the phone.
    pub name: String,
    /// Whether its bytes are on this phone.
    pub here: bool,
    /// The laptops that answered that they hold it, durable.
    pub held_by: BTreeSet<DeviceId>,
    /// Its bytes are here and are no longer those of its hash.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub damaged: bool,
}

impl HeldMedia {
    /// A file whose bytes are here.
    pub fn here(media: &MediaRef) -> Self {
        Self {
            bytes: media.bytes,
            media_type: media.media_type.clone(),
            name: media.name.clone(),
            here: true,
            held_by: BTreeSet::new(),
            damaged: false,
        }
    }

    /// As records name it.
    pub fn named(&self, hash: ContentHash) -> MediaRef {
        MediaRef {
            hash,
            bytes: self.bytes,
            media_type: self.media_type.clone(),
            name: self.name.clone(),
        }
    }

    /// Whether it can be sent.
    pub fn is_sound(&self) -> bool {
        self.here && !self.damaged
    }

    /// Whether it is to be sent, and no laptop has it yet.
    pub fn is_waiting(&self) -> bool {
        self.is_sound() && self.held_by.is_empty()
    }

    /// Whether it is a picture.
    pub fn is_photo(&self) -> bool {
        self.media_type.starts_with("image/")
    }
}
