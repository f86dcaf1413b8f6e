//! Messages in and out: CBOR for the app, JSON for people and scripts, by `Content-Type` and
//! `Accept`.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Query, Request},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Response},
};
use chasqui_shared::{Code, Timestamp, from_cbor, limits, to_cbor};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::timeout;

use super::{error::ApiError, layers::bodies::Crowded};
use crate::{limits as own_limits, limits::TIME_HEADER, system::zone::Zone};

const CBOR: &str = "application/cbor";
const JSON: &str = "application/json";
const GEOJSON: &str = "application/geo+json";

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 8949, deterministic.
    Cbor,
    /// RFC 8259.
    Json,
}

/// A message of the sync conversation, of at most [`limits::SYNC_BODY_BYTES_MAX`] bytes unpacked.
#[derive(Debug)]
pub struct Message<T>(pub T);

/// A message about access, in JSON, of at most [`own_limits::ACCESS_BYTES_MAX`] bytes unpacked,
/// within [`own_limits::ACCESS_TIME_MAX`]: it may come from anybody.
#[derive(Debug)]
pub struct Brief<T>(pub T);

/// The format that the asking side wants: CBOR if it says so, else JSON.
#[derive(Clone, Copy, Debug)]
pub struct Accepted(pub Format);

/// The clock of the asking side as it told it in [`TIME_HEADER`], if it did.
#[derive(Clone, Copy, Debug)]
pub struct ToldTime(pub Option<Timestamp>);

/// A query string. Parameters that are not known are refused.
#[derive(Debug)]
pub struct Params<T>(pub T);

/// The zone that a query names; the laptop's if it names none.
pub fn zone_of(name: Option<&str>) -> Result<Zone, ApiError> {
    match name {
        None => Ok(Zone::of_machine()),
        Some(name) => Zone::named(name).ok_or_else(|| {
            let message = "zone is not the name of a zone, such as America/Lima";
            ApiError::new(Code::QueryMalformed, message)
        }),
    }
}

/// The format of a request's body; any other content type is refused.
pub fn content_format(headers: &HeaderMap) -> Result<Format, ApiError> {
    match media_type(headers) {
        Some(CBOR) => Ok(Format::Cbor),
        Some(JSON | GEOJSON) => Ok(Format::Json),
        _ => Err(unsupported(&format!("{CBOR} or {JSON}"))),
    }
}

fn unsupported(wanted: &str) -> ApiError {
    let message = format!("the content type of the body must be {wanted}");
    ApiError::new(Code::UnsupportedMediaType, message)
}

/// The content type of a body, without its parameters.
pub fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim())
}

/// Reads a whole body, or refuses it as soon as it is known to be over `bytes_max`.
pub async fn read_body(request: Request, bytes_max: usize) -> Result<Bytes, ApiError> {
    match Limited::new(request.into_body(), bytes_max).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(ApiError::too_large(bytes_max as u64)),
        Err(error) if is_crowded(&*error) => Err(ApiError::busy()),
        Err(error) => {
            tracing::debug!(%error, "a body could not be read");
            Err(malformed("the body ended early or is not packed as its header says"))
        }
    }
}

fn is_crowded(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<Crowded>())
}

/// Reads a message from a body.
pub fn decode<T: DeserializeOwned>(format: Format, body: &[u8]) -> Result<T, ApiError> {
    match format {
        Format::Cbor => from_cbor(body).map_err(|error| malformed(error.to_string())),
        Format::Json => serde_json::from_slice(body)
            .map_err(|error| malformed(format!("the message cannot be read: {error}"))),
    }
}

/// The body is not what was expected.
pub fn malformed(message: impl Into<String>) -> ApiError {
    ApiError::new(Code::Malformed, message)
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Message<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let format = content_format(request.headers());
        // Read in any case: a body that is left lying ends the connection, and with it perhaps the
        // answer.
        let body = read_body(request, limits::SYNC_BODY_BYTES_MAX).await?;
        decode(format?, &body).map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Brief<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let format = content_format(request.headers());
        let reading = read_body(request, own_limits::ACCESS_BYTES_MAX);
        let read = timeout(own_limits::ACCESS_TIME_MAX, reading).await;
        let body = read.map_err(|_| ApiError::timeout())??;
        match format? {
            Format::Json => decode(Format::Json, &body).map(Self),
            Format::Cbor => Err(unsupported(JSON)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Accepted {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let wants_cbor = parts
            .headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|range| range.split(';').next().unwrap_or(range).trim() == CBOR);
        Ok(Self(if wants_cbor { Format::Cbor } else { Format::Json }))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ToldTime {
    type Rejection = ApiError;

    /// What cannot be read is passed over: a wrong clock must not keep anybody from syncing.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let told = parts.headers.get(TIME_HEADER).and_then(|value| value.to_str().ok());
        Ok(Self(told.and_then(|millis| millis.parse().ok()).map(Timestamp::from_millis)))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(params)) => Ok(Self(params)),
            Err(error) => Err(ApiError::new(
                Code::QueryMalformed,
                format!("the query cannot be read: {}", error.body_text()),
            )),
        }
    }
}

impl Accepted {
    /// Writes an answer in the accepted format.
    pub fn answer<T: Serialize>(self, message: &T) -> Result<Response, ApiError> {
        match self.0 {
            Format::Cbor => {
                let body = to_cbor(message).map_err(|error| {
                    tracing::error!(%error, "an answer cannot be written");
                    ApiError::internal()
                })?;
                Ok(([(header::CONTENT_TYPE, CBOR)], body).into_response())
            }
            Format::Json => Ok(axum::Json(message).into_response()),
        }
    }
}
