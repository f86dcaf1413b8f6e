//! The laptop's wall clock. Shown to people; nothing is ordered by it.

use std::time::{SystemTime, UNIX_EPOCH};

use chasqui_shared::Timestamp;

/// Now, by this machine.
pub fn now() -> Timestamp {
    let millis = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms),
    };
    Timestamp::from_millis(millis)
}
