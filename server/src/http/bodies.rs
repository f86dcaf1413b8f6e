//! A bound on the memory of all bodies together: each alone may have megabytes, and hundreds are read at once.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    BoxError,
    body::{Body, HttpBody},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use futures_util::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{App, import, tus};

/// The bodies that are read at once leave no room for more of this one.
#[derive(Debug, thiserror::Error)]
#[error("too many bytes are being read at once")]
pub struct Crowded;

/// The part of the room that one body takes.
#[derive(Clone, Debug, Default)]
struct Share(Arc<Mutex<Option<OwnedSemaphorePermit>>>);

/// Counts every byte that a handler reads, unpacked, until its answer is ready.
///
/// A body finds its room as it comes, and ends with [`Crowded`] where there is none: nothing waits for anything else, so that
/// those who send slowly can hold others up, and never each other for good.
pub async fn meter(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == import::PATH || tus::is_of_uploads(path) || request.body().is_end_stream() {
        return next.run(request).await;
    }
    let share = Share::default();
    let taken = share.clone();
    let response = next
        .run(request.map(|body| {
            Body::from_stream(body.into_data_stream().map(move |chunk| {
                let chunk = chunk?;
                taken.take(&app.body_bytes, chunk.len())?;
                Ok::<_, BoxError>(chunk)
            }))
        }))
        .await;
    drop(share);
    response
}

impl Share {
    fn take(&self, room: &Arc<Semaphore>, bytes: usize) -> Result<(), Crowded> {
        let bytes = u32::try_from(bytes).map_err(|_| Crowded)?;
        let permit = room.clone().try_acquire_many_owned(bytes).map_err(|_| Crowded)?;
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match held.as_mut() {
            Some(held) => held.merge(permit),
            None => *held = Some(permit),
        }
        Ok(())
    }
}
