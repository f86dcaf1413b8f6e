//! A laptop that this phone has met.

use chasqui_shared::{Clock, Timestamp};
use serde::{Deserialize, Serialize};

/// What is remembered of a laptop between starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laptop {
    /// What people call it.
    pub name: String,
    /// When it last held the same as this phone, by the phone's clock.
    pub met_at: Timestamp,
    /// What both held then.
    pub meeting: Clock,
    /// What the laptop's clock said then, as far as it was heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
}
