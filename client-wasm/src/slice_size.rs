//! How large the parts are in which files travel: large where the wifi is good, and small enough to arrive where it is not.

use chasqui_shared::limits::{SLICE_BYTES_MAX, SLICE_BYTES_MIN};

/// A slice that took less makes the next one larger, in milliseconds.
const QUICK_MS: u64 = 500;
/// A slice that took more makes the next one smaller, in milliseconds.
const SLOW_MS: u64 = 2_000;

/// Bytes of the next slice, within [`SLICE_BYTES_MIN`]..=[`SLICE_BYTES_MAX`].
#[derive(Clone, Copy, Debug)]
pub struct SliceSize(u64);

impl Default for SliceSize {
    fn default() -> Self {
        Self(SLICE_BYTES_MIN)
    }
}

impl SliceSize {
    /// The next slice has at most so many bytes.
    pub fn bytes(self) -> u64 {
        self.0
    }

    /// A slice arrived after so many milliseconds.
    pub fn arrived(&mut self, took_ms: u64) {
        if took_ms < QUICK_MS {
            self.0 = (self.0 * 2).min(SLICE_BYTES_MAX);
        } else if took_ms > SLOW_MS {
            self.failed();
        }
    }

    /// A slice did not arrive.
    pub fn failed(&mut self) {
        self.0 = (self.0 / 2).max(SLICE_BYTES_MIN);
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn slices_grow_while_quick_and_shrink_when_slow_or_lost_within_their_limits() {
        let mut size = SliceSize::default();
        assert_eq!(size.bytes(), SLICE_BYTES_MIN);
        size.arrived(QUICK_MS - 1);
        assert_eq!(size.bytes(), 2 * SLICE_BYTES_MIN);
        size.arrived(QUICK_MS);
        size.arrived(SLOW_MS);
        assert_eq!(size.bytes(), 2 * SLICE_BYTES_MIN);
        (0..9).for_each(|_| size.arrived(0));
        assert_eq!(size.bytes(), SLICE_BYTES_MAX);
        size.arrived(SLOW_MS + 1);
        size.failed();
        assert_eq!(size.bytes(), SLICE_BYTES_MAX / 4);
        (0..9).for_each(|_| size.arrived(SLOW_MS + 1));
        assert_eq!(size.bytes(), SLICE_BYTES_MIN);
    }
}
