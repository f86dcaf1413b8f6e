//! `GET /api/v1/events`: tells pages that something changed (server-sent events).
//!
//! An event carries no data worth keeping, and events of a slow listener melt into one, so nothing piles up.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::State,
    http::StatusCode,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::{ApiError, App};
use crate::{limits, store::Committed};

struct Listener {
    commits: watch::Receiver<Arc<Committed>>,
    files: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    /// Given back when the connection ends.
    _place: OwnedSemaphorePermit,
}

/// Begins with one event, then sends one after each commit, and when a file came or went, at most one each [`limits::EVENT_PAUSE`].
#[utoipa::path(
    get,
    path = "/api/v1/events",
    operation_id = "listen",
    responses((status = 200, description = "An event without data after each commit and each file, without end", body = String, content_type = "text/event-stream"))
)]
pub async fn events(
    State(app): State<App>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let Ok(place) = app.listeners.clone().try_acquire_owned() else {
        let message = "too many pages listen already";
        return Err(ApiError::passing(StatusCode::SERVICE_UNAVAILABLE, "busy", message));
    };
    let mut commits = app.store.watch();
    commits.mark_changed();
    let files = app.media.blobs().watch();
    let listener = Listener { commits, files, stopping: app.stopping.clone(), _place: place };
    let events = stream::unfold(listener, next_event);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(limits::KEEP_ALIVE)))
}

async fn next_event(mut listener: Listener) -> Option<(Result<Event, Infallible>, Listener)> {
    tokio::select! {
        changed = listener.commits.changed() => changed.ok()?,
        changed = listener.files.changed() => changed.ok()?,
        _ = listener.stopping.wait_for(|stopping| *stopping) => return None,
    }
    // Commits and files during the pause are told by the one event after it.
    tokio::time::sleep(limits::EVENT_PAUSE).await;
    listener.commits.mark_unchanged();
    listener.files.mark_unchanged();
    Some((Ok(Event::default().data(r#"{"type":"changed"}"#)), listener))
}
