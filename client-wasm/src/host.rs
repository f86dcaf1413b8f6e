//! What the engine needs of the place it runs in: clocks, chance, pauses, and somebody to tell.

use std::future::Future;

use chasqui_shared::{Notice, Timestamp};

/// A browser's worker, or a test.
pub trait Host {
    /// Milliseconds that never go back.
    fn now_ms(&self) -> u64;
    /// The phone's wall clock. Shown, never ordered on.
    fn wall_clock(&self) -> Timestamp;
    /// Unpredictable bytes, fit for a key.
    fn random(&self) -> [u8; 32];
    /// Resolves after so many milliseconds.
    fn sleep(&self, ms: u64) -> impl Future<Output = ()>;
    /// The list or the status may have changed.
    fn changed(&self);
    /// Something was noticed and dealt with.
    fn notice(&self, notice: &Notice);
}
