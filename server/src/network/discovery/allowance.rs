//! How many answers may leave: one a window to each source, and so many a window to all together.

use std::{
    collections::VecDeque,
    net::Ipv4Addr,
    time::{Duration, Instant},
};

/// The answers of the last window, which is all that has to be remembered: its length never passes
/// `answers_max`.
///
/// A neighbour that makes up sources can use up what all may have, and then nobody is told anything
/// for a window; it can never make more leave. Time comes in as a value.
#[derive(Debug)]
pub(super) struct Allowance {
    window: Duration,
    answers_max: usize,
    answered: VecDeque<(Instant, Ipv4Addr)>,
}

impl Allowance {
    pub(super) fn new(window: Duration, answers_max: usize) -> Self {
        Self { window, answers_max, answered: VecDeque::with_capacity(answers_max) }
    }

    /// Whether `source` may be answered at `now`; if so, that answer is counted.
    pub(super) fn take(&mut self, source: Ipv4Addr, now: Instant) -> bool {
        while let Some((at, _)) = self.answered.front()
            && now.saturating_duration_since(*at) >= self.window
        {
            self.answered.pop_front();
        }
        let is_refused = self.answered.len() >= self.answers_max
            || self.answered.iter().any(|(_, to)| *to == source);
        if !is_refused {
            self.answered.push_back((now, source));
        }
        !is_refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_secs(1);

    fn source(n: u32) -> Ipv4Addr {
        Ipv4Addr::from_bits(0x0a00_0000 + n)
    }

    #[test]
    fn a_source_is_answered_once_a_window() {
        let (mut allowance, start) = (Allowance::new(WINDOW, 8), Instant::now());
        assert!(allowance.take(source(1), start));
        assert!(!allowance.take(source(1), start + WINDOW - Duration::from_millis(1)));
        assert!(allowance.take(source(1), start + WINDOW));
    }

    #[test]
    fn all_sources_together_get_no_more_than_the_limit() {
        let (mut allowance, start) = (Allowance::new(WINDOW, 8), Instant::now());
        assert_eq!((0..100).filter(|n| allowance.take(source(*n), start)).count(), 8);
        assert_eq!((0..100).filter(|n| allowance.take(source(*n), start + WINDOW)).count(), 8);
    }

    #[test]
    fn nothing_grows_under_a_flood() {
        let (mut allowance, start) = (Allowance::new(WINDOW, 8), Instant::now());
        for n in 0..100_000 {
            allowance.take(source(n), start + Duration::from_micros(n.into()));
            assert!(allowance.answered.len() <= 8);
        }
        assert_eq!(allowance.answered.capacity(), 8);
    }

    #[test]
    fn a_refusal_does_not_put_off_the_next_answer() {
        let (mut allowance, start) = (Allowance::new(WINDOW, 8), Instant::now());
        assert!(allowance.take(source(1), start));
        for ms in 1..1_000 {
            assert!(!allowance.take(source(1), start + Duration::from_millis(ms)));
        }
        assert!(allowance.take(source(1), start + WINDOW));
    }
}
