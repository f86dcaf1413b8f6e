//! Limits of discovery. The lengths are part of the protocol; the others are this laptop's own.

use std::time::Duration;

/// Shortest question that is answered, in bytes: no answer is longer than this.
pub const QUESTION_BYTES_MIN: usize = 512;
/// Longest question that is read, in bytes: one frame of any wifi.
pub const QUESTION_BYTES_MAX: usize = 1_200;
/// Longest answer, in bytes.
pub const ANSWER_BYTES_MAX: usize = 512;
/// Longest `OHAI` with the white space after it, in bytes.
pub const OHAI_BYTES_MAX: usize = 16;
/// Longest name of a laptop in an answer, in bytes of UTF-8; the rest is cut off.
pub const NAME_BYTES_MAX: usize = 64;
/// Most addresses of one laptop that are told or believed.
pub const URLS_MAX: usize = 8;
/// Lowest port to which an answer is sent: below are well-known services, which never ask.
pub const SOURCE_PORT_MIN: u16 = 1_024;

/// How long one source waits between two answers to its questions.
pub const QUESTION_WINDOW: Duration = Duration::from_secs(1);
/// Answers to questions within one [`QUESTION_WINDOW`], to all sources together.
pub const QUESTION_ANSWERS_MAX: usize = 32;
/// How long one source waits between two answers to its `OHAI`.
pub const OHAI_WINDOW: Duration = Duration::from_secs(10);
/// Answers to `OHAI` within one [`OHAI_WINDOW`], to all sources together.
pub const OHAI_ANSWERS_MAX: usize = 5;

/// Private addresses of this machine that are looked at; Linux lets one socket join 20 groups.
pub const ADDRESSES_MAX: usize = 16;
/// Pause between two looks at this machine's addresses.
pub const ADDRESSES_PAUSE: Duration = Duration::from_secs(3);
/// Pause before a port that could not be opened, or that failed, is tried again.
pub const RETRY_PAUSE: Duration = Duration::from_secs(30);
/// How long the goodbye by mDNS may take.
pub const GOODBYE_TIME_MAX: Duration = Duration::from_secs(1);

/// Most laptops that one search returns.
pub const FOUND_MAX: usize = 64;
/// Pause between two questions of one search: longer than [`QUESTION_WINDOW`], or every other one
/// is in vain.
pub const QUESTION_PAUSE: Duration = Duration::from_millis(1_100);
/// Seconds that `chasqui find` listens for, if it is not told otherwise: enough for a wifi.
pub const FIND_SECONDS: u64 = 3;
/// Most seconds that `chasqui find` can be told to listen for.
pub const FIND_SECONDS_MAX: u64 = 60;
