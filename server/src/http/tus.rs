//! `/api/v1/media` and `/api/v1/media/uploads/{id}`: files come in by tus 1.0.0, a resumable upload.

use std::{
    io,
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    body::Body,
    extract::{FromRequestParts, Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header, request::Parts},
    response::{IntoResponse, Response},
};
use chasqui_shared::{ContentHash, limits as shared_limits};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout, timeout_at};

use super::{
    ApiError, App,
    admission::pass_over,
    asked::text,
    tus_metadata::metadata,
    wire::{malformed, media_type},
};
use crate::{
    access::Caller,
    limits,
    media::{ALGORITHMS, Announced, Begun, Checksum, MediaError, Owner, Taken, Upload, Writer},
};

/// Where files are sent.
pub const PATH: &str = "/api/v1/media";
/// What the paths of uploads begin with.
pub const UPLOADS: &str = "/api/v1/media/uploads/";

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const EXTENSIONS: HeaderValue =
    HeaderValue::from_static("creation,creation-with-upload,checksum,expiration");
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const HASH: HeaderName = HeaderName::from_static("chasqui-media-hash");
const BYTES: &str = "application/offset+octet-stream";

/// Whether requests to this path carry files, which go to the disk as they come.
pub fn is_of_uploads(path: &str) -> bool {
    path == PATH || path.starts_with(UPLOADS)
}

/// The asking side speaks tus 1.0.0.
#[derive(Clone, Copy, Debug)]
pub struct Tus;

/// `OPTIONS /api/v1/media`: what of tus this laptop knows.
#[utoipa::path(
    options,
    path = "/api/v1/media",
    operation_id = "describe_uploads",
    responses((status = 204, description = "In Tus-Version, Tus-Extension, Tus-Max-Size and Tus-Checksum-Algorithm"))
)]
pub async fn options() -> Response {
    let mut response = done(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(TUS_VERSION, VERSION);
    headers.insert("tus-extension", EXTENSIONS);
    headers.insert("tus-max-size", shared_limits::MEDIA_BYTES_MAX.into());
    headers.insert("tus-checksum-algorithm", HeaderValue::from_static(ALGORITHMS));
    response
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
    _: Tus,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, mut body) = request.into_parts();
    let version = parts.version;
    let asked = announced(&parts.headers).and_then(|announced| {
        Ok((announced, carries_bytes(&parts.headers)?, checksum(&parts.headers)?))
    });
    let (announced, carries_bytes, checksum) = match asked {
        Ok(asked) => asked,
        Err(error) => return Err(turn_away(version, body, error).await),
    };
    let (media, owner) = (app.media.clone(), owner(&caller));
    let begun = blocking(move || media.begin(owner, announced, SystemTime::now())).await;
    let upload = match begun {
        Ok(Begun::Upload(upload)) => upload,
        Ok(Begun::Held(hash)) => {
            let length = number(&parts.headers, LENGTH)?;
            pass_over_soon(version, &mut body).await;
            return Ok(whole(StatusCode::CREATED, hash, length));
        }
        Err(error) => return Err(turn_away(version, body, error.into()).await),
    };
    let location = format!("{UPLOADS}{}", upload.id());
    // Bytes from the beginning are of no use to an upload that is further on.
    let is_taken = (carries_bytes || upload.length() == 0) && upload.offset() == 0;
    let mut response = if is_taken {
        let length = upload.length();
        match receive(&app, version, upload.clone(), 0, checksum, body).await? {
            Taken::Part(_) => at(StatusCode::CREATED, &upload),
            Taken::Whole(hash) => whole(StatusCode::CREATED, hash, length),
        }
    } else {
        pass_over_soon(version, &mut body).await;
        at(StatusCode::CREATED, &upload)
    };
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// `HEAD /api/v1/media/uploads/{id}`: how much of an upload is durable.
#[utoipa::path(
    get,
    path = "/api/v1/media/uploads/{id}",
    operation_id = "show_upload",
    params(("id" = String, Path, description = "The upload"), ("tus-resumable" = String, Header, description = "1.0.0")),
    responses((status = 200, description = "In Upload-Offset and Upload-Length; there is no body"))
)]
pub async fn offset(
    State(app): State<App>,
    caller: Caller,
    _: Tus,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let upload = app.media.find(owner(&caller), &id, SystemTime::now())?;
    let mut response = at(StatusCode::OK, &upload);
    response.headers_mut().insert(LENGTH, upload.length().into());
    Ok(response)
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
    _: Tus,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let version = parts.version;
    let found = app.media.find(owner(&caller), &id, SystemTime::now());
    let asked = found.map_err(ApiError::from).and_then(|upload| {
        if media_type(&parts.headers) != Some(BYTES) {
            return Err(unsupported());
        }
        Ok((upload, number(&parts.headers, OFFSET)?, checksum(&parts.headers)?))
    });
    let (upload, offset, checksum) = match asked {
        Ok(asked) => asked,
        Err(error) => return Err(turn_away(version, body, error).await),
    };
    let length = upload.length();
    Ok(match receive(&app, version, upload.clone(), offset, checksum, body).await? {
        Taken::Part(_) => at(StatusCode::NO_CONTENT, &upload),
        Taken::Whole(hash) => whole(StatusCode::NO_CONTENT, hash, length),
    })
}

