//! `GET /api/v1/events`: tells pages that something changed (server-sent events).
//!
//! An event carries no data worth keeping, and events of a slow listener melt into one, so nothing
//! piles up. Who loses the right to listen hears no more from that moment on.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::sync::watch;

use crate::{
    http::{
        app::App,
        capacity::{
            listeners::Listener,
            places::{Place, crowded},
        },
    },
    limits,
    store::Committed,
};

struct Events {
    commits: watch::Receiver<Arc<Committed>>,
    files: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    listener: Listener,
}

/// Begins with one event, then sends one after each commit, and when a file came or went, at most
/// one each [`limits::EVENT_PAUSE`].
#[utoipa::path(
    get,
    path = "/api/v1/events",
    operation_id = "listen",
    responses((status = 200, description = "An event without data after each commit and each file, without end", body = String, content_type = "text/event-stream"))
)]
pub async fn events(State(app): State<App>, place: Place) -> Response {
    let Some(listener) = app.listeners.begin(place.asker()) else {
        return crowded(&app.access, place.asker());
    };
    let mut commits = app.store.watch();
    commits.mark_changed();
    let files = app.media.blobs().watch();
    let events = Events { commits, files, stopping: app.stopping.clone(), listener };
    let keep_alive = KeepAlive::new().interval(limits::KEEP_ALIVE);
    Sse::new(stream::unfold(events, next_event)).keep_alive(keep_alive).into_response()
}

async fn next_event(mut events: Events) -> Option<(Result<Event, Infallible>, Events)> {
    tokio::select! {
        biased;
        () = events.listener.ended() => return None,
        _ = events.stopping.wait_for(|stopping| *stopping) => return None,
        changed = events.commits.changed() => changed.ok()?,
        changed = events.files.changed() => changed.ok()?,
    }
    // Commits and files during the pause are told by the one event after it.
    tokio::select! {
        biased;
        () = events.listener.ended() => return None,
        () = tokio::time::sleep(limits::EVENT_PAUSE) => {}
    }
    events.commits.mark_unchanged();
    events.files.mark_unchanged();
    Some((Ok(Event::default().data(r#"{"type":"changed"}"#)), events))
}
