//! A bound on the memory of bodies: each alone may have megabytes, and many are read at once.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    BoxError,
    body::{Body, HttpBody},
    extract::Request,
    middleware::Next,
    response::Response,
};
use futures_util::StreamExt;

use crate::http::{
    capacity::places::{Place, Share},
    route::{self, Carries},
};

/// The bodies that are read at once leave no room for more of this one.
#[derive(Debug, thiserror::Error)]
#[error("too many bytes are being read at once")]
pub struct Crowded;

/// The part of the room that one body takes.
#[derive(Clone, Debug, Default)]
struct Taken(Arc<Mutex<Option<Share>>>);

/// Counts every byte that a handler reads, unpacked, until its answer is ready, among those of its
/// caller and of all of a kind.
///
/// A body finds its room as it comes, and ends with [`Crowded`] where there is none: nothing waits
/// for anything else, so that those who send slowly can hold others up, and never each other for
/// good.
pub async fn meter(request: Request, next: Next) -> Response {
    let is_kept = route::of(&request).is_some_and(|route| route.carries != Carries::Message);
    let place = request.extensions().get::<Place>().cloned();
    let Some(place) = place.filter(|_| !is_kept && !request.body().is_end_stream()) else {
        return next.run(request).await;
    };
    let share = Taken::default();
    let taken = share.clone();
    let response = next
        .run(request.map(|body| {
            Body::from_stream(body.into_data_stream().map(move |chunk| {
                let chunk = chunk?;
                taken.take(&place, chunk.len())?;
                Ok::<_, BoxError>(chunk)
            }))
        }))
        .await;
    drop(share);
    response
}

impl Taken {
    fn take(&self, place: &Place, bytes: usize) -> Result<(), Crowded> {
        let more = place.body(bytes).ok_or(Crowded)?;
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match held.as_mut() {
            Some(held) => held.iter_mut().zip(more).for_each(|(held, more)| held.merge(more)),
            None => *held = Some(more),
        }
        Ok(())
    }
}
