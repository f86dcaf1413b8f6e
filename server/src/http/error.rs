//! Every failure of the API: a status, and the one JSON shape `{code, message, retryable}`.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chasqui_shared::{AnswerError, Failure};

use crate::{
    access::AccessError,
    store::{StoreError, laptop_full},
};

/// A failure with the status that it is sent under.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    failure: Failure,
    /// What is allowed instead, for 405.
    allow: Option<&'static str>,
    /// When the same may be tried again, in seconds, for 429 and 503.
    wait_s: Option<u64>,
}

impl ApiError {
    /// The request is at fault, and will be as often as it is sent.
    pub fn refused(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self::of(status, Failure::lasting(code, message))
    }

    /// The same request may succeed later.
    pub fn passing(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self::of(status, Failure::passing(code, message))
    }

    /// A failure from elsewhere.
    pub fn of(status: StatusCode, failure: Failure) -> Self {
        Self { status, failure, allow: None, wait_s: None }
    }

    /// There is nothing at this path.
    pub fn not_found() -> Self {
        Self::refused(StatusCode::NOT_FOUND, "not_found", "there is nothing at this path")
    }

    /// The path does not know this method; `allow` are those that it knows, if not known to the router.
    pub fn method_not_allowed(allow: Option<&'static str>) -> Self {
        let message = "this path does not know this method; nothing here is replaced or deleted";
        Self {
            allow,
            ..Self::refused(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message)
        }
    }

    /// The body is over the limit of its path.
    pub fn too_large(bytes_max: u64) -> Self {
        let message = format!("a body may have {bytes_max} bytes here, unpacked");
        Self::refused(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message)
    }

    /// There is more to do than is done at once.
    pub fn busy() -> Self {
        let message = "the laptop is busy; try again in a moment";
        let error = Self::passing(StatusCode::SERVICE_UNAVAILABLE, "busy", message);
        Self { wait_s: Some(1), ..error }
    }

    /// The request took too long.
    pub fn timeout() -> Self {
        let message = "the request took too long";
        Self::passing(StatusCode::REQUEST_TIMEOUT, "timeout", message)
    }

    /// There is no space left on this side's disk.
    pub fn full() -> Self {
        Self::of(StatusCode::INSUFFICIENT_STORAGE, laptop_full())
    }

    /// Something broke on this side. What it was is logged where it was noticed, and not sent.
    pub fn internal() -> Self {
        let message = "something went wrong on the laptop; its log says what";
        Self::passing(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.failure)).into_response();
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        if let Some(wait_s) = self.wait_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Closed) {
            let message = "the laptop's program is stopping";
            return Self::passing(StatusCode::SERVICE_UNAVAILABLE, "stopping", message);
        }
        tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
        if matches!(error, StoreError::Full) {
            return Self::full();
        }
        let message = "the laptop could not read or write its data; its log says why";
        Self::passing(StatusCode::INTERNAL_SERVER_ERROR, "store_failed", message)
    }
}

impl From<AccessError> for ApiError {
    fn from(error: AccessError) -> Self {
        let message = error.to_string();
        let (status, code) = match error {
            AccessError::Store(error) => return error.into(),
            AccessError::TooManyAttempts { wait_s } => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                let failure = Failure::passing("too_many_attempts", message);
                return Self { wait_s: Some(wait_s), ..Self::of(status, failure) };
            }
            AccessError::NotPaired => (StatusCode::UNAUTHORIZED, "not_paired"),
            AccessError::Revoked => (StatusCode::UNAUTHORIZED, "revoked"),
            AccessError::SessionRefused => (StatusCode::UNAUTHORIZED, "session_refused"),
            AccessError::ManagerOnly => (StatusCode::FORBIDDEN, "manager_only"),
            AccessError::LoopbackOnly => (StatusCode::FORBIDDEN, "loopback_only"),
            AccessError::CodeRefused => (StatusCode::FORBIDDEN, "code_refused"),
            AccessError::HostRefused => (StatusCode::FORBIDDEN, "host_refused"),
            AccessError::OriginRefused => (StatusCode::FORBIDDEN, "origin_refused"),
            AccessError::NameUnusable => (StatusCode::UNPROCESSABLE_ENTITY, "name_unusable"),
            AccessError::TooManyCodes => (StatusCode::CONFLICT, "too_many_codes"),
            AccessError::TooManyPairings => (StatusCode::CONFLICT, "too_many_pairings"),
            AccessError::NotRevoked => (StatusCode::CONFLICT, "not_revoked"),
            AccessError::Unknown => (StatusCode::NOT_FOUND, "not_found"),
        };
        Self::refused(status, code, message)
    }
}

impl From<AnswerError<StoreError>> for ApiError {
    fn from(error: AnswerError<StoreError>) -> Self {
        match error {
            AnswerError::Store(error) => error.into(),
            AnswerError::Refused(failure) => {
                let status = match failure.code.as_str() {
                    "batch_too_large" => StatusCode::PAYLOAD_TOO_LARGE,
                    "malformed" => StatusCode::BAD_REQUEST,
                    _ => StatusCode::CONFLICT,
                };
                Self::of(status, failure)
            }
        }
    }
}
