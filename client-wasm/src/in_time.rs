//! Nothing is waited for without a limit: a storage or a network that never answers must hold up
//! neither a person nor the lock of the working copy.
//!
//! Browsers do leave things unanswered. Chromium collects the stream of a `Blob` while somebody
//! awaits a part of it, if nothing but that promise is left of it; a flash that fails can keep a
//! transaction for minutes.

use std::{
    future::Future,
    pin::{Pin, pin},
};

use chasqui_shared::{Code, ContentHash, Failure, limits::SLICE_BYTES_MAX};
use futures_util::future::{Either, select};

use crate::{
    host::Host,
    limits::{
        ANSWER_GRACE_MS, READ_TIMEOUT_MS, READ_TRIES_MAX, STORAGE_TIMEOUT_MS,
        STORED_BYTES_PER_MS_MIN, TIMER_GRACE_MS,
    },
    storage::disk::{DiskError, StoredFile},
};

/// What comes of `work`, or `None` if it did not end in so many milliseconds; it is dropped then.
pub async fn within<H: Host, R>(
    host: &H,
    limit_ms: u64,
    work: impl Future<Output = R>,
) -> Option<R> {
    match select(pin!(work), limit(host, limit_ms)).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}

/// Behind a pointer, so that wasm has it once and not for each kind of work.
fn limit<H: Host>(host: &H, limit_ms: u64) -> Pin<Box<dyn Future<Output = ()> + '_>> {
    Box::pin(async move {
        host.sleep(limit_ms).await;
        // A worker that computed for longer than the limit finds its timer due before an answer
        // that came meanwhile.
        host.sleep(TIMER_GRACE_MS).await;
    })
}

/// How long a file of this size may take to be kept, in milliseconds.
pub fn keeping_ms(bytes: u64) -> u64 {
    STORAGE_TIMEOUT_MS + bytes / STORED_BYTES_PER_MS_MIN
}

/// What the storage answers, or [`DiskError::Slow`] after so many milliseconds.
pub async fn stored_in<H: Host, R>(
    host: &H,
    limit_ms: u64,
    work: impl Future<Output = Result<R, DiskError>>,
) -> Result<R, DiskError> {
    within(host, limit_ms, work).await.unwrap_or(Err(DiskError::Slow))
}

/// What a laptop answers to a request that itself gives up after so many milliseconds;
/// [`Code::Timeout`] if it does not even do that.
pub async fn answered_in<H: Host, R>(
    host: &H,
    patience_ms: u64,
    work: impl Future<Output = Result<R, Failure>>,
) -> Result<R, Failure> {
    let answer = within(host, patience_ms + ANSWER_GRACE_MS, work).await;
    answer.unwrap_or_else(|| Err(Failure::new(Code::Timeout, "the request was not answered")))
}

/// The bytes of a part of a file. What was not read in time is asked for again, so many times.
pub async fn read_part<H: Host, F: StoredFile>(host: &H, part: &F) -> Result<Vec<u8>, DiskError> {
    for _ in 1..READ_TRIES_MAX {
        match stored_in(host, READ_TIMEOUT_MS, part.read()).await {
            Err(DiskError::Slow) => {}
            read => return read,
        }
    }
    stored_in(host, READ_TIMEOUT_MS, part.read()).await
}

/// The content hash of a file, read part by part: a video is never in memory as a whole.
///
/// Fails with `storage_slow` and `storage_failed`.
pub async fn hash_of<H: Host, F: StoredFile>(host: &H, file: &F) -> Result<ContentHash, DiskError> {
    let mut hasher = blake3::Hasher::new();
    let mut from = 0;
    while from < file.bytes() {
        let until = from + SLICE_BYTES_MAX;
        hasher.update(&read_part(host, &file.slice(from, until)?).await?);
        from = until;
    }
    Ok(ContentHash(*hasher.finalize().as_bytes()))
}
