//! What changed lately, in memory, so that whoever read everything once can ask for the rest alone.

use std::{
    collections::VecDeque,
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::limits;

/// The last [`limits::RECENT_MAX`] changes of one run of the program.
#[derive(Debug)]
pub struct Recent<T>(Mutex<Kept<T>>);

#[derive(Debug)]
struct Kept<T> {
    run: u64,
    /// How many there were in this run.
    count: u64,
    last: VecDeque<T>,
}

/// A point between two changes. It means nothing to another run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    run: u64,
    count: u64,
}

impl<T: Copy> Recent<T> {
    /// Nothing changed yet.
    pub fn new() -> Self {
        Self(Mutex::new(Kept { run: new_run(), count: 0, last: VecDeque::new() }))
    }

    /// Adds changes that readers can see already.
    pub fn extend(&self, changed: impl IntoIterator<Item = T>) {
        let mut kept = self.kept();
        for change in changed {
            if kept.last.len() == limits::RECENT_MAX {
                kept.last.pop_front();
            }
            kept.last.push_back(change);
            kept.count += 1;
        }
    }

    /// Forgets all: what changed cannot be told one by one.
    pub fn forget(&self) {
        *self.kept() = Kept { run: new_run(), count: 0, last: VecDeque::new() };
    }

    /// After the last change.
    pub fn now(&self) -> Mark {
        let Kept { run, count, .. } = *self.kept();
        Mark { run, count }
    }

    /// At most `limit` changes after the mark, oldest first; `None` where they are not known any
    /// more, or never were.
    pub fn since(&self, mark: Mark, limit: usize) -> Option<Vec<T>> {
        let kept = self.kept();
        let behind = kept.count.checked_sub(mark.count).filter(|_| mark.run == kept.run)?;
        let first = kept.last.len().checked_sub(usize::try_from(behind).ok()?)?;
        Some(kept.last.range(first..).take(limit).copied().collect())
    }

    fn kept(&self) -> MutexGuard<'_, Kept<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A number that no other run is likely to have; no secret.
fn new_run() -> u64 {
    RandomState::new().hash_one(())
}

impl Mark {
    /// After so many more changes.
    pub fn plus(self, changes: usize) -> Self {
        Self { count: self.count + changes as u64, ..self }
    }

    /// Reads what [`fmt::Display`] wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (run, count) = text.split_once('-')?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        Some(Self { run: number(run)?, count: number(count)? })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}", self.run, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_after_a_mark_is_told_in_order_and_in_parts() {
        let recent = Recent::new();
        recent.extend([1, 2]);
        let mark = recent.now();
        assert_eq!(recent.since(mark, 9), Some(vec![]));
        recent.extend([3, 4, 5]);
        assert_eq!(recent.since(mark, 2), Some(vec![3, 4]));
        assert_eq!(recent.since(mark.plus(2), 2), Some(vec![5]));
        assert_eq!(Mark::parse(&mark.to_string()), Some(mark));
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        let recent = Recent::new();
        let mark = recent.now();
        assert_eq!(recent.since(mark.plus(1), 9), None, "of the future");
        assert_eq!(Recent::<u8>::new().since(mark, 9), None, "of another run");
        recent.extend(0..limits::RECENT_MAX);
        assert_eq!(recent.since(mark, 1), Some(vec![0]));
        recent.extend([7]);
        assert_eq!(recent.since(mark, 1), None, "too long ago");
        let mark = recent.now();
        recent.forget();
        assert_eq!(recent.since(mark, 1), None);
    }

    #[test]
    fn other_words_are_no_mark() {
        for text in ["", "-", "1", "1-", "-1", "x-1", "1-1-1", "11111111111111111-1"] {
            assert_eq!(Mark::parse(text), None, "{text}");
        }
    }
}
