//! How large the parts are in which files travel, and how long one is waited for: large where the wifi is good, and small enough
//! to arrive where it is not.
//!
//! A wifi that falls silent tells nobody. A slice that takes many times longer than those before it did is given up, so that
//! the phone looks for the laptop again. One that was given up for nothing, because the wifi is only slow, gives the next one
//! more time, up to that of any request.

use chasqui_shared::{
    Code, Failure,
    limits::{REQUEST_TIMEOUT_MS, SLICE_BYTES_MAX, SLICE_BYTES_MIN},
};

use crate::limits::SLICE_PATIENCE_MS_MIN;

/// A slice that took less makes the next one larger, in milliseconds.
const QUICK_MS: u64 = 500;
/// A slice that took more makes the next one smaller, in milliseconds.
const SLOW_MS: u64 = 2_000;
/// A slice is given up after so many times what the last ones took. Several are on their way at once, so that one alone may
/// well take as long as three.
const PATIENCE_TIMES: u64 = 6;

/// Of the next slice.
#[derive(Clone, Copy, Debug)]
pub struct SliceSize {
    bytes: u64,
    patience_ms: u64,
}

impl Default for SliceSize {
    fn default() -> Self {
        Self { bytes: SLICE_BYTES_MIN, patience_ms: REQUEST_TIMEOUT_MS }
    }
}

impl SliceSize {
    /// The next slice has at most so many bytes, within [`SLICE_BYTES_MIN`]..=[`SLICE_BYTES_MAX`].
    pub fn bytes(self) -> u64 {
        self.bytes
    }

    /// The next slice is given up after so many milliseconds, within [`SLICE_PATIENCE_MS_MIN`]..=[`REQUEST_TIMEOUT_MS`].
    pub fn patience_ms(self) -> u64 {
        self.patience_ms
    }

    /// A slice of so many bytes arrived after so many milliseconds.
    pub fn arrived(&mut self, bytes: u64, took_ms: u64) {
        // That the short end of a file was quick says nothing of whole slices; and one alone does not take all patience away.
        let least_ms = self.patience_ms / if bytes < SLICE_BYTES_MIN { 1 } else { 2 };
        let patience_ms = took_ms.saturating_mul(PATIENCE_TIMES).max(least_ms);
        self.patience_ms = patience_ms.clamp(SLICE_PATIENCE_MS_MIN, REQUEST_TIMEOUT_MS);
        if took_ms < QUICK_MS {
            self.bytes = (self.bytes * 2).min(SLICE_BYTES_MAX);
        } else if took_ms > SLOW_MS {
            self.shrink();
        }
    }

    /// A slice that was waited for so long did not arrive.
    pub fn failed(&mut self, patience_ms: u64, failure: &Failure) {
        self.shrink();
        if failure.code == Code::Timeout {
            let patience_ms = patience_ms.saturating_mul(2).min(REQUEST_TIMEOUT_MS);
            self.patience_ms = self.patience_ms.max(patience_ms);
        }
    }

    fn shrink(&mut self) {
        self.bytes = (self.bytes / 2).max(SLICE_BYTES_MIN);
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn failure(code: Code) -> Failure {
        Failure::new(code, "")
    }

    #[test]
    fn slices_grow_while_quick_and_shrink_when_slow_or_lost_within_their_limits() {
        let mut size = SliceSize::default();
        let arrived = |size: &mut SliceSize, took_ms| size.arrived(size.bytes(), took_ms);
        assert_eq!(size.bytes(), SLICE_BYTES_MIN);
        arrived(&mut size, QUICK_MS - 1);
        assert_eq!(size.bytes(), 2 * SLICE_BYTES_MIN);
        arrived(&mut size, QUICK_MS);
        arrived(&mut size, SLOW_MS);
        assert_eq!(size.bytes(), 2 * SLICE_BYTES_MIN);
        (0..9).for_each(|_| arrived(&mut size, 0));
        assert_eq!(size.bytes(), SLICE_BYTES_MAX);
        arrived(&mut size, SLOW_MS + 1);
        size.failed(0, &failure(Code::Unreachable));
        assert_eq!(size.bytes(), SLICE_BYTES_MAX / 4);
        (0..9).for_each(|_| arrived(&mut size, SLOW_MS + 1));
        assert_eq!(size.bytes(), SLICE_BYTES_MIN);
    }

    #[test]
    fn a_slice_is_waited_for_many_times_as_long_as_the_last_ones_took_within_the_limits() {
        let mut size = SliceSize::default();
        assert_eq!(size.patience_ms(), REQUEST_TIMEOUT_MS, "nothing is known yet");
        (0..9).for_each(|_| size.arrived(SLICE_BYTES_MIN - 1, 1));
        assert_eq!(size.patience_ms(), REQUEST_TIMEOUT_MS, "ends of files tell nothing");
        size.arrived(SLICE_BYTES_MIN, 1);
        assert_eq!(size.patience_ms(), REQUEST_TIMEOUT_MS / 2);
        (0..9).for_each(|_| size.arrived(SLICE_BYTES_MIN, 1));
        assert_eq!(size.patience_ms(), SLICE_PATIENCE_MS_MIN);
        size.arrived(1, 2_000);
        assert_eq!(size.patience_ms(), 2_000 * PATIENCE_TIMES);
        size.arrived(1, u64::MAX);
        assert_eq!(size.patience_ms(), REQUEST_TIMEOUT_MS);
    }

    #[test]
    fn what_is_given_up_makes_patience_grow_to_the_limit_and_only_once_for_all_that_waited_as_long()
    {
        let mut size = SliceSize::default();
        (0..9).for_each(|_| size.arrived(SLICE_BYTES_MIN, 1));
        let patience_ms = size.patience_ms();
        size.failed(patience_ms, &failure(Code::Unreachable));
        assert_eq!(size.patience_ms(), patience_ms, "a cut says nothing of slowness");
        (0..3).for_each(|_| size.failed(patience_ms, &failure(Code::Timeout)));
        assert_eq!(size.patience_ms(), 2 * patience_ms);
        (0..9).for_each(|_| size.failed(size.patience_ms(), &failure(Code::Timeout)));
        assert_eq!(size.patience_ms(), REQUEST_TIMEOUT_MS);
    }
}
