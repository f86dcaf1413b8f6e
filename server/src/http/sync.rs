//! The answering side of the sync conversation over HTTP.

use axum::{extract::State, response::Response};
use chasqui_shared::{Batch, Offer, Question};

use super::{
    ApiError, App,
    wire::{Accepted, Message},
};

/// `POST /api/v1/sync/offer`
pub async fn offer(
    State(app): State<App>,
    accepted: Accepted,
    Message(offer): Message<Offer>,
) -> Result<Response, ApiError> {
    accepted.answer(&app.store.offer(offer).await?)
}

/// `POST /api/v1/changes`: the answer leaves after the commit.
pub async fn push(
    State(app): State<App>,
    accepted: Accepted,
    Message(batch): Message<Batch>,
) -> Result<Response, ApiError> {
    accepted.answer(&app.store.push(batch).await?)
}

/// `POST /api/v1/changes/wanted`
pub async fn pull(
    State(app): State<App>,
    accepted: Accepted,
    Message(question): Message<Question>,
) -> Result<Response, ApiError> {
    accepted.answer(&app.store.changes(question).await?)
}
