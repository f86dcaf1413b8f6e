//! Every limit that both ends must agree on. Units are in the names.
//!
//! The four sums behind them: a monitor records some 50 observations a day for 20 days, 1 kB each;
//! a project lives ten years with 100 monitors: some millions of versions on the laptop, tens of
//! thousands on a phone; a wifi in a village carries 1 MB/s; a cheap phone gives a page 100 MB.

/// Longest note of a version, in bytes of UTF-8.
pub const NOTE_BYTES_MAX: usize = 16 * 1024;
/// Longest category id, in bytes of UTF-8.
pub const CATEGORY_BYTES_MAX: usize = 64;
/// Most answers of one version.
pub const ANSWERS_MAX: usize = 256;
/// Longest key of an answer, in bytes of UTF-8.
pub const ANSWER_KEY_BYTES_MAX: usize = 128;
/// Longest text of an answer, in bytes of UTF-8; a list of choices counts as the sum of its texts.
pub const ANSWER_BYTES_MAX: usize = 8 * 1024;
/// Most parents of one version. Only a resolve has more than one, and a person settles few heads.
pub const PARENTS_MAX: usize = 64;
/// Most photos, sounds and films of one version.
pub const MEDIA_MAX: usize = 64;
/// Longest name of a media file, in bytes of UTF-8.
pub const MEDIA_NAME_BYTES_MAX: usize = 255;
/// Longest media type, in bytes.
pub const MEDIA_TYPE_BYTES_MAX: usize = 127;
/// Longest name of a file or program that observations are taken in from, in bytes of UTF-8.
pub const SOURCE_BYTES_MAX: usize = 255;
/// Most versions that are gone back through to find who began a record that has one head.
pub const FIRST_WALK_MAX: usize = 1_000;
/// Most versions that are gone back through, for all values of a conflict together, to find who
/// wrote each.
pub const SET_WALK_MAX: usize = 65_536;
/// Largest media file, in bytes: what FAT32 can hold, the file system of most drives that travel.
pub const MEDIA_BYTES_MAX: u64 = u32::MAX as u64;
/// Most files of one question for what is held.
pub const HELD_MAX: usize = 1_000;
/// Fewest bytes that a phone sends of a file in one request, if the file has as many.
pub const SLICE_BYTES_MIN: u64 = 128 * 1024;
/// Most bytes that a phone sends of a file in one request.
pub const SLICE_BYTES_MAX: u64 = 1024 * 1024;
/// Smallest longer side to which a project may have its photos scaled, in pixels.
pub const PHOTO_PIXELS_MIN: u32 = 320;
/// Largest longer side to which a project may have its photos scaled, in pixels.
pub const PHOTO_PIXELS_MAX: u32 = 16_384;
/// Longest name of a member, in bytes of UTF-8.
pub const MEMBER_NAME_BYTES_MAX: usize = 80;
/// Longest encoded version that is kept at all, in bytes. Room for newer formats.
pub const VERSION_BYTES_MAX: usize = 96 * 1024;

/// Most heads of a record that are merged and listed; the others are counted. As many as a resolve
/// can name.
pub const HEADS_SHOWN_MAX: usize = PARENTS_MAX;
/// Most versions among which the common ancestor of heads is sought.
pub const ANCESTORS_SOUGHT_MAX: usize = 4_096;
/// Most files of a record that are shown; the others are counted.
pub const MEDIA_SHOWN_MAX: usize = 4 * MEDIA_MAX;
/// Most fields of a record that are listed as changed differently; the others are counted.
pub const CONFLICTS_SHOWN_MAX: usize = 64;
/// Most bytes of the values that are listed so.
pub const CONFLICT_BYTES_MAX: usize = 64 * 1024;

/// Most entries of one batch.
pub const BATCH_ENTRIES_MAX: usize = 500;
/// Most bytes of version in one batch. A batch may hold one entry more than would fit.
pub const BATCH_BYTES_MAX: usize = 256 * 1024;
/// Most logs that one batch, one offer's answer or one question for changes may name.
pub const RANGES_MAX: usize = 256;
/// Most writers of one project.
pub const WRITERS_MAX: usize = 100_000;
/// Most logs of one device that phones may bring. A phone takes a new one when its storage was
/// cleared or restored.
pub const LOGS_OF_DEVICE_MAX: usize = 100;
/// Most logs that phones may bring of devices that no manager has named. A phone may carry the logs
/// of a device before the log that names it.
pub const STRANGER_LOGS_MAX: usize = 1_000;
/// Most heads of one record by one author that phones may bring.
pub const HEADS_OF_DEVICE_MAX: usize = 10_000;
/// Most entries in quarantine of one device that phones may bring: a season of a phone whose app is
/// newer than the laptop's.
pub const QUARANTINED_OF_DEVICE_MAX: usize = 10_000;
/// Most bytes of their versions.
pub const QUARANTINED_BYTES_OF_DEVICE_MAX: usize = 64 * 1024 * 1024;
/// How many times as much of one device a manager's device may bring: what other laptops took under
/// these limits.
pub const MANAGER_FACTOR: usize = 10;
/// Most writers that may be named as changed since the last meeting; beyond, the whole clock is
/// sent.
pub const MOVED_WRITERS_MAX: usize = 4_096;
/// Most bytes of body in a sync request: a whole clock of [`WRITERS_MAX`], or a batch.
pub const SYNC_BODY_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Most chains in a locator; see [`crate::Locator`]. 2 × log2 of any log's length.
pub const LOCATOR_MAX: usize = 64;
/// Highest seq of a log.
pub const SEQ_MAX: u64 = 1 << 48;

/// Longest message of the hash comparison, in bytes.
pub const HASH_MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// Most versions that one hash comparison may find on one side alone; sides that differ more sync
/// by clocks first.
pub const HASH_DIFFERENCES_MAX: usize = 1_000_000;
/// Most versions of one question for places.
pub const PLACES_MAX: usize = 1_000;
/// A device's clock that is further off is worth a notice, in milliseconds.
pub const CLOCK_OFF_MS_MIN: u64 = 10 * 60 * 1_000;

/// No clock that is right says an earlier time, in milliseconds since 1970: 2023-01-01, before this
/// software was made.
pub const CLOCK_MS_MIN: i64 = 1_672_531_200_000;

/// First pause after a failed sync, in milliseconds.
pub const RETRY_DELAY_MS_MIN: u64 = 1_000;
/// Longest pause after failed syncs, in milliseconds.
pub const RETRY_DELAY_MS_MAX: u64 = 5 * 60 * 1_000;
/// Pause between two syncs that found nothing to do, in milliseconds.
pub const POLL_DELAY_MS: u64 = 15_000;
/// How long an answer may take before the request counts as failed, in milliseconds.
pub const REQUEST_TIMEOUT_MS: u64 = 30_000;
/// Most round trips of one conversation before it ends by itself, as a guard against a peer that
/// never agrees.
pub const ROUNDS_MAX: u32 = 100_000;
