//! What was refused to those who try: a manager is told of it, and at most once a minute.
//!
//! In memory alone: nobody who was never let in makes this laptop write to its disk.

use chasqui_shared::Timestamp;

use crate::limits;

/// What somebody tried in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// A code, a key or a token that is wrong.
    Secret,
    /// Something that needs a token or a session, with none that is good.
    Entry,
    /// More than this laptop gives one or all at once: requests, connections, files.
    Crowd,
}

/// What a manager is told of what was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Its number among notices, beyond those that are kept on the disk.
    pub id: u64,
    /// Stable, snake_case: `wrong_codes` or `request_flood`.
    pub code: &'static str,
    /// When it began, by the laptop's clock.
    pub since: Timestamp,
    /// When it was last told.
    pub at: Timestamp,
    /// How often it was tried since it began.
    pub times: u64,
    /// When a manager marked it as done, unless it was told again since.
    pub done_at: Option<Timestamp>,
}

/// The number of the first telling: no laptop keeps so many notices, and every client can count so
/// far.
const FIRST_ID: u64 = 1 << 52;

/// Everything that was tried since the program began.
#[derive(Debug)]
pub(super) struct Tries {
    secrets: Kind,
    /// Entries and crowds.
    flood: Kind,
}

/// What is told of under one code.
#[derive(Debug)]
struct Kind {
    id: u64,
    code: &'static str,
    /// When it began, and how often it was tried since then.
    all: Option<(Timestamp, u64)>,
    /// The last [`limits::TELLING_PAUSE`] that was counted: when it began, and how often it was
    /// tried in it.
    lately: Option<(Timestamp, u64)>,
    told_at: Option<Timestamp>,
    done_at: Option<Timestamp>,
}

impl Default for Tries {
    fn default() -> Self {
        let kind =
            |id, code| Kind { id, code, all: None, lately: None, told_at: None, done_at: None };
        Self { secrets: kind(FIRST_ID, "wrong_codes"), flood: kind(FIRST_ID + 1, "request_flood") }
    }
}

impl Tries {
    /// Counts; `Some` if it is worth telling now.
    pub fn count(&mut self, tried: Tried, now: Timestamp) -> Option<Telling> {
        match tried {
            Tried::Secret => self.secrets.count(limits::TRIED_SECRETS_TOLD_MIN, now),
            // A few are a phone whose token was replaced.
            Tried::Entry => self.flood.count(limits::TRIED_ENTRIES_TOLD_MIN, now),
            Tried::Crowd => self.flood.count(1, now),
        }
    }

    /// Marks tellings as done, until they are told again.
    pub fn finish(&mut self, ids: &[u64], now: Timestamp) {
        for kind in [&mut self.secrets, &mut self.flood] {
            if ids.contains(&kind.id) {
                kind.done_at = Some(now);
            }
        }
    }

    /// What was told of, latest first.
    pub fn list(&self) -> Vec<Telling> {
        let kinds = [&self.secrets, &self.flood];
        let mut told: Vec<_> = kinds.into_iter().filter_map(Kind::telling).collect();
        told.sort_by_key(|telling| std::cmp::Reverse(telling.at));
        told
    }
}

impl Kind {
    fn count(&mut self, told_min: u64, now: Timestamp) -> Option<Telling> {
        self.all = Some(self.all.map_or((now, 1), |(since, times)| (since, times + 1)));
        let lately = self.lately.filter(|(began, _)| is_within(*began, now));
        let (began, times) = lately.map_or((now, 1), |(began, times)| (began, times + 1));
        self.lately = Some((began, times));
        let is_told = self.told_at.is_some_and(|at| is_within(at, now));
        if is_told || times < told_min {
            return None;
        }
        (self.told_at, self.done_at) = (Some(now), None);
        self.telling()
    }

    fn telling(&self) -> Option<Telling> {
        let ((since, times), at) = self.all.zip(self.told_at)?;
        let Self { id, code, done_at, .. } = *self;
        Some(Telling { id, code, since, at, times, done_at })
    }
}

/// Whether less than [`limits::TELLING_PAUSE`] is between the two; not if the clock was set back.
fn is_within(before: Timestamp, now: Timestamp) -> bool {
    let pause_ms = i64::try_from(limits::TELLING_PAUSE.as_millis()).unwrap_or(i64::MAX);
    (0..pause_ms).contains(&now.as_millis().saturating_sub(before.as_millis()))
}

impl std::fmt::Display for Telling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { code, since, times, .. } = self;
        match *code {
            "wrong_codes" => {
                write!(
                    f,
                    "somebody tries codes or keys that are wrong: {times} times since {since}"
                )
            }
            _ => write!(
                f,
                "somebody asks for more than this laptop gives one at once: {times} refusals since {since}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000 + seconds * 1_000)
    }

    #[test]
    fn a_few_mistakes_are_not_told_and_many_are() {
        let mut tries = Tries::default();
        for _ in 1..limits::TRIED_SECRETS_TOLD_MIN {
            assert_eq!(tries.count(Tried::Secret, at(0)), None);
        }
        assert_eq!(tries.list(), []);
        let told = tries.count(Tried::Secret, at(1)).unwrap();
        let times = limits::TRIED_SECRETS_TOLD_MIN;
        let (id, code, since) = (FIRST_ID, "wrong_codes", at(0));
        assert_eq!(told, Telling { id, code, since, at: at(1), times, done_at: None });
        assert_eq!(tries.list(), [told]);
        for _ in 1..limits::TRIED_ENTRIES_TOLD_MIN {
            assert_eq!(tries.count(Tried::Entry, at(2)), None);
        }
        assert_eq!(tries.count(Tried::Entry, at(2)).unwrap().code, "request_flood");
    }

    #[test]
    fn what_is_done_is_open_again_when_it_is_told_again() {
        let mut tries = Tries::default();
        let told = tries.count(Tried::Crowd, at(0)).unwrap();
        tries.finish(&[told.id, 7], at(1));
        assert_eq!(tries.list()[0].done_at, Some(at(1)));
        tries.count(Tried::Crowd, at(59));
        assert_eq!(tries.list()[0].done_at, Some(at(1)));
        tries.count(Tried::Crowd, at(60));
        assert_eq!(tries.list()[0].done_at, None);
    }

    #[test]
    fn mistakes_over_a_long_time_are_not_told() {
        let mut tries = Tries::default();
        for minute in 0..100 {
            assert_eq!(tries.count(Tried::Secret, at(61 * minute)), None);
        }
    }

    #[test]
    fn it_is_told_once_a_minute_however_often_it_is_tried() {
        let mut tries = Tries::default();
        let told = (0..600 * 20).filter_map(|n| tries.count(Tried::Crowd, at(n / 20)));
        let told: Vec<_> = told.map(|telling| (telling.at, telling.times)).collect();
        let expected: Vec<_> =
            (0..10_i64).map(|minute| (at(60 * minute), 1_200 * minute as u64 + 1)).collect();
        assert_eq!(told, expected);
        assert_eq!(tries.list().len(), 1, "one notice, however long it goes on");
        assert!(tries.count(Tried::Crowd, at(-3_600)).is_some(), "the clock was set back");
    }
}
