//! What the clocks of a phone and its laptop say.

use chasqui_shared::Timestamp;
use serde::Serialize;

/// What both clocks say, where they are more than [`crate::limits::CLOCK_OFF_MS_MIN`] apart.
/// Nothing says which of them is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Clocks {
    /// What this phone's says now.
    pub phone: Timestamp,
    /// What the laptop's says now; or said when it was met last, if it has not been met since the
    /// engine started.
    pub laptop: Timestamp,
    /// Whether it is what the laptop's says now.
    pub is_now: bool,
}

/// What a laptop's clock said.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    pub time: Timestamp,
    /// When, by the engine's own time.
    pub at_ms: u64,
}

impl Told {
    /// What it says now: the engine's own time goes on where a phone's clock is set.
    pub fn time_at(self, now_ms: u64) -> Timestamp {
        let since_ms = i64::try_from(now_ms.saturating_sub(self.at_ms)).unwrap_or(i64::MAX);
        Timestamp::from_millis(self.time.as_millis().saturating_add(since_ms))
    }
}
