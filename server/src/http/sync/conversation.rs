//! The answering side of the sync conversation over HTTP.

use axum::{extract::State, response::Response};
use chasqui_shared::{
    Batch, BatchResponse, Code, Failure, HashRequest, HashResponse, Located, LogView, Offer,
    OfferResponse, PlacesRequest, PlacesResponse, ProjectId, RespondError, Role, WantedRequest,
};

use crate::{
    access::Caller,
    http::{
        app::App,
        error::ApiError,
        wire::{Accepted, Message, ToldTime},
    },
    store::{Sender, StoreError},
};

/// `POST /api/v1/sync/offer`: what one side holds, and what is therefore to be moved.
#[utoipa::path(
    post,
    path = "/api/v1/sync/offer",
    operation_id = "offer",
    params(("chasqui-time" = Option<i64>, Header, description = "The clock of the asking side, in milliseconds since 1970")), request_body(content((Offer = "application/json"), (Offer = "application/cbor"))),
    responses((status = 200, description = "What is to be moved", content((OfferResponse = "application/json"), (OfferResponse = "application/cbor"))))
)]
pub async fn offer(
    State(app): State<App>,
    accepted: Accepted,
    caller: Caller,
    told: ToldTime,
    Message(offer): Message<Offer>,
) -> Result<Response, ApiError> {
    let writer = offer.writer;
    let answer = app.store.offer(offer, sender(&caller)).await?;
    if let Caller::Device(paired) = &caller {
        app.store.asked_by(writer, paired.device);
    }
    if let Some(time) = told.0 {
        app.store.told_time(writer, time, sender(&caller)).await?;
    }
    accepted.answer(&answer)
}

/// `POST /api/v1/changes`: takes entries. The answer leaves after the commit.
#[utoipa::path(
    post,
    path = "/api/v1/changes",
    operation_id = "push",
    request_body(content((Batch = "application/json"), (Batch = "application/cbor"))),
    responses((status = 200, description = "What became of each run, after the commit", content((BatchResponse = "application/json"), (BatchResponse = "application/cbor"))))
)]
pub async fn push(
    State(app): State<App>,
    accepted: Accepted,
    caller: Caller,
    Message(batch): Message<Batch>,
) -> Result<Response, ApiError> {
    accepted.answer(&app.store.push(batch, sender(&caller)).await?)
}

fn sender(caller: &Caller) -> Sender {
    match caller {
        Caller::Device(paired) => Sender { device: Some(paired.device), role: paired.role },
        Caller::LocalManager => Sender::MANAGER,
        Caller::Nobody => Sender { device: None, role: Role::Monitor },
    }
}

/// `POST /api/v1/changes/wanted`: the entries of some ranges.
#[utoipa::path(
    post,
    path = "/api/v1/changes/wanted",
    operation_id = "pull",
    request_body(content((WantedRequest = "application/json"), (WantedRequest = "application/cbor"))),
    responses((status = 200, description = "Entries", content((Batch = "application/json"), (Batch = "application/cbor"))))
)]
pub async fn pull(
    State(app): State<App>,
    accepted: Accepted,
    Message(question): Message<WantedRequest>,
) -> Result<Response, ApiError> {
    accepted.answer(&app.store.changes(question).await?)
}

/// `POST /api/v1/sync/hashes`: a step towards which versions only one side holds.
#[utoipa::path(
    post,
    path = "/api/v1/sync/hashes",
    operation_id = "compare_hashes",
    request_body(content((HashRequest = "application/json"), (HashRequest = "application/cbor"))),
    responses((status = 200, description = "The next frame", content((HashResponse = "application/json"), (HashResponse = "application/cbor"))))
)]
pub async fn hashes(
    State(app): State<App>,
    accepted: Accepted,
    Message(question): Message<HashRequest>,
) -> Result<Response, ApiError> {
    let (store, versions) = (app.store.clone(), app.versions.clone());
    let answer = app.store.read(move |view| {
        check_project(view.project(), question.project)?;
        let versions = versions.of(&store, view)?;
        let message = versions.answer(&question.message).map_err(RespondError::Refused)?;
        Ok::<_, RespondError<StoreError>>(HashResponse { message })
    });
    accepted.answer(&answer.await?)
}

/// `POST /api/v1/sync/places`: in which entries versions travel.
#[utoipa::path(
    post,
    path = "/api/v1/sync/places",
    operation_id = "find_places",
    request_body(content((PlacesRequest = "application/json"), (PlacesRequest = "application/cbor"))),
    responses((status = 200, description = "Where the versions are that are held", content((PlacesResponse = "application/json"), (PlacesResponse = "application/cbor"))))
)]
pub async fn places(
    State(app): State<App>,
    accepted: Accepted,
    Message(question): Message<PlacesRequest>,
) -> Result<Response, ApiError> {
    let answer = app.store.read(move |view| {
        check_project(view.project(), question.project)?;
        let mut places = Vec::with_capacity(question.versions.len());
        for version in question.versions {
            let place = view.place(version)?;
            places.extend(place.map(|at| Located { version, writer: at.writer, seq: at.seq }));
        }
        Ok::<_, RespondError<StoreError>>(PlacesResponse { places })
    });
    accepted.answer(&answer.await?)
}

fn check_project(mine: ProjectId, asked: ProjectId) -> Result<(), RespondError<StoreError>> {
    if mine == asked {
        return Ok(());
    }
    let message = "this laptop holds another project";
    Err(RespondError::Refused(Failure::new(Code::OtherProject, message)))
}
