//! `/api/v1/media/held`: which files are here.

use std::time::SystemTime;

use axum::{extract::State, response::Response};
use chasqui_shared::{Begun, ContentHash, StoredRequest, StoredResponse, tus::UPLOADS};
use tokio::time::{Instant, timeout_at};

use super::tus::owner;
use crate::{
    access::Caller,
    http::{
        app::App,
        error::ApiError,
        wire::{Accepted, Message},
    },
    limits,
};

/// `POST /api/v1/media/held`: which files are here, and which uploads of the asking device can go
/// on. Before a device gives up its own copies, files that were not hashed within a day are hashed
/// again.
#[utoipa::path(
    post,
    path = "/api/v1/media/held",
    operation_id = "ask_held",
    request_body(content((StoredRequest = "application/json"), (StoredRequest = "application/cbor"))),
    responses((status = 200, description = "Those that are held, and those that go on", content((StoredResponse = "application/json"), (StoredResponse = "application/cbor"))))
)]
pub async fn held(
    State(app): State<App>,
    caller: Caller,
    accepted: Accepted,
    Message(question): Message<StoredRequest>,
) -> Result<Response, ApiError> {
    let (owner, now) = (owner(&caller), SystemTime::now());
    for hash in &question.hashes {
        if let Some(upload) = app.media.begun(owner, *hash, now) {
            upload.settle().await;
        }
    }
    let media = app.media.clone();
    // A file that was touched is hashed, and when it was last asked for may be written down.
    let asking = tokio::task::spawn_blocking(move || {
        let is_held = |hash: &ContentHash| media.blobs().acknowledge(*hash, now);
        question.hashes.into_iter().partition::<Vec<_>, _>(is_held)
    });
    let (here, others) = asking.await.map_err(|_| ApiError::internal())?;
    let (held, unproven) = match question.to_free {
        true => prove(&app, here, now).await?,
        false => (here, Vec::new()),
    };
    let begun = others.into_iter().filter_map(|hash| {
        let upload = app.media.begun(owner, hash, now)?;
        let (path, offset) = (format!("{UPLOADS}{}", upload.id()), upload.offset());
        Some(Begun { hash, upload: path, offset })
    });
    accepted.answer(&StoredResponse { held, unproven, begun: begun.collect() })
}

/// Hashes those that were not hashed within a day, for as long as an answer may take; those that
/// are proven, and those that are not yet. One that is damaged is neither.
async fn prove(
    app: &App,
    here: Vec<ContentHash>,
    now: SystemTime,
) -> Result<(Vec<ContentHash>, Vec<ContentHash>), ApiError> {
    let deadline = Instant::now() + limits::HELD_ANSWER_TIME_MAX;
    // Whoever comes while others are being hashed waits, and is answered without if it takes too
    // long.
    if let Ok(turn) = timeout_at(deadline, app.media.hashing().lock_owned()).await {
        let (media, hashes) = (app.media.clone(), here.clone());
        let hashing = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            for hash in hashes {
                // What is begun is ended, be it a film of 4 GB: then the next question finds it
                // hashed.
                if Instant::now() >= deadline {
                    break;
                }
                if !media.blobs().is_hashed(hash, now)
                    && let Err(error) = media.blobs().hash_again(hash, now)
                {
                    tracing::warn!(%error, %hash, "a file could not be hashed");
                }
            }
        });
        let _ = timeout_at(deadline, hashing).await;
    }
    let media = app.media.clone();
    let asking = tokio::task::spawn_blocking(move || {
        let is_hashed = |hash: &ContentHash| media.blobs().is_hashed(*hash, now);
        let (held, mut unproven): (Vec<_>, Vec<_>) = here.into_iter().partition(is_hashed);
        unproven.retain(|hash| media.blobs().holds(*hash));
        (held, unproven)
    });
    asking.await.map_err(|_| ApiError::internal())
}
