//! How often somebody may try a code.
//!
//! An attempt counts from its beginning, so that many at once are not more than many in a row; one
//! that succeeds is taken back.
//!
//! Who fails again and again must not keep others from pairing: the first attempt of an address is
//! counted apart from the attempts of those that failed already. With all that may be tried in the
//! ten minutes of a code, sixteen codes open, one is guessed once in some six million times.

use std::{collections::VecDeque, net::IpAddr, time::Duration};

use chasqui_shared::Timestamp;

use super::error::AccessError;
use crate::limits;

/// Failed attempts of the last [`limits::ATTEMPT_TIME`], oldest first; never more than
/// [`limits::ATTEMPTS_OF_ALL_MAX`] and [`limits::ATTEMPTS_FIRST_MAX`] together.
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
    /// Whether this address had not failed before.
    is_first: bool,
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
        let is_first = of_one.is_empty();
        let alike: Vec<_> =
            self.failed.iter().filter(|attempt| attempt.is_first == is_first).collect();
        let alike_max =
            if is_first { limits::ATTEMPTS_FIRST_MAX } else { limits::ATTEMPTS_OF_ALL_MAX };
        let too_many = [(of_one, limits::ATTEMPTS_OF_ONE_MAX), (alike, alike_max)];
        let oldest = too_many.iter().find(|(attempts, max)| attempts.len() >= *max);
        if let Some(oldest) = oldest.and_then(|(attempts, _)| attempts.first()) {
            let wait_ms = window - age(oldest);
            let wait_s = u64::try_from(wait_ms).unwrap_or(0).div_ceil(1_000).max(1);
            return Err(AccessError::TooManyAttempts { wait_s });
        }
        let number = self.next;
        self.next += 1;
        self.failed.push_back(Attempt { number, from, at: now, is_first });
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
    fn addresses_that_fail_again_fail_sixty_times_a_minute_together_and_keep_no_other_from_pairing()
    {
        let mut attempts = Attempts::default();
        let mut failures = 0;
        for number in 0..20 {
            // Of each address, the first attempt is counted apart.
            failures += (0..10).filter(|_| attempts.begin(ip(number), at(0)).is_ok()).count() - 1;
        }
        assert_eq!(failures, limits::ATTEMPTS_OF_ALL_MAX);
        assert!(attempts.begin(ip(19), at(59)).is_err());
        let rosa = attempts.begin(ip(200), at(59)).unwrap();
        attempts.take_back(rosa);
        attempts.begin(ip(200), at(59)).unwrap();
        assert!(attempts.begin(ip(200), at(59)).is_err(), "who mistypes then waits a minute");
        attempts.begin(ip(19), at(60)).unwrap();
    }

    #[test]
    fn a_thousand_addresses_fail_for_the_first_time_in_a_minute_and_not_one_more() {
        let mut attempts = Attempts::default();
        let v6 = |number: usize| Some(IpAddr::from([0xfd00, 0, 0, 0, 0, 0, 0, number as u16]));
        for number in 0..limits::ATTEMPTS_FIRST_MAX {
            attempts.begin(v6(number), at(0)).unwrap();
        }
        assert!(attempts.begin(v6(limits::ATTEMPTS_FIRST_MAX), at(59)).is_err());
        attempts.begin(v6(limits::ATTEMPTS_FIRST_MAX), at(60)).unwrap();
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
