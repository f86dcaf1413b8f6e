//! How large the parts are in which files travel, and how long one is waited for: large where the
//! wifi is good, and small enough to arrive where it is not.
//!
//! A wifi that falls silent tells nobody. A slice that takes many times longer than those before it
//! did is given up, so that the peer is looked for again. One that was given up for nothing,
//! because the wifi is only slow, gives the next one more time.

use std::ops::RangeInclusive;

use crate::failure::{Code, Failure};

/// A slice that took less makes the next one larger, in milliseconds.
const QUICK_MS: u64 = 500;
/// A slice that took more makes the next one smaller, in milliseconds.
const SLOW_MS: u64 = 2_000;
/// A slice is given up after so many times what the last ones took. Several are on their way at
/// once, so that one alone may well take as long as three.
const PATIENCE_TIMES: u64 = 6;

/// Size and patience of the next slice.
#[derive(Clone, Debug)]
pub struct Pace {
    bytes: u64,
    patience_ms: u64,
    bytes_bounds: RangeInclusive<u64>,
    patience_bounds: RangeInclusive<u64>,
}

impl Pace {
    /// Begins with the smallest slice, and with all patience. Bounds are in bytes and in
    /// milliseconds.
    pub fn new(bytes: RangeInclusive<u64>, patience_ms: RangeInclusive<u64>) -> Self {
        Self {
            bytes: *bytes.start(),
            patience_ms: *patience_ms.end(),
            bytes_bounds: bytes,
            patience_bounds: patience_ms,
        }
    }

    /// The next slice has at most so many bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next slice is given up after so many milliseconds.
    pub fn patience_ms(&self) -> u64 {
        self.patience_ms
    }

    /// A slice of so many bytes arrived after so many milliseconds.
    pub fn arrived(&mut self, bytes: u64, took_ms: u64) {
        // That the short end of a file was quick says nothing of whole slices; and one alone does
        // not take all patience away.
        let is_short = bytes < *self.bytes_bounds.start();
        let least_ms = self.patience_ms / if is_short { 1 } else { 2 };
        let patience_ms = took_ms.saturating_mul(PATIENCE_TIMES).max(least_ms);
        let (min, max) = (*self.patience_bounds.start(), *self.patience_bounds.end());
        self.patience_ms = patience_ms.clamp(min, max);
        if took_ms < QUICK_MS {
            self.bytes = (self.bytes * 2).min(*self.bytes_bounds.end());
        } else if took_ms > SLOW_MS {
            self.shrink();
        }
    }

    /// A slice that was waited for so long did not arrive.
    pub fn failed(&mut self, patience_ms: u64, failure: &Failure) {
        self.shrink();
        if failure.code == Code::Timeout {
            let patience_ms = patience_ms.saturating_mul(2).min(*self.patience_bounds.end());
            self.patience_ms = self.patience_ms.max(patience_ms);
        }
    }

    fn shrink(&mut self) {
        self.bytes = (self.bytes / 2).max(*self.bytes_bounds.start());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: RangeInclusive<u64> = 1_000..=8_000;
    const PATIENCE_MS: RangeInclusive<u64> = 8_000..=30_000;

    fn pace() -> Pace {
        Pace::new(BYTES, PATIENCE_MS)
    }

    fn failure(code: Code) -> Failure {
        Failure::new(code, "")
    }

    #[test]
    fn slices_grow_while_quick_and_shrink_when_slow_or_lost_within_their_limits() {
        let mut pace = pace();
        let arrived = |pace: &mut Pace, took_ms| pace.arrived(pace.bytes(), took_ms);
        assert_eq!(pace.bytes(), *BYTES.start());
        arrived(&mut pace, QUICK_MS - 1);
        assert_eq!(pace.bytes(), 2 * BYTES.start());
        arrived(&mut pace, QUICK_MS);
        arrived(&mut pace, SLOW_MS);
        assert_eq!(pace.bytes(), 2 * BYTES.start());
        (0..9).for_each(|_| arrived(&mut pace, 0));
        assert_eq!(pace.bytes(), *BYTES.end());
        arrived(&mut pace, SLOW_MS + 1);
        pace.failed(0, &failure(Code::Unreachable));
        assert_eq!(pace.bytes(), BYTES.end() / 4);
        (0..9).for_each(|_| arrived(&mut pace, SLOW_MS + 1));
        assert_eq!(pace.bytes(), *BYTES.start());
    }

    #[test]
    fn a_slice_is_waited_for_many_times_as_long_as_the_last_ones_took_within_the_limits() {
        let (mut pace, whole) = (pace(), *BYTES.start());
        assert_eq!(pace.patience_ms(), *PATIENCE_MS.end(), "nothing is known yet");
        (0..9).for_each(|_| pace.arrived(whole - 1, 1));
        assert_eq!(pace.patience_ms(), *PATIENCE_MS.end(), "ends of files tell nothing");
        pace.arrived(whole, 1);
        assert_eq!(pace.patience_ms(), PATIENCE_MS.end() / 2);
        (0..9).for_each(|_| pace.arrived(whole, 1));
        assert_eq!(pace.patience_ms(), *PATIENCE_MS.start());
        pace.arrived(1, 2_000);
        assert_eq!(pace.patience_ms(), 2_000 * PATIENCE_TIMES);
        pace.arrived(1, u64::MAX);
        assert_eq!(pace.patience_ms(), *PATIENCE_MS.end());
    }

    #[test]
    fn what_is_given_up_makes_patience_grow_to_the_limit_and_only_once_for_all_that_waited_as_long()
    {
        let mut pace = pace();
        (0..9).for_each(|_| pace.arrived(*BYTES.start(), 1));
        let patience_ms = pace.patience_ms();
        pace.failed(patience_ms, &failure(Code::Unreachable));
        assert_eq!(pace.patience_ms(), patience_ms, "a cut says nothing of slowness");
        (0..3).for_each(|_| pace.failed(patience_ms, &failure(Code::Timeout)));
        assert_eq!(pace.patience_ms(), 2 * patience_ms);
        (0..9).for_each(|_| pace.failed(pace.patience_ms(), &failure(Code::Timeout)));
        assert_eq!(pace.patience_ms(), *PATIENCE_MS.end());
    }
}
