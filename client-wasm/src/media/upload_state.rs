//! How the uploads stand: what is due, what was asked before, and how long to rest after a failure.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{Code, ContentHash, DeviceId, Failure, MediaRef, Retry};

use crate::{
    laptops::transport::is_absence,
    media::slice_size::SliceSize,
    sync::status::{FilesStatus, SendingFile},
};

/// What a laptop says that is only further than this phone knows: when a connection broke, the browser sends a request again by
/// itself, although the laptop has taken the first one.
const FURTHER: [Code; 3] = [Code::OffsetWrong, Code::UploadBusy, Code::UploadUnknown];

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
    /// How much of each file the laptop said to have.
    told: BTreeMap<ContentHash, u64>,
    /// Whether anything more arrived since the last pause.
    has_moved: bool,
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

    /// Whether a conversation brought files that this round knows nothing of; they may be smaller.
    pub fn has_newer(&self, round: &Due) -> bool {
        self.due.as_ref().is_some_and(|due| !due.files.is_subset(&round.files))
    }

    /// A file is on its way, of which a laptop has so much.
    pub fn began(&mut self, file: &MediaRef, done_bytes: u64) {
        let (hash, name, bytes) = (file.hash, file.name.clone(), file.bytes);
        self.progress.sending.push(SendingFile { hash, name, done_bytes, bytes });
    }

    /// A laptop says that so much of a file is durable there.
    pub fn told(&mut self, file: ContentHash, offset: u64) {
        self.has_moved |= self.told.insert(file, offset) != Some(offset);
    }

    /// More of a file is durable at the laptop.
    pub fn moved(&mut self, file: ContentHash, bytes: u64) {
        self.has_moved = true;
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

    /// A slice of a file, which was waited for so long, did not arrive.
    pub fn slice_failed(&mut self, file: ContentHash, patience_ms: u64, failure: &Failure) {
        self.slice.failed(patience_ms, failure);
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
                self.due = None;
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
    !is_absence(failure) && !FURTHER.contains(&failure.code)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_round_that_broke_is_followed_at_once_as_long_as_each_brings_something() {
        let (mut upload, file) = (Upload::new(1), ContentHash([1; 32]));
        let cut = || Err(Failure::new(Code::Unreachable, ""));
        for offset in 1..20 {
            upload.told(file, offset);
            assert_eq!(upload.ended(cut(), 1_000), Some(1_000));
        }
        upload.told(file, 19);
        assert!(upload.ended(cut(), 1_000) > Some(1_000));
        upload.moved(file, 1);
        assert_eq!(upload.ended(cut(), 1_000), Some(1_000));
    }

    #[test]
    fn that_a_laptop_is_further_than_this_phone_knows_is_neither_a_problem_nor_a_refusal() {
        let (mut upload, file) = (Upload::new(1), ContentHash([1; 32]));
        for code in FURTHER {
            let failure = Failure::new(code, "");
            upload.slice_failed(file, 0, &failure);
            upload.ended(Err(failure), 0);
            assert_eq!((upload.refusals.len(), &upload.problem), (0, &None));
        }
        let failure = Failure::new(Code::HashWrong, "");
        upload.slice_failed(file, 0, &failure);
        upload.ended(Err(failure.clone()), 0);
        assert_eq!((upload.refusals.len(), upload.problem), (1, Some(failure)));
    }
}
