//! The body of a request on its way to the disk.

use std::{io, sync::Arc, time::SystemTime};

use axum::{
    body::{Body, Bytes},
    http::Version,
};
use chasqui_shared::Code;
use futures_util::FutureExt;
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout, timeout_at};

use crate::{
    http::{error::ApiError, layers::admission::pass_over, wire::malformed},
    limits,
    media::{Checksum, Media, MediaError, Taken, Upload, Writer},
};

/// A body of which nothing has been read.
#[derive(Debug)]
pub struct Incoming {
    version: Version,
    body: Body,
}

/// A body that is being read.
struct Frames {
    incoming: Incoming,
    /// How it came to its end, until that has been told.
    ended: Option<Result<(), axum::Error>>,
}

/// Writes a body to an upload. It goes on to its end on a task of its own: what came is kept
/// whoever waits for the answer.
pub async fn receive(
    media: Arc<Media>,
    upload: Arc<Upload>,
    offset: u64,
    checksum: Option<Checksum>,
    body: Incoming,
) -> Result<Taken, ApiError> {
    let opened = match Writer::turn(&upload).await {
        Ok(turn) => {
            let now = SystemTime::now();
            blocking(move || Writer::open(media, upload, turn, offset, checksum, now)).await
        }
        Err(error) => Err(error),
    };
    let writer = match opened {
        Ok(writer) => writer,
        Err(error) => return Err(body.turn_away(error.into()).await),
    };
    let received = tokio::spawn(async move {
        let mut frames = Frames { incoming: body, ended: None };
        let received = write(writer, &mut frames).await;
        if received.is_err() && frames.ended.is_none() {
            frames.incoming.pass_over().await;
        }
        received
    });
    received.await.map_err(|error| {
        tracing::error!(%error, "an upload panicked");
        ApiError::internal()
    })?
}

async fn write(mut writer: Writer, frames: &mut Frames) -> Result<Taken, ApiError> {
    let end = Instant::now() + limits::UPLOAD_TIME_MAX;
    loop {
        let silent = end.min(Instant::now() + limits::UPLOAD_SILENCE_MAX);
        let next = tokio::select! {
            biased;
            next = timeout_at(silent, frames.next()) => next,
            () = writer.wanted() => {
                blocking(|| writer.cut(SystemTime::now())).await?;
                return Err(MediaError::Busy.into());
            }
        };
        let chunks = match next {
            Ok(Ok(Some(chunks))) => chunks,
            Ok(Ok(None)) => return Ok(blocking(|| writer.finish(SystemTime::now())).await?),
            Ok(Err(error)) => {
                tracing::debug!(%error, "an upload was cut");
                blocking(|| writer.cut(SystemTime::now())).await?;
                return Err(malformed("the body ended early; what came is kept"));
            }
            Err(_elapsed) => {
                blocking(|| writer.cut(SystemTime::now())).await?;
                let message = "the upload fell silent or took too long; what came is kept";
                return Err(ApiError::new(Code::Timeout, message));
            }
        };
        writer.heard();
        let taken = blocking(move || {
            for chunk in chunks {
                writer.take(&chunk, SystemTime::now())?;
            }
            Ok(writer)
        });
        writer = taken.await?;
    }
}

impl Incoming {
    /// A body that came with a request of this version of HTTP.
    pub fn new(version: Version, body: Body) -> Self {
        Self { version, body }
    }

    /// Reads what nobody needs.
    pub async fn pass_over(mut self) {
        pass_over(self.version, &mut self.body, limits::TURNED_AWAY_BYTES_MAX).await;
    }

    /// Whether it ends without a byte. Who leaves that open for [`limits::TURNED_AWAY_TIME_MAX`]
    /// has more to say.
    pub async fn is_empty(&mut self) -> bool {
        let looking = async {
            while let Some(frame) = self.body.frame().await {
                match frame {
                    Ok(frame) if frame.data_ref().is_none_or(Bytes::is_empty) => {}
                    Ok(_) | Err(_) => return false,
                }
            }
            true
        };
        timeout(limits::TURNED_AWAY_TIME_MAX, looking).await.unwrap_or(false)
    }

    /// Says no, and means what is on its way already, too.
    pub async fn turn_away(self, error: ApiError) -> ApiError {
        self.pass_over().await;
        error
    }
}

impl Frames {
    /// The next bytes, and with them all that are here already, up to a limit: each way to the disk
    /// and back costs more than a frame of 16 kB does. `None` at the end. Whoever stops waiting for
    /// it has lost nothing.
    async fn next(&mut self) -> Result<Option<Vec<Bytes>>, axum::Error> {
        let (mut chunks, mut bytes) = (Vec::new(), 0);
        while bytes < limits::UPLOAD_GATHERED_BYTES_MAX && self.ended.is_none() {
            let next = match chunks.is_empty() {
                true => Some(self.incoming.body.frame().await),
                false => self.incoming.body.frame().now_or_never(),
            };
            match next {
                Some(Some(Ok(frame))) => {
                    // Trailers say nothing here.
                    let Ok(data) = frame.into_data() else { continue };
                    bytes += data.len();
                    chunks.push(data);
                }
                Some(Some(Err(error))) => self.ended = Some(Err(error)),
                Some(None) => self.ended = Some(Ok(())),
                None => break,
            }
        }
        match self.ended.take_if(|_| chunks.is_empty()) {
            Some(ended) => ended.map(|()| None),
            None => Ok(Some(chunks)),
        }
    }
}

/// Does what blocks on the disk.
pub async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, MediaError> + Send + 'static,
) -> Result<T, MediaError> {
    let joined = tokio::task::spawn_blocking(act).await;
    joined.map_err(|error| MediaError::Disk(io::Error::other(error)))?
}
