//! How long to pause after failures.

use crate::limits;

/// Pauses that double after each failure, spread by a seed so that phones do not come back
/// together.
#[derive(Clone, Debug)]
pub struct Retry {
    failures: u32,
    random: fastrand::Rng,
}

impl Retry {
    /// Pauses that begin small. The same seed gives the same ones.
    pub fn new(seed: u64) -> Self {
        Self { failures: 0, random: fastrand::Rng::with_seed(seed) }
    }

    /// The next pause is a first one again.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// The pause after one more failure, in milliseconds: half to all of the doubled pause.
    pub fn failed(&mut self) -> u64 {
        let doubled = limits::RETRY_DELAY_MS_MIN << self.failures.min(16);
        self.failures = self.failures.saturating_add(1);
        self.spread(doubled.min(limits::RETRY_DELAY_MS_MAX))
    }

    /// The pause before looking for something new, in milliseconds.
    pub fn poll_delay_ms(&mut self) -> u64 {
        self.spread(limits::POLL_DELAY_MS)
    }

    fn spread(&mut self, delay_ms: u64) -> u64 {
        self.random.u64(delay_ms / 2..=delay_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_the_limit_and_fall_back_after_a_success() {
        let mut retry = Retry::new(1);
        let pauses: Vec<_> = (0..40).map(|_| retry.failed()).collect();
        assert!(pauses[0] <= limits::RETRY_DELAY_MS_MIN);
        assert!(pauses.iter().all(|&pause| pause <= limits::RETRY_DELAY_MS_MAX));
        assert!(pauses[39] >= limits::RETRY_DELAY_MS_MAX / 2);
        retry.succeeded();
        assert!(retry.failed() <= limits::RETRY_DELAY_MS_MIN);
    }

    #[test]
    fn the_same_seed_gives_the_same_pauses() {
        let (mut a, mut b) = (Retry::new(7), Retry::new(7));
        assert!((0..20).all(|_| a.failed() == b.failed()));
    }
}