/// Writes a body to an upload. It goes on to its end on a task of its own: what came is kept whoever waits for the answer.
async fn receive(
    app: &App,
    version: Version,
    upload: Arc<Upload>,
    offset: u64,
    checksum: Option<Checksum>,
    mut body: Body,
) -> Result<Taken, ApiError> {
    let media = app.media.clone();
    let opened = blocking(move || Writer::open(media, upload, offset, checksum)).await;
    let writer = match opened {
        Ok(writer) => writer,
        Err(error) => return Err(turn_away(version, body, error.into()).await),
    };
    let received = tokio::spawn(async move {
        let received = write(writer, &mut body).await;
        if received.is_err() {
            pass_over_soon(version, &mut body).await;
        }
        received
    });
    received.await.map_err(|error| {
        tracing::error!(%error, "an upload panicked");
        ApiError::internal()
    })?
}

async fn write(mut writer: Writer, body: &mut Body) -> Result<Taken, ApiError> {
    let end = Instant::now() + limits::UPLOAD_TIME_MAX;
    loop {
        let silent = end.min(Instant::now() + limits::UPLOAD_SILENCE_MAX);
        let data = match timeout_at(silent, body.frame()).await {
            Ok(None) => return Ok(blocking(|| writer.finish(SystemTime::now())).await?),
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => data,
                Err(_trailers) => continue,
            },
            Ok(Some(Err(error))) => {
                tracing::debug!(%error, "an upload was cut");
                blocking(|| writer.cut(SystemTime::now())).await?;
                return Err(malformed("the body ended early; what came is kept"));
            }
            Err(_elapsed) => {
                blocking(|| writer.cut(SystemTime::now())).await?;
                let message = "the upload fell silent or took too long; what came is kept";
                return Err(ApiError::passing(StatusCode::REQUEST_TIMEOUT, "timeout", message));
            }
        };
        let taken = blocking(move || {
            writer.take(&data, SystemTime::now())?;
            Ok(writer)
        });
        writer = taken.await?;
    }
}

/// Who still sends is not listening for the answer; who is silent gets it.
/// Over HTTP/2 the answer itself ends the sending of what nobody needs.
async fn pass_over_soon(version: Version, body: &mut Body) {
    if version == Version::HTTP_2 {
        return;
    }
    let passing = pass_over(body, limits::TURNED_AWAY_BYTES_MAX);
    // Whether it came to its end does not matter.
    let _ = timeout(Duration::from_secs(1), passing).await;
}

async fn turn_away(version: Version, mut body: Body, error: ApiError) -> ApiError {
    pass_over_soon(version, &mut body).await;
    error
}

async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, MediaError> + Send + 'static,
) -> Result<T, MediaError> {
    let joined = tokio::task::spawn_blocking(act).await;
    joined.map_err(|error| MediaError::Disk(io::Error::other(error)))?
}

/// Whose uploads the caller's are.
pub fn owner(caller: &Caller) -> Owner {
    match caller {
        Caller::Device(paired) => Some(paired.device),
        Caller::Here | Caller::Nobody => None,
    }
}

fn announced(headers: &HeaderMap) -> Result<Announced, ApiError> {
    let length = number(headers, LENGTH)?;
    if length > shared_limits::MEDIA_BYTES_MAX {
        return Err(ApiError::too_large(shared_limits::MEDIA_BYTES_MAX));
    }
    let told = headers.get(METADATA).map(|told| told.to_str().unwrap_or("\u{fffd}"));
    metadata(length, told.unwrap_or_default()).ok_or_else(|| {
        let message =
            "Upload-Metadata must be hash, name and type, each with the base64 of its value";
        ApiError::refused(StatusCode::BAD_REQUEST, "metadata_malformed", message)
    })
}

