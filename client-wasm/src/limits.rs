//! Every limit of the phone's engine that no other machine needs to know. Units are in the names.

use chasqui_shared::{
    limits::{REQUEST_TIMEOUT_MS, SLICE_BYTES_MAX, SLICE_BYTES_MIN},
    transfer,
};

/// Most laptops that one phone keeps a pairing with. One more is refused with `too_many_laptops`.
pub const PAIRINGS_MAX: usize = 16;
/// Most addresses remembered of one laptop: the last good ones.
pub const ADDRESSES_MAX: usize = 8;
/// Longest address that is tried or remembered, in bytes.
pub const ADDRESS_BYTES_MAX: usize = 128;
/// Most addresses tried at once.
pub const TRIED_MAX: usize = 32;
/// Most drafts remembered as saved, by their keys. The one saved longest ago is forgotten.
pub const SAVED_DRAFTS_MAX: usize = 256;
/// Longest key of a draft that files are taken for, in bytes.
pub const DRAFT_KEY_BYTES_MAX: usize = 128;
/// Most files on their way at once.
pub const UPLOADS_MAX: usize = 3;
/// A slice of a file is waited for at least so long, whatever those before it took, in
/// milliseconds.
pub const SLICE_PATIENCE_MS_MIN: u64 = 8_000;
/// Most files of which a part is kept that came before a cut. The one begun longest ago leaves.
pub const DOWNLOADS_BEGUN_MAX: usize = 4;
/// A file is given up for now when so many slices in a row did not come.
pub const DOWNLOAD_FAILURES_MAX: u32 = 6;
/// How often a laptop is asked for the same files that are to leave, while it hashes them: some 8 s
/// each time.
pub const FREE_QUESTIONS_MAX: u32 = 30;
/// Most previews that are kept, some 20 kB each. The oldest leave.
pub const PREVIEWS_MAX: usize = 500;
/// Most previews fetched at once; a browser allows six requests to one laptop.
pub const PREVIEWS_AT_ONCE: usize = 2;
/// How often a busy laptop is asked for one preview.
pub const PREVIEW_TRIES_MAX: u32 = 4;
/// Largest preview that is taken, in bytes.
pub const PREVIEW_BYTES_MAX: u64 = 256 * 1024;
/// Clocks that are further apart than this are told of, in milliseconds; the laptop tells its
/// manager of the same.
pub const CLOCK_OFF_MS_MIN: u64 = 10 * 60 * 1_000;
/// A transaction, or reading what it needs, is given up after so many milliseconds with
/// `storage_slow`.
pub const STORAGE_TIMEOUT_MS: u64 = 30_000;
/// Keeping a file may take this long in addition: a millisecond for so many bytes of it.
pub const STORED_BYTES_PER_MS_MIN: u64 = 500;
/// Reading everything that is stored is given up after so many milliseconds with `storage_slow`.
pub const LOAD_TIMEOUT_MS: u64 = 180_000;
/// One part of a file is given up after so many milliseconds, and asked for again.
pub const READ_TIMEOUT_MS: u64 = 8_000;
/// How often a part of a file is asked for before `storage_slow`.
pub const READ_TRIES_MAX: u32 = 3;
/// After a limit has passed, so many milliseconds for an answer that came while the worker
/// computed.
pub const TIMER_GRACE_MS: u64 = 500;
/// Requests give up by themselves; one that does not is given up so many milliseconds later.
pub const ANSWER_GRACE_MS: u64 = 5_000;
/// An absent host costs seconds, so a laptop has this long to say who it is, in milliseconds.
pub const HELLO_TIMEOUT_MS: u64 = 1_500;
/// Most versions of one record whose signatures are checked when a person looks at it: some 0.2 s
/// on a cheap phone.
pub const PROOF_VERSIONS_MAX: u64 = 256;

/// How files are uploaded. What fails is tried again for as long as there are files.
pub fn uploads() -> transfer::Limits {
    transfer::Limits {
        slices_max: UPLOADS_MAX,
        slice_bytes: SLICE_BYTES_MIN..=SLICE_BYTES_MAX,
        patience_ms: SLICE_PATIENCE_MS_MIN..=REQUEST_TIMEOUT_MS,
        answer_ms: REQUEST_TIMEOUT_MS,
        grace_ms: ANSWER_GRACE_MS,
        rest_ms_min: 0,
        interruptions_max: u32::MAX,
    }
}

/// How a file is downloaded.
pub fn downloads() -> transfer::Limits {
    transfer::Limits { slices_max: 1, interruptions_max: DOWNLOAD_FAILURES_MAX, ..uploads() }
}
