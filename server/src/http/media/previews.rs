//! `/api/v1/media/{hash}/preview`: a small picture of a picture.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chasqui_shared::{Code, ContentHash};

use super::download::{CACHING, find, is_known, tag};
use crate::{
    http::{app::App, error::ApiError},
    media::PreviewError,
};

/// `GET /api/v1/media/{hash}/preview`: a JPEG of the file, upright, at most 320 pixels wide and
/// high.
#[utoipa::path(
    get,
    path = "/api/v1/media/{hash}/preview",
    operation_id = "show_preview",
    params(("hash" = ContentHash, Path, description = "The file")),
    responses((status = 200, description = "The preview", content((Vec<u8> = "image/jpeg"))))
)]
pub async fn show(
    State(app): State<App>,
    hash: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (hash, file) = find(&app, hash).await?;
    let etag = tag(&format!("{hash}-preview"))?;
    let mut response = match is_known(&headers, &etag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => {
            let preview = app.media.preview(hash, file).await?;
            let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"))];
            (kind, Bytes::from_owner(preview)).into_response()
        }
    };
    response.headers_mut().insert(header::ETAG, etag);
    response.headers_mut().insert(header::CACHE_CONTROL, CACHING);
    Ok(response)
}

impl From<PreviewError> for ApiError {
    fn from(error: PreviewError) -> Self {
        let message = error.to_string();
        match error {
            PreviewError::Busy => Self::busy(),
            PreviewError::Impossible => Self::new(Code::PreviewImpossible, message),
            PreviewError::Failed => Self::new(Code::FileUnreadable, message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_when_too_many_wait_is_told_when_to_come_back() {
        let busy = ApiError::from(PreviewError::Busy).into_response();
        assert_eq!(busy.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(busy.headers()[header::RETRY_AFTER], "1");
    }
}
