//! Whether this laptop's own clock can be right.
//!
//! A laptop whose clock battery died says 2012, or whatever the board wakes up with. Nothing is
//! ordered by the clock, but what people read is dated by it, so they are told. Two things speak
//! against a clock: the program was built later than it says, or the phones that came within a day
//! agree with each other and not with it.

use chasqui_shared::{Timestamp, limits::CLOCK_OFF_MS_MIN};

use crate::store::{LastSync, Store};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
/// Phones that have to agree before they are believed rather than the laptop.
const PHONES_MIN: usize = 2;

/// When this program was built, by the clock of the machine that built it.
pub fn built() -> Timestamp {
    let seconds = env!("CHASQUI_BUILT_UNIX_SECONDS").parse::<i64>().unwrap_or_default();
    Timestamp::from_millis(seconds.saturating_mul(1_000))
}

/// What time it probably is, if the laptop's clock, which says `now`, is probably wrong.
pub fn doubt(store: &Store, now: Timestamp) -> Option<Timestamp> {
    doubt_of(now, built(), store.meetings().values())
}

fn doubt_of<'a>(
    now: Timestamp,
    built: Timestamp,
    meetings: impl Iterator<Item = &'a LastSync>,
) -> Option<Timestamp> {
    // What was said to a clock that was set since says nothing of today's.
    let today = meetings.filter(|met| now.as_millis().abs_diff(met.at.as_millis()) <= DAY_MS);
    let mut offsets_ms: Vec<i64> = today.filter_map(|met| met.clock_offset_ms).collect();
    offsets_ms.sort_unstable();
    let agreed = offsets_ms.get(offsets_ms.len() / 2).copied().filter(|median| {
        let near = offsets_ms.iter().filter(|ms| ms.abs_diff(*median) <= CLOCK_OFF_MS_MIN).count();
        near >= PHONES_MIN && near * 2 > offsets_ms.len()
    });
    if let Some(offset_ms) = agreed.filter(|ms| ms.unsigned_abs() > CLOCK_OFF_MS_MIN) {
        return Some(Timestamp::from_millis(now.as_millis().saturating_add(offset_ms)));
    }
    // A day's grace, since the machine that built it may be in another zone with a clock set by
    // hand.
    let is_before = now.as_millis() < built.as_millis().saturating_sub_unsigned(DAY_MS);
    is_before.then_some(built)
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEAR_MS: i64 = 365 * DAY_MS as i64;
    const BUILT: i64 = 1_795_000_000_000;

    fn doubted(now: i64, meetings: &[(i64, Option<i64>)]) -> Option<i64> {
        let met = |&(at, clock_offset_ms): &(i64, Option<i64>)| LastSync {
            at: Timestamp::from_millis(at),
            announced: 0,
            pulled: 0,
            clock_offset_ms,
            device: None,
        };
        let meetings: Vec<_> = meetings.iter().map(met).collect();
        let (now, built) = (Timestamp::from_millis(now), Timestamp::from_millis(BUILT));
        doubt_of(now, built, meetings.iter()).map(Timestamp::as_millis)
    }

    #[test]
    fn a_clock_before_the_programs_own_date_is_doubted_and_one_after_it_is_not() {
        assert_eq!(doubted(BUILT - 14 * YEAR_MS, &[]), Some(BUILT));
        assert_eq!(doubted(BUILT - DAY_MS as i64, &[]), None);
        assert_eq!(doubted(BUILT + 5 * YEAR_MS, &[]), None);
    }

    /// A laptop in 2040: only the phones can tell.
    #[test]
    fn phones_that_agree_are_believed_and_one_alone_is_not() {
        let (now, behind) = (BUILT + 14 * YEAR_MS, -13 * YEAR_MS);
        let phone = |offset| (now, Some(offset));
        assert_eq!(doubted(now, &[phone(behind)]), None);
        let two = [phone(behind), phone(behind + 60_000)];
        assert_eq!(doubted(now, &two), Some(now + behind + 60_000));
        assert_eq!(doubted(now, &[phone(behind), phone(behind), phone(0), phone(3)]), None);
        assert_eq!(doubted(now, &[phone(0), phone(2), phone(behind)]), None);
        assert_eq!(doubted(now, &[(now, None), (now, None)]), None);
    }

    #[test]
    fn what_phones_said_to_a_clock_that_was_set_since_is_not_counted() {
        let then = BUILT - 14 * YEAR_MS;
        let said = [(then, Some(14 * YEAR_MS)), (then, Some(14 * YEAR_MS))];
        assert_eq!(doubted(BUILT, &said), None);
        let ahead = BUILT + 14 * YEAR_MS;
        let said = [(ahead, Some(-14 * YEAR_MS)), (ahead, Some(-14 * YEAR_MS))];
        assert_eq!(doubted(BUILT, &said), None);
    }

    #[test]
    fn the_program_knows_when_it_was_built() {
        assert!(built().as_millis() > 1_700_000_000_000);
    }
}
