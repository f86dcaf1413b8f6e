//! Whether the other side takes what is sent to it.

use tokio::time::Instant;

use crate::limits;

/// How fast bytes are taken: at least [`limits::TAKEN_BYTES_MIN`] in [`limits::TAKEN_TIME_MAX`].
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    since: Instant,
    bytes: usize,
}

impl Pace {
    /// Begins to count.
    pub fn begin(now: Instant) -> Self {
        Self { since: now, bytes: 0 }
    }

    /// So many bytes were taken.
    pub fn take(&mut self, bytes: usize, now: Instant) {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes >= limits::TAKEN_BYTES_MIN {
            *self = Self::begin(now);
        }
    }

    /// Whether less was taken than must be.
    pub fn is_too_slow(&self, now: Instant) -> bool {
        now.duration_since(self.since) >= limits::TAKEN_TIME_MAX
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_takes_enough_in_time_is_not_too_slow_and_who_takes_a_byte_less_is() {
        let began = Instant::now();
        let late = |seconds| began + limits::TAKEN_TIME_MAX + Duration::from_secs(seconds);
        let mut pace = Pace::begin(began);
        pace.take(limits::TAKEN_BYTES_MIN - 1, began);
        assert!(!pace.is_too_slow(late(0) - Duration::from_millis(1)));
        assert!(pace.is_too_slow(late(0)));
        pace.take(1, late(0));
        assert!(!pace.is_too_slow(late(0)));
        assert!(pace.is_too_slow(late(0) + limits::TAKEN_TIME_MAX));
    }
}
