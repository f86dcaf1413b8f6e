//! Uploads that are files already: who lost the answer to the last bytes asks where to go on, or
//! sends once more.

use std::{sync::Arc, time::SystemTime};

use axum::{http::StatusCode, response::Response};

use super::{
    answers::whole,
    body::blocking,
    upload_request::{Asked, Offset},
};
use crate::{
    http::error::ApiError,
    media::{Finished, Media, MediaError, Owner},
};

/// What the owner's upload became; fails with `error` if that is not known, or the file is not here
/// any more.
pub async fn became(
    media: Arc<Media>,
    owner: Owner,
    id: String,
    error: MediaError,
) -> Result<Finished, MediaError> {
    blocking(move || media.finished(owner, &id, SystemTime::now()).ok_or(error)).await
}

/// The answer to bytes for an upload that is a file: there is room for none.
pub async fn again(finished: Finished, asked: Asked<Offset>) -> Result<Response, ApiError> {
    let Asked { what: Offset(offset), checksum, mut body, .. } = asked;
    let Finished { hash, length, .. } = finished;
    let error = if offset != length {
        MediaError::OffsetWrong { offset: length }
    } else if !body.is_empty().await {
        MediaError::TooLarge { bytes_max: length }
    } else if checksum.is_some_and(|checksum| !checksum.is_right()) {
        MediaError::ChecksumWrong
    } else {
        return Ok(whole(StatusCode::NO_CONTENT, hash, length));
    };
    Err(body.turn_away(error.into()).await)
}
