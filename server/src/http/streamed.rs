//! Answers that are written while they are sent, so that never more of one is in memory than the
//! other side is about to take.

use std::io::{self, Write};

use axum::{
    BoxError,
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use tokio::{
    runtime::Handle,
    sync::mpsc,
    time::{Instant, timeout},
};

use super::{
    app::App,
    capacity::places::{Place, crowded},
    error::ApiError,
};
use crate::{
    limits,
    store::{ReadLog, StoreError},
};

/// What is written of an answer. Who writes waits until the other side takes it, within limits.
pub struct Chunks {
    sender: mpsc::Sender<Chunk>,
    runtime: Handle,
    filled: Vec<u8>,
    ends_at: Instant,
}

enum Chunk {
    Part(Bytes),
    /// What is missing where this does not come was not written.
    End,
    Failed(StoreError),
}

/// An answer that breaks off.
#[derive(Debug, thiserror::Error)]
#[error("the rest of the answer could not be written, or was not taken in time")]
struct BrokenOff;

/// Answers with what `write` writes of one state of the store.
///
/// Nothing is sent before the first [`limits::STREAM_CHUNK_BYTES`] are there or all is: a failure
/// until then is answered as one. Later the connection breaks off, so that nobody takes a part for
/// the whole. So it does if a chunk is not taken within [`limits::TAKEN_TIME_MAX`], or all of it
/// within [`limits::STREAM_TIME_MAX`].
pub async fn streamed<F>(
    app: &App,
    place: &Place,
    content_type: &'static str,
    write: F,
) -> Result<Response, ApiError>
where
    F: FnOnce(&ReadLog, &mut Chunks) -> Result<(), StoreError> + Send + 'static,
{
    let Some(share) = place.stream() else { return Ok(crowded(&app.access, place.asker())) };
    let (sender, mut receiver) = mpsc::channel(limits::STREAM_CHUNKS_AHEAD);
    let (last, store, runtime) = (sender.clone(), app.store.clone(), Handle::current());
    tokio::spawn(async move {
        let ends_at = Instant::now() + limits::STREAM_TIME_MAX;
        let mut chunks = Chunks { sender, runtime, filled: Vec::new(), ends_at };
        let written = store.read(move |view| {
            write(view, &mut chunks)?;
            chunks.send()
        });
        let written = written.await;
        // Before the end is told: who has all of the answer may close the store.
        drop((store, share));
        let told = last.send(written.map_or_else(Chunk::Failed, |()| Chunk::End));
        // Who does not take it has the answer broken off.
        let _ = timeout(limits::TAKEN_TIME_MAX, told).await;
    });
    let first = match receiver.recv().await {
        Some(Chunk::Part(first)) => first,
        Some(Chunk::Failed(error)) => return Err(error.into()),
        Some(Chunk::End) | None => return Err(ApiError::internal()),
    };
    let second = receiver.recv().await;
    let body = match second {
        Some(Chunk::End) => Body::from(first),
        // What packs it asks once more after the end.
        second => Body::from_stream(
            stream::unfold(
                (Some(receiver), vec![second, Some(Chunk::Part(first))]),
                |(receiver, mut begun)| async move {
                    let mut receiver = receiver?;
                    let next = match begun.pop() {
                        Some(next) => next,
                        None => receiver.recv().await,
                    };
                    match next {
                        Some(Chunk::Part(part)) => Some((Ok(part), (Some(receiver), begun))),
                        Some(Chunk::End) => None,
                        Some(Chunk::Failed(_)) | None => {
                            Some((Err(BoxError::from(BrokenOff)), (None, begun)))
                        }
                    }
                },
            )
            .fuse(),
        ),
    };
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(content_type))], body).into_response())
}

impl Chunks {
    /// Writes JSON. Fails with [`StoreError::Closed`] if nobody takes it any more.
    pub fn json<T: serde::Serialize>(&mut self, value: &T) -> Result<(), StoreError> {
        serde_json::to_writer(self, value).map_err(|_| StoreError::Closed)
    }

    /// Writes text as it is. Fails with [`StoreError::Closed`] if nobody takes it any more.
    pub fn text(&mut self, text: &str) -> Result<(), StoreError> {
        self.write_all(text.as_bytes()).map_err(|_| StoreError::Closed)
    }

    /// Waits until there is room for what is filled.
    fn send(&mut self) -> Result<(), StoreError> {
        let chunk = Chunk::Part(std::mem::take(&mut self.filled).into());
        let left = self.ends_at.saturating_duration_since(Instant::now());
        let sent = self.sender.send_timeout(chunk, left.min(limits::TAKEN_TIME_MAX));
        self.runtime.block_on(sent).map_err(|_| StoreError::Closed)
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(limits::STREAM_CHUNK_BYTES - self.filled.len());
        self.filled.extend_from_slice(&bytes[..taken]);
        if self.filled.len() == limits::STREAM_CHUNK_BYTES {
            self.send().map_err(io::Error::other)?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
