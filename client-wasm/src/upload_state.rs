//! How the uploads stand: what is due, how large the slices are, and how long to rest after a failure.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    ContentHash, Failure, MediaRef, Retry,
    limits::{SLICE_BYTES_MAX, SLICE_BYTES_MIN},
};

use crate::{status::FilesStatus, transport::is_absence};

/// A slice that took less makes the next one larger, in milliseconds.
const QUICK_MS: u64 = 500;
/// A slice that took more makes the next one smaller, in milliseconds.
const SLOW_MS: u64 = 2_000;

/// What a laptop says that is only further than this phone knows: when a connection broke, the browser sends a request again by
/// itself, although the laptop has taken the first one.
const FURTHER: [&str; 3] = ["offset_wrong", "upload_busy", "upload_unknown"];

/// Of one engine, with whichever laptop it talks to.
pub struct Upload {
    /// Files whose records were there when the last conversation began, and so went ahead of them.
    pub offered: BTreeSet<ContentHash>,
    /// Files to be sent in the next round.
    pub due: BTreeSet<ContentHash>,
    /// No round begins before this time.
    pub rest_until_ms: u64,
    /// Why the last round failed, if a laptop answered.
    pub problem: Option<Failure>,
    /// The round that is under way.
    pub progress: FilesStatus,
    slice_bytes: u64,
    /// How much of each file the laptop said to have.
    told: BTreeMap<ContentHash, u64>,
    /// Whether anything more arrived since the last pause.
    has_moved: bool,
    refusals: BTreeMap<ContentHash, u32>,
    retry: Retry,
}

impl Upload {
    /// Nothing is due. `seed` spreads the pauses.
    pub fn new(seed: u64) -> Self {
        Self {
            offered: BTreeSet::new(),
            due: BTreeSet::new(),
            rest_until_ms: 0,
            problem: None,
            progress: FilesStatus::default(),
            slice_bytes: SLICE_BYTES_MIN,
            told: BTreeMap::new(),
            has_moved: false,
            refusals: BTreeMap::new(),
            retry: Retry::new(seed),
        }
    }

    /// Puts files in the order of sending: small before large, and last what a laptop refused, so that no file
    /// stands in the way of the others.
    pub fn sort(&self, files: &mut [MediaRef]) {
        files.sort_by_key(|file| {
            (self.refusals.get(&file.hash).copied().unwrap_or(0), file.bytes, file.hash)
        });
    }

    /// Bytes of the next slice.
    pub fn slice_bytes(&self) -> u64 {
        self.slice_bytes
    }

    /// A laptop says that so much of a file is durable there.
    pub fn told(&mut self, file: ContentHash, offset: u64) {
        self.has_moved |= self.told.insert(file, offset) != Some(offset);
    }

    /// A slice arrived after so many milliseconds.
    pub fn slice_arrived(&mut self, took_ms: u64) {
        self.has_moved = true;
        if took_ms < QUICK_MS {
            self.slice_bytes = (self.slice_bytes * 2).min(SLICE_BYTES_MAX);
        } else if took_ms > SLOW_MS {
            self.slice_bytes = (self.slice_bytes / 2).max(SLICE_BYTES_MIN);
        }
    }

    /// A slice of a file did not arrive.
    pub fn slice_failed(&mut self, file: ContentHash, failure: &Failure) {
        self.slice_bytes = (self.slice_bytes / 2).max(SLICE_BYTES_MIN);
        if is_refusal(failure) {
            *self.refusals.entry(file).or_default() += 1;
        }
    }

    /// A round is over. Says when the next may begin, if that is later than at once.
    pub fn ended(&mut self, ended: Result<(), Failure>, now_ms: u64) -> Option<u64> {
        self.progress = FilesStatus::default();
        let has_moved = std::mem::take(&mut self.has_moved);
        match ended {
            Ok(()) => {
                self.retry.succeeded();
                self.told.clear();
                self.problem = None;
                None
            }
            Err(failure) => {
                self.due.clear();
                // A wifi that breaks again and again is no reason to wait, as long as each time something arrives.
                self.rest_until_ms = if has_moved {
                    self.retry.succeeded();
                    now_ms
                } else {
                    now_ms + self.retry.failed()
                };
                self.problem = Some(failure).filter(is_refusal);
                Some(self.rest_until_ms)
            }
        }
    }
}

/// Whether a laptop does not want what it was sent.
fn is_refusal(failure: &Failure) -> bool {
    !is_absence(failure) && !FURTHER.contains(&failure.code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::UNREACHABLE;

    #[test]
    fn slices_grow_while_quick_and_shrink_when_slow_or_lost_within_their_limits() {
        let mut upload = Upload::new(1);
        assert_eq!(upload.slice_bytes(), SLICE_BYTES_MIN);
        upload.slice_arrived(QUICK_MS - 1);
        assert_eq!(upload.slice_bytes(), 2 * SLICE_BYTES_MIN);
        upload.slice_arrived(QUICK_MS);
        upload.slice_arrived(SLOW_MS);
        assert_eq!(upload.slice_bytes(), 2 * SLICE_BYTES_MIN);
        (0..9).for_each(|_| upload.slice_arrived(0));
        assert_eq!(upload.slice_bytes(), SLICE_BYTES_MAX);
        upload.slice_arrived(SLOW_MS + 1);
        upload.slice_failed(ContentHash([1; 32]), &Failure::passing("timeout", ""));
        assert_eq!(upload.slice_bytes(), SLICE_BYTES_MAX / 4);
        (0..9).for_each(|_| upload.slice_arrived(SLOW_MS + 1));
        assert_eq!(upload.slice_bytes(), SLICE_BYTES_MIN);
    }

    #[test]
    fn a_round_that_broke_is_followed_at_once_as_long_as_each_brings_something() {
        let (mut upload, file) = (Upload::new(1), ContentHash([1; 32]));
        let cut = || Err(Failure::passing(UNREACHABLE, ""));
        for offset in 1..20 {
            upload.told(file, offset);
            assert_eq!(upload.ended(cut(), 1_000), Some(1_000));
        }
        upload.told(file, 19);
        assert!(upload.ended(cut(), 1_000) > Some(1_000));
        upload.slice_arrived(0);
        assert_eq!(upload.ended(cut(), 1_000), Some(1_000));
    }

    #[test]
    fn that_a_laptop_is_further_than_this_phone_knows_is_neither_a_problem_nor_a_refusal() {
        let (mut upload, file) = (Upload::new(1), ContentHash([1; 32]));
        for code in FURTHER {
            let failure = Failure::lasting(code, "");
            upload.slice_failed(file, &failure);
            upload.ended(Err(failure), 0);
            assert_eq!((upload.refusals.len(), &upload.problem), (0, &None));
        }
        let failure = Failure::lasting("hash_wrong", "");
        upload.slice_failed(file, &failure);
        upload.ended(Err(failure.clone()), 0);
        assert_eq!((upload.refusals.len(), upload.problem), (1, Some(failure)));
    }
}
