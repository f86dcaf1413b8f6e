//! What a request of tus asks for, by its headers.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, HeaderName, header, request::Parts},
};
use chasqui_shared::{Code, tus::BYTES};

use super::{
    body::Incoming,
    headers::{CHECKSUM, CONCAT, LENGTH, LENGTH_DEFERRED, METADATA, OFFSET, RESUMABLE, VERSION},
    metadata::metadata,
};
use crate::{
    http::{error::ApiError, layers::request_origin::text, wire::media_type},
    media::{ALGORITHMS, Announced, Checksum},
};

/// The asking side speaks tus 1.0.0.
#[derive(Clone, Copy, Debug)]
pub struct Tus;

/// A request that may carry bytes of a file. One that cannot be understood is turned away here.
#[derive(Debug)]
pub struct Asked<T> {
    /// [`Announced`] to begin an upload, [`Offset`] to go on with one.
    pub what: T,
    /// What the bytes of the body are to add up to.
    pub checksum: Option<Checksum>,
    /// Whether bytes of the file come along.
    pub carries_bytes: bool,
    /// Nothing of it has been read.
    pub body: Incoming,
}

/// What a request is about.
pub trait Subject: Sized + Send {
    /// Reads it from the headers.
    fn read(headers: &HeaderMap) -> Result<Self, ApiError>;
}

/// Where the bytes of a body belong in the file.
#[derive(Clone, Copy, Debug)]
pub struct Offset(pub u64);

impl Subject for Announced {
    fn read(headers: &HeaderMap) -> Result<Self, ApiError> {
        if headers.contains_key(CONCAT) {
            let message = "a file is sent in one upload, not as parts that are put together: switch parallel uploads off";
            return Err(ApiError::new(Code::ConcatenationUnsupported, message));
        }
        if headers.contains_key(LENGTH_DEFERRED) {
            let message = "the length of the file must be told at once, in Upload-Length";
            return Err(ApiError::new(Code::LengthDeferred, message));
        }
        let length = number(headers, LENGTH)?;
        // Several lines of a header are one list.
        let told: Result<Vec<_>, _> =
            headers.get_all(METADATA).iter().map(|told| told.to_str()).collect();
        told.ok().and_then(|told| metadata(length, &told.join(","))).ok_or_else(|| {
            let message =
                "Upload-Metadata must be hash, name and type, each with the base64 of its value";
            ApiError::new(Code::MetadataMalformed, message)
        })
    }
}

impl Subject for Offset {
    fn read(headers: &HeaderMap) -> Result<Self, ApiError> {
        match media_type(headers) {
            Some(BYTES) => number(headers, OFFSET).map(Self),
            _ => Err(unsupported()),
        }
    }
}

impl<S: Send + Sync, T: Subject> FromRequest<S> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let body = Incoming::new(parts.version, body);
        match read(&parts.headers) {
            Ok((what, checksum, carries_bytes)) => Ok(Self { what, checksum, carries_bytes, body }),
            Err(error) => Err(body.turn_away(error).await),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Tus {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        check_version(&parts.headers)
    }
}

fn read<T: Subject>(headers: &HeaderMap) -> Result<(T, Option<Checksum>, bool), ApiError> {
    check_version(headers)?;
    Ok((T::read(headers)?, checksum(headers)?, carries_bytes(headers)?))
}

fn check_version(headers: &HeaderMap) -> Result<Tus, ApiError> {
    if headers.get(RESUMABLE) == Some(&VERSION) {
        return Ok(Tus);
    }
    let message = "Tus-Resumable must be 1.0.0";
    Err(ApiError::new(Code::TusVersion, message))
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
        ApiError::new(Code::ChecksumUnsupported, message)
    })
}

fn number(headers: &HeaderMap, name: HeaderName) -> Result<u64, ApiError> {
    let digits =
        text(headers, name.clone()).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| {
        let message = format!("the header {name} must be there, and a number of bytes");
        ApiError::new(Code::HeaderMalformed, message)
    })
}

fn unsupported() -> ApiError {
    let message = format!("the content type of the body must be {BYTES}");
    ApiError::new(Code::UnsupportedMediaType, message)
}
