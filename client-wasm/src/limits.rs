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
/// An absent host costs seconds, so a laptop has this long to say who it is, in milliseconds.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "only the browser's transport has timers")
)]
pub const HELLO_TIMEOUT_MS: u32 = 1_500;
