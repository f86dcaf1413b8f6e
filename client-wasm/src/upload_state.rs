//! How the uploads stand: what is due, what was asked before, and how long to rest after a failure.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{ContentHash, DeviceId, Failure, MediaRef, Retry};

use crate::{
    slice_size::SliceSize,
    status::{FilesStatus, SendingFile},
    transport::is_absence,
};

/// Of one engine, with whichever laptop it talks to.
pub struct Upload {
    /// Files whose records were there when the last conversation began, and so went ahead of them.
    pub offered: BTreeSet<ContentHash>,
    /// The next round.
    pub due: Option<Due>,
    /// Laptops that were asked, since this engine began, whether they still hold what they once did.
    pub asked: BTreeSet<DeviceId>,
    /// Files that a laptop refused, and that are what was taken all the same.
    pub checked: BTreeSet<ContentHash>,
    /// No round begins before this time.
    pub rest_until_ms: u64,
    /// Why the last round failed, if a laptop answered.
    pub problem: Option<Failure>,
    /// The round that is under way.
    pub progress: FilesStatus,
    /// Of whichever file goes next.
    pub slice: SliceSize,
    refusals: BTreeMap<ContentHash, u32>,
    retry: Retry,
}

/// Files to be asked about, and sent as far as it needs them, to one laptop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Whom the conversation was with.
    pub laptop: DeviceId,
    /// Files whose records it has.
    pub files: BTreeSet<ContentHash>,
}

impl Upload {
    /// Nothing is due. `seed` spreads the pauses.
    pub fn new(seed: u64) -> Self {
        Self {
            offered: BTreeSet::new(),
            due: None,
            asked: BTreeSet::new(),
            checked: BTreeSet::new(),
            rest_until_ms: 0,
            problem: None,
            progress: FilesStatus::default(),
            slice: SliceSize::default(),
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

    /// Whether a conversation brought files that this round knows nothing of; they may be smaller.
    pub fn has_newer(&self, round: &Due) -> bool {
        self.due.as_ref().is_some_and(|due| !due.files.is_subset(&round.files))
    }

    /// A file is on its way, of which a laptop has so much.
    pub fn began(&mut self, file: &MediaRef, done_bytes: u64) {
        let (hash, name, bytes) = (file.hash, file.name.clone(), file.bytes);
        self.progress.sending.push(SendingFile { hash, name, done_bytes, bytes });
    }

    /// More of a file is durable at the laptop.
    pub fn moved(&mut self, file: ContentHash, bytes: u64) {
        self.progress.done_bytes += bytes;
        let sending = self.progress.sending.iter_mut().find(|sending| sending.hash == file);
        if let Some(sending) = sending {
            sending.done_bytes += bytes;
        }
    }

    /// A file is no longer on its way, whether or not it arrived.
    pub fn stopped(&mut self, file: ContentHash) {
        self.progress.sending.retain(|sending| sending.hash != file);
    }

    /// A slice of a file did not arrive.
    pub fn slice_failed(&mut self, file: ContentHash, failure: &Failure) {
        self.slice.failed();
        if !is_absence(failure) {
            *self.refusals.entry(file).or_default() += 1;
        }
    }

    /// A round is over. Says when the next may begin, if that is later than at once.
    pub fn ended(&mut self, ended: Result<(), Failure>, now_ms: u64) -> Option<u64> {
        self.progress = FilesStatus::default();
        match ended {
            Ok(()) => {
                self.retry.succeeded();
                self.problem = None;
                None
            }
            Err(failure) => {
                self.due = None;
                self.rest_until_ms = now_ms + self.retry.failed();
                self.problem = Some(failure).filter(|failure| !is_absence(failure));
                Some(self.rest_until_ms)
            }
        }
    }
}
