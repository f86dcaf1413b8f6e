//! `/api/v1/media` and `/api/v1/media/uploads/{id}`: files come in by tus 1.0.0, a resumable
//! upload.

mod answers;
mod body;
mod finished;
mod headers;
mod metadata;
mod method;
mod path;
mod upload_request;

use std::time::SystemTime;

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use chasqui_shared::tus::UPLOADS;

use self::{
    answers::{at, known, told, whole},
    body::{blocking, receive},
    finished::{again, became},
    upload_request::{Asked, Offset, Tus},
};
use crate::{
    access::Caller,
    http::{app::App, error::ApiError},
    media::{Announced, Begun, Finished, Owner, Taken},
};
pub use {answers::speaks_tus, method::meant};

/// Whose uploads the caller's are.
pub fn owner(caller: &Caller) -> Owner {
    match caller {
        Caller::Device(paired) => Some(paired.device),
        Caller::LocalManager | Caller::Nobody => None,
    }
}

/// `OPTIONS /api/v1/media`: what of tus this laptop knows.
#[utoipa::path(
    options,
    path = "/api/v1/media",
    operation_id = "describe_uploads",
    responses((status = 204, description = "In Tus-Version, Tus-Extension, Tus-Max-Size and Tus-Checksum-Algorithm"))
)]
pub async fn options() -> Response {
    known()
}

/// `POST /api/v1/media`: begins an upload, and takes the first bytes of it if they come along.
#[utoipa::path(
    post,
    path = "/api/v1/media",
    operation_id = "begin_upload",
    params(
        ("tus-resumable" = String, Header, description = "1.0.0"),
        ("upload-length" = u64, Header, description = "Bytes of the whole file"),
        ("upload-metadata" = Option<String>, Header, description = "hash, name and type, each followed by its base64"),
        ("upload-checksum" = Option<String>, Header, description = "sha1, sha256 or blake3, and the base64 of what comes along")
    ),
    request_body(description = "The first bytes, or nothing", content((Vec<u8> = "application/offset+octet-stream"))),
    responses((status = 201, description = "Where to go on in Location, and from where in Upload-Offset"))
)]
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    asked: Asked<Announced>,
) -> Result<Response, ApiError> {
    let Asked { what: announced, checksum, carries_bytes, body } = asked;
    let (media, owner, length) = (app.media.clone(), owner(&caller), announced.length);
    let begun = announced.hash.and_then(|hash| media.begun(owner, hash, SystemTime::now()));
    if let Some(upload) = begun {
        upload.settle().await;
    }
    let begun = blocking(move || media.begin(owner, announced, SystemTime::now())).await;
    let upload = match begun {
        Ok(Begun::Upload(upload)) => upload,
        Ok(Begun::Held(hash)) => {
            body.pass_over().await;
            return Ok(whole(StatusCode::CREATED, hash, length));
        }
        Err(error) => return Err(body.turn_away(error.into()).await),
    };
    let location = format!("{UPLOADS}{}", upload.id());
    // Bytes from the beginning are of no use to an upload that is further on.
    let is_taken = (carries_bytes || length == 0) && upload.offset() == 0;
    let mut response = if is_taken {
        match receive(app.media, upload.clone(), 0, checksum, body).await? {
            Taken::Part(_) => at(StatusCode::CREATED, &upload),
            Taken::Whole(hash) => whole(StatusCode::CREATED, hash, length),
        }
    } else {
        body.pass_over().await;
        at(StatusCode::CREATED, &upload)
    };
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// `HEAD /api/v1/media/uploads/{id}`: how much of an upload is durable, all of it if it became a
/// file lately.
#[utoipa::path(
    get,
    path = "/api/v1/media/uploads/{id}",
    operation_id = "show_upload",
    params(("id" = String, Path, description = "The upload"), ("tus-resumable" = String, Header, description = "1.0.0")),
    responses((status = 200, description = "In Upload-Offset and Upload-Length, which are the same once the file is whole, and in Upload-Metadata what was said of it; there is no body"))
)]
pub async fn offset(
    State(app): State<App>,
    caller: Caller,
    _: Tus,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let owner = owner(&caller);
    let find = || app.media.find(owner, &id, SystemTime::now());
    if let Ok(upload) = find() {
        upload.settle().await;
    }
    // It may have become whole in the meantime.
    Ok(match find() {
        Ok(upload) => told(at(StatusCode::OK, &upload), upload.length(), &upload.announced().told),
        Err(error) => {
            let Finished { hash, length, told: metadata } =
                became(app.media, owner, id, error).await?;
            told(whole(StatusCode::OK, hash, length), length, &metadata)
        }
    })
}

/// `PATCH /api/v1/media/uploads/{id}`: the next bytes.
#[utoipa::path(
    patch,
    path = "/api/v1/media/uploads/{id}",
    operation_id = "go_on_with_upload",
    params(
        ("id" = String, Path, description = "The upload"),
        ("tus-resumable" = String, Header, description = "1.0.0"),
        ("upload-offset" = u64, Header, description = "Bytes that are durable"),
        ("upload-checksum" = Option<String>, Header, description = "sha1, sha256 or blake3, and the base64 of the body's")
    ),
    request_body(description = "The next bytes", content((Vec<u8> = "application/offset+octet-stream"))),
    responses((status = 204, description = "They are durable; where to go on is in Upload-Offset"))
)]
pub async fn go_on(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    asked: Asked<Offset>,
) -> Result<Response, ApiError> {
    let owner = owner(&caller);
    let upload = match app.media.find(owner, &id, SystemTime::now()) {
        Ok(upload) => upload,
        Err(error) => {
            return match became(app.media, owner, id, error).await {
                Ok(finished) => again(finished, asked).await,
                Err(error) => Err(asked.body.turn_away(error.into()).await),
            };
        }
    };
    let Asked { what: Offset(offset), checksum, body, .. } = asked;
    let length = upload.length();
    Ok(match receive(app.media, upload.clone(), offset, checksum, body).await? {
        Taken::Part(_) => at(StatusCode::NO_CONTENT, &upload),
        Taken::Whole(hash) => whole(StatusCode::NO_CONTENT, hash, length),
    })
}