fn carries_bytes(headers: &HeaderMap) -> Result<bool, ApiError> {
    let is_empty = headers.get(header::CONTENT_LENGTH).is_none_or(|length| length == "0")
        && !headers.contains_key(header::TRANSFER_ENCODING);
    match media_type(headers) {
        Some(BYTES) => Ok(true),
        _ if is_empty => Ok(false),
        _ => Err(unsupported()),
    }
}

fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, ApiError> {
    if !headers.contains_key(CHECKSUM) {
        return Ok(None);
    }
    let checksum = text(headers, CHECKSUM).and_then(Checksum::parse);
    checksum.map(Some).ok_or_else(|| {
        let message = format!("Upload-Checksum must be one of {ALGORITHMS} and its base64");
        ApiError::refused(StatusCode::BAD_REQUEST, "checksum_unsupported", message)
    })
}

fn number(headers: &HeaderMap, name: HeaderName) -> Result<u64, ApiError> {
    let digits =
        text(headers, name.clone()).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| {
        let message = format!("the header {name} must be there, and a number of bytes");
        ApiError::refused(StatusCode::BAD_REQUEST, "header_malformed", message)
    })
}

fn unsupported() -> ApiError {
    let message = format!("the content type of the body must be {BYTES}");
    ApiError::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
}

fn done(status: StatusCode) -> Response {
    (status, [(RESUMABLE, VERSION)]).into_response()
}

fn at(status: StatusCode, upload: &Upload) -> Response {
    let mut response = done(status);
    response.headers_mut().insert(OFFSET, upload.offset().into());
    let expires = httpdate::fmt_http_date(upload.expires());
    if let Ok(expires) = HeaderValue::from_str(&expires) {
        response.headers_mut().insert(EXPIRES, expires);
    }
    response
}

fn whole(status: StatusCode, hash: ContentHash, length: u64) -> Response {
    let mut response = done(status);
    let headers = response.headers_mut();
    headers.insert(OFFSET, length.into());
    let hash = hash.to_string();
    if let (Ok(value), Ok(location)) =
        (HeaderValue::from_str(&hash), HeaderValue::from_str(&format!("{PATH}/{hash}")))
    {
        headers.insert(HASH, value);
        headers.insert(header::LOCATION, location);
    }
    response
}

/// Every answer about uploads says which tus it speaks, failures too.
pub async fn speaks_tus(request: Request, next: axum::middleware::Next) -> Response {
    let is_of_uploads = is_of_uploads(request.uri().path());
    let mut response = next.run(request).await;
    if is_of_uploads {
        response.headers_mut().insert(RESUMABLE, VERSION);
        if response.status() == StatusCode::PRECONDITION_FAILED {
            response.headers_mut().insert(TUS_VERSION, VERSION);
        }
    }
    response
}

impl<S: Send + Sync> FromRequestParts<S> for Tus {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        if parts.headers.get(RESUMABLE) == Some(&VERSION) {
            return Ok(Self);
        }
        let message = "Tus-Resumable must be 1.0.0";
        Err(ApiError::refused(StatusCode::PRECONDITION_FAILED, "tus_version", message))
    }
}

impl From<MediaError> for ApiError {
    fn from(error: MediaError) -> Self {
        let message = error.to_string();
        // RFC 9110 has no name for a checksum that is wrong; tus took this number.
        let mismatch = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
        let (status, code) = match error {
            MediaError::Disk(error) if crate::store::is_full(&error) => return Self::full(),
            MediaError::Disk(error) => {
                tracing::error!(%error, "a media file failed");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                return Self::passing(status, "file_unreadable", message);
            }
            MediaError::Busy => return Self::passing(StatusCode::LOCKED, "upload_busy", message),
            MediaError::ChecksumWrong => return Self::passing(mismatch, "checksum_wrong", message),
            MediaError::DiskReserve => {
                return Self::passing(StatusCode::INSUFFICIENT_STORAGE, "disk_reserve", message);
            }
            MediaError::TooLarge { bytes_max } => return Self::too_large(bytes_max),
            MediaError::HashWrong => (mismatch, "hash_wrong"),
            MediaError::TooMany => (StatusCode::CONFLICT, "too_many_uploads"),
            MediaError::LengthDiffers => (StatusCode::CONFLICT, "length_differs"),
            MediaError::OffsetWrong { .. } => (StatusCode::CONFLICT, "offset_wrong"),
            MediaError::Unknown => (StatusCode::NOT_FOUND, "upload_unknown"),
            MediaError::Expired => (StatusCode::GONE, "upload_expired"),
        };
        Self::refused(status, code, message)
    }
}
