//! Every limit of the phone's engine that no other machine needs to know. Units are in the names.

/// Most laptops that one phone keeps a pairing with. One more is refused with `too_many_laptops`.
pub const PAIRINGS_MAX: usize = 16;
/// Most addresses remembered of one laptop: the last good ones.
pub const ADDRESSES_MAX: usize = 8;
/// Longest address that is tried or remembered, in bytes.
pub const ADDRESS_BYTES_MAX: usize = 128;
/// Most addresses tried at once.
pub const TRIED_MAX: usize = 32;
/// Longest key of a draft that files are taken for, in bytes.
pub const DRAFT_KEY_BYTES_MAX: usize = 128;
/// Most files on their way at once.
pub const UPLOADS_MAX: usize = 3;
/// A slice of a file is waited for at least so long, whatever those before it took, in milliseconds.
pub const SLICE_PATIENCE_MS_MIN: u64 = 8_000;
/// Most files of which a part is kept that came before a cut. The one begun longest ago leaves.
pub const DOWNLOADS_BEGUN_MAX: usize = 4;
/// A file is given up for now when so many slices in a row did not come.
pub const DOWNLOAD_FAILURES_MAX: u32 = 6;
/// Most previews that are kept, some 20 kB each. The oldest leave.
pub const PREVIEWS_MAX: usize = 500;
/// Most previews fetched at once; a browser allows six requests to one laptop.
pub const PREVIEWS_AT_ONCE: usize = 2;
/// How often a busy laptop is asked for one preview.
pub const PREVIEW_TRIES_MAX: u32 = 4;
/// Largest preview that is taken, in bytes.
pub const PREVIEW_BYTES_MAX: u64 = 256 * 1024;
/// An absent host costs seconds, so a laptop has this long to say who it is, in milliseconds.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "only the browser's transport has timers")
)]
pub const HELLO_TIMEOUT_MS: u64 = 1_500;
