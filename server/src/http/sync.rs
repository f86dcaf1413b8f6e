//! The answering side of the sync conversation over HTTP.

use axum::{extract::State, response::Response};
use chasqui_shared::{
    AnswerError, Batch, Failure, HashQuestion, HashReply, Located, LogView, Offer, PlacesQuestion,
    PlacesReply, ProjectId, Question,
};

use super::{
    ApiError, App,
    wire::{Accepted, Message, ToldTime},
};
use crate::store::StoreError;

/// `POST /api/v1/sync/offer`
pub async fn offer(
    State(app): State<App>,
    accepted: Accepted,
    told: ToldTime,
    Message(offer): Message<Offer>,
) -> Result<Response, ApiError> {
    let writer = offer.writer;
    let answer = app.store.offer(offer).await?;
    if let Some(time) = told.0 {
        app.store.told_time(writer, time).await?;
    }
    accepted.answer(&answer)
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

/// `POST /api/v1/sync/hashes`
pub async fn hashes(
    State(app): State<App>,
    accepted: Accepted,
    Message(question): Message<HashQuestion>,
) -> Result<Response, ApiError> {
    let (store, versions) = (app.store.clone(), app.versions.clone());
    let answer = app.store.read(move |view| {
        check_project(view.project(), question.project)?;
        let versions = versions.of(&store, view)?;
        let message = versions.answer(&question.message).map_err(AnswerError::Refused)?;
        Ok::<_, AnswerError<StoreError>>(HashReply { message })
    });
    accepted.answer(&answer.await?)
}

/// `POST /api/v1/sync/places`
pub async fn places(
    State(app): State<App>,
    accepted: Accepted,
    Message(question): Message<PlacesQuestion>,
) -> Result<Response, ApiError> {
    let answer = app.store.read(move |view| {
        check_project(view.project(), question.project)?;
        let mut places = Vec::with_capacity(question.versions.len());
        for version in question.versions {
            let place = view.place(version)?;
            places.extend(place.map(|at| Located { version, writer: at.writer, seq: at.seq }));
        }
        Ok::<_, AnswerError<StoreError>>(PlacesReply { places })
    });
    accepted.answer(&answer.await?)
}

fn check_project(mine: ProjectId, asked: ProjectId) -> Result<(), AnswerError<StoreError>> {
    if mine == asked {
        return Ok(());
    }
    let message = "this laptop holds another project";
    Err(AnswerError::Refused(Failure::lasting("other_project", message)))
}
