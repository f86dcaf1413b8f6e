//! What carries requests between a phone and its laptop: all at once, or so many bytes a second, or
//! nothing.

use std::{cell::Cell, rc::Rc};

use super::harness::TestHost;
use crate::Host;

/// The air of one phone. Clones are the same air.
#[derive(Clone)]
pub struct Air(Rc<AirInner>);

struct AirInner {
    host: TestHost,
    bytes_per_s: Cell<Option<u64>>,
    free_at_ms: Cell<u64>,
    is_silent: Cell<bool>,
    given_up: Cell<u64>,
}

impl Air {
    pub fn new(host: TestHost) -> Self {
        Self(Rc::new(AirInner {
            host,
            bytes_per_s: Cell::default(),
            free_at_ms: Cell::default(),
            is_silent: Cell::default(),
            given_up: Cell::default(),
        }))
    }

    /// From now on one slice after the other goes by at this speed.
    pub fn set_bytes_per_s(&self, bytes_per_s: u64) {
        self.0.bytes_per_s.set(Some(bytes_per_s));
    }

    /// Requests vanish until the laptop is looked for anew.
    pub fn fall_silent(&self) {
        self.0.is_silent.set(true);
    }

    /// Somebody looks for the laptop, on a connection of its own.
    pub fn connect(&self) {
        self.0.is_silent.set(false);
    }

    /// Requests that were given up so far.
    pub fn given_up(&self) -> u64 {
        self.0.given_up.get()
    }

    /// How many of these bytes get through before patience ends: all, or fewer if the request is
    /// given up.
    pub async fn carry(&self, bytes: u64, patience_ms: u64) -> u64 {
        let air = &*self.0;
        let now_ms = air.host.now_ms();
        let until_ms = now_ms + patience_ms;
        let bytes_per_s = match (air.is_silent.get(), air.bytes_per_s.get()) {
            (false, None) => return bytes,
            (false, Some(bytes_per_s)) => bytes_per_s,
            (true, _) => 0,
        };
        let from_ms = air.free_at_ms.get().clamp(now_ms, until_ms);
        let due_ms = (bytes * 1_000).checked_div(bytes_per_s).map(|takes_ms| from_ms + takes_ms);
        if let Some(due_ms) = due_ms.filter(|due_ms| *due_ms <= until_ms) {
            air.free_at_ms.set(due_ms);
            air.host.sleep(due_ms - now_ms).await;
            return bytes;
        }
        if !air.is_silent.get() {
            air.free_at_ms.set(until_ms.max(air.free_at_ms.get()));
        }
        air.host.sleep(patience_ms).await;
        air.given_up.set(air.given_up.get() + 1);
        (bytes_per_s * (until_ms - from_ms) / 1_000).min(bytes.saturating_sub(1))
    }
}
