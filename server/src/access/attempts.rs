//! How often somebody may try a code or a key.
//!
//! An attempt counts from its beginning, so that many at once are not more than many in a row; one that succeeds is
//! taken back.

use std::{collections::VecDeque, net::IpAddr, time::Duration};

use chasqui_shared::Timestamp;

use super::AccessError;
use crate::limits;

/// Failed attempts of the last [`limits::ATTEMPT_TIME`], oldest first; never more than [`limits::ATTEMPTS_OF_ALL_MAX`].
#[derive(Debug, Default)]
pub(super) struct Attempts {
    failed: VecDeque<Attempt>,
    next: u64,
}

#[derive(Clone, Copy, Debug)]
struct Attempt {
    number: u64,
    /// Unknown addresses count as one.
    from: Option<IpAddr>,
    at: Timestamp,
}

impl Attempts {
    /// Counts an attempt, or refuses it where there were too many.
    pub fn begin(&mut self, from: Option<IpAddr>, now: Timestamp) -> Result<u64, AccessError> {
        let from = from.map(|ip| ip.to_canonical());
        let window = millis(limits::ATTEMPT_TIME);
        let age = |attempt: &Attempt| now.as_millis() - attempt.at.as_millis();
        // A clock that was set back must not lock anybody out for longer.
        self.failed.retain(|attempt| (0..window).contains(&age(attempt)));
        let of_one: Vec<_> = self.failed.iter().filter(|attempt| attempt.from == from).collect();
        let oldest = if of_one.len() >= limits::ATTEMPTS_OF_ONE_MAX {
            of_one.first().copied()
        } else if self.failed.len() >= limits::ATTEMPTS_OF_ALL_MAX {
            self.failed.front()
        } else {
            None
        };
        if let Some(oldest) = oldest {
            let wait_ms = window - age(oldest);
            let wait_s = u64::try_from(wait_ms).unwrap_or(0).div_ceil(1_000).max(1);
            return Err(AccessError::TooManyAttempts { wait_s });
        }
        let number = self.next;
        self.next += 1;
        self.failed.push_back(Attempt { number, from, at: now });
        Ok(number)
    }

    /// The attempt succeeded.
    pub fn take_back(&mut self, number: u64) {
        self.failed.retain(|attempt| attempt.number != number);
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_800_000_000_000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(START + seconds * 1_000)
    }

    fn ip(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([10, 42, 0, last]))
    }

    #[test]
    fn one_address_fails_ten_times_a_minute_and_others_go_on() {
        let mut attempts = Attempts::default();
        for second in 0..limits::ATTEMPTS_OF_ONE_MAX as i64 {
            attempts.begin(ip(1), at(second)).unwrap();
        }
        let refused = attempts.begin(ip(1), at(10)).unwrap_err();
        assert!(matches!(refused, AccessError::TooManyAttempts { wait_s: 50 }), "{refused:?}");
        attempts.begin(ip(2), at(10)).unwrap();
        attempts.begin(ip(1), at(60)).unwrap();
        assert!(attempts.begin(ip(1), at(60)).is_err());
    }

    #[test]
    fn all_addresses_together_fail_sixty_times_a_minute() {
        let mut attempts = Attempts::default();
        for number in 0..limits::ATTEMPTS_OF_ALL_MAX as u8 {
            attempts.begin(ip(number), at(0)).unwrap();
        }
        assert!(attempts.begin(ip(200), at(59)).is_err());
        attempts.begin(ip(200), at(60)).unwrap();
    }

    #[test]
    fn success_does_not_count_and_a_clock_set_back_locks_nobody_out() {
        let mut attempts = Attempts::default();
        for _ in 0..100 {
            let attempt = attempts.begin(ip(1), at(0)).unwrap();
            attempts.take_back(attempt);
        }
        for _ in 0..limits::ATTEMPTS_OF_ONE_MAX {
            attempts.begin(ip(1), at(0)).unwrap();
        }
        attempts.begin(ip(1), at(-3_600)).unwrap();
    }
}
