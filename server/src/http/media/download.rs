//! `/api/v1/media/{hash}`: files on their way out.

use std::{io::Read, path::PathBuf, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chasqui_shared::{Code, ContentHash, is_safe_to_show};
use http_body_util::BodyExt;
use tower_http::services::ServeFile;

use crate::{
    http::{app::App, error::ApiError},
    media::{Media, MediaError},
};

/// A file that is opened as a page can do nothing.
pub const POLICY: &str = "sandbox; default-src 'none'";

/// A file never becomes another.
pub const CACHING: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
/// Enough of a file for its type to be known.
const HEAD_BYTES: u64 = 8 * 1024;
const OPAQUE: &str = "application/octet-stream";

/// `GET /api/v1/media/{hash}`: the file, or a part of it.
#[utoipa::path(
    get,
    path = "/api/v1/media/{hash}",
    operation_id = "show_media",
    params(("hash" = ContentHash, Path, description = "The file"), ("range" = Option<String>, Header, description = "The part that is wanted, in bytes")),
    responses((status = 200, description = "The file", content((Vec<u8> = "*/*"))))
)]
pub async fn show(
    State(app): State<App>,
    hash: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, ApiError> {
    let (hash, path) = find(&app, hash).await?;
    let etag = tag(&hash.to_string())?;
    let mut response = if is_known(request.headers(), &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let of = OnDisk { media: app.media.clone(), hash, path };
        read(request, &etag, of.clone()).await.inspect_err(|_| of.failed())?
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(header::CACHE_CONTROL, CACHING);
    headers.remove(header::LAST_MODIFIED);
    Ok(response)
}

/// A file that is being read.
#[derive(Clone)]
struct OnDisk {
    media: Arc<Media>,
    hash: ContentHash,
    path: PathBuf,
}

impl OnDisk {
    /// Reading it failed: it is not told to be here before it was hashed.
    fn failed(&self) {
        self.media.blobs().doubt(self.hash);
    }
}

/// The file of that name, and where it is; it is looked at.
pub async fn find(
    app: &App,
    hash: Result<Path<String>, PathRejection>,
) -> Result<(ContentHash, PathBuf), ApiError> {
    let hash = hash.ok().and_then(|Path(hash)| ContentHash::from_hex(&hash));
    let media = app.media.clone();
    let looking =
        tokio::task::spawn_blocking(move || hash.and_then(|hash| Some((hash, media.path(hash)?))));
    looking.await.map_err(|_| ApiError::internal())?.ok_or_else(|| {
        let message = "this laptop does not have this file";
        ApiError::new(Code::MediaUnknown, message)
    })
}

/// An entity tag with this name.
pub fn tag(name: &str) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(&format!("\"{name}\"")).map_err(|_| ApiError::internal())
}

async fn read(request: Request, etag: &HeaderValue, of: OnDisk) -> Result<Response, ApiError> {
    let (mut parts, _) = request.into_parts();
    let is_other = parts.headers.get(header::IF_RANGE).is_some_and(|tag| tag != etag);
    if is_other {
        parts.headers.remove(header::RANGE);
    }
    // The content decides, and not the times of the file on the disk.
    parts.headers.remove(header::IF_MODIFIED_SINCE);
    parts.headers.remove(header::IF_UNMODIFIED_SINCE);
    let failed = |error| ApiError::from(MediaError::Disk(error));
    let file = of.path.clone();
    let looked = tokio::task::spawn_blocking(move || Ok((kind_of(&file)?, file.metadata()?.len())));
    let (kind, bytes) = looked.await.map_err(|_| ApiError::internal())?.map_err(failed)?;
    // Several parts at once, other units, and what is no range may be passed over, and then are no
    // reason to refuse.
    if !parts.headers.get(header::RANGE).is_some_and(|range| is_one_part(range, bytes)) {
        parts.headers.remove(header::RANGE);
    }
    let request = Request::from_parts(parts, Body::empty());
    let response = ServeFile::new(&of.path).try_call(request).await.map_err(failed)?;
    let mut response = response.map(|body| {
        Body::new(body.map_err(move |error| {
            of.failed();
            error
        }))
    });
    if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        let message = "the file has no such part";
        let mut refused = ApiError::new(Code::RangeUnsatisfiable, message).into_response();
        if let Some(range) = response.headers_mut().remove(header::CONTENT_RANGE) {
            refused.headers_mut().insert(header::CONTENT_RANGE, range);
        }
        return Ok(refused);
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.unwrap_or(OPAQUE)));
    if kind.is_none() {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    Ok(response)
}

/// Whether one part is wanted of a file of so many bytes. More of its end than there is of it is
/// the whole.
fn is_one_part(range: &HeaderValue, bytes: u64) -> bool {
    let range = range.to_str().ok().and_then(|range| range.strip_prefix("bytes="));
    range.and_then(|range| range.split_once('-')).is_some_and(|(first, last)| {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match (first, last.parse::<u64>()) {
            ("", Ok(last_bytes)) => is_number(last) && last_bytes <= bytes,
            _ => !first.is_empty() && is_number(first) && is_number(last),
        }
    })
}

/// Whether the asking side has what has this tag.
pub fn is_known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut tags =
        known.filter_map(|tags| tags.to_str().ok()).flat_map(|tags| tags.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/").as_bytes() == etag.as_bytes())
}

/// The media type of what may be shown as what it is, by its first bytes.
fn kind_of(path: &std::path::Path) -> std::io::Result<Option<&'static str>> {
    let mut head = Vec::new();
    std::fs::File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    let kind = infer::get(&head).map(|kind| kind.mime_type());
    Ok(kind.filter(|kind| is_safe_to_show(kind)))
}
