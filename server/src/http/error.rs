//! Every failure of the API: the status of each code, and the one JSON shape `{code, message,
//! retryable}`.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chasqui_shared::{Code, Failure, RespondError};

use crate::{
    access::AccessError,
    store::{StoreError, laptop_full},
};

/// A failure on its way out.
#[derive(Debug)]
pub struct ApiError {
    failure: Failure,
    status: StatusCode,
    /// What is allowed instead, for 405.
    allow: Option<&'static str>,
    /// When the same may be tried again, in seconds, for 429 and 503.
    wait_s: Option<u64>,
}

impl ApiError {
    /// A failure under the status of its code.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Failure::new(code, message).into()
    }

    /// What this laptop met at another one, or on the way there: 503 if it may pass, else 422. The
    /// status of its code is about this laptop and whoever asks it, and would be misread.
    pub fn of_peer(failure: Failure) -> Self {
        let status = match failure.retryable {
            true => StatusCode::SERVICE_UNAVAILABLE,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::from(failure).under(status)
    }

    /// The same under another status than its code has.
    pub fn under(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// There is nothing at this path.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "there is nothing at this path")
    }

    /// The path does not know this method; `allow` are those that it knows, if not known to the
    /// router.
    pub fn method_not_allowed(allow: Option<&'static str>) -> Self {
        let message = "this path does not know this method; nothing here is replaced or deleted";
        Self { allow, ..Self::new(Code::MethodNotAllowed, message) }
    }

    /// The body is over the limit of its path.
    pub fn too_large(bytes_max: u64) -> Self {
        let message = format!("a body may have {bytes_max} bytes here, unpacked");
        Self::new(Code::BodyTooLarge, message)
    }

    /// There is more to do than is done at once.
    pub fn busy() -> Self {
        let message = "the laptop is busy; try again in a moment";
        Self { wait_s: Some(1), ..Self::new(Code::Busy, message) }
    }

    /// The request took too long.
    pub fn timeout() -> Self {
        Self::new(Code::Timeout, "the request took too long")
    }

    /// Something broke on this side. What it was is logged where it was noticed, and not sent.
    pub fn internal() -> Self {
        let message = "something went wrong on the laptop; its log says what";
        Self::new(Code::Internal, message)
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self { status: status(&failure.code), failure, allow: None, wait_s: None }
    }
}

/// The status that each code is sent under.
fn status(code: &Code) -> StatusCode {
    match code {
        Code::Malformed
        | Code::QueryMalformed
        | Code::HeaderMalformed
        | Code::LengthDeferred
        | Code::MetadataMalformed
        | Code::ChecksumUnsupported
        | Code::ConcatenationUnsupported => StatusCode::BAD_REQUEST,
        Code::NotPaired | Code::Revoked | Code::SessionRefused => StatusCode::UNAUTHORIZED,
        Code::ManagerOnly
        | Code::DeviceOnly
        | Code::LoopbackOnly
        | Code::HttpsOnly
        | Code::HostRefused
        | Code::OriginRefused
        | Code::CodeRefused => StatusCode::FORBIDDEN,
        Code::NotFound | Code::RecordUnknown | Code::MediaUnknown | Code::UploadUnknown => {
            StatusCode::NOT_FOUND
        }
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::Timeout => StatusCode::REQUEST_TIMEOUT,
        Code::OtherProject
        | Code::TooManyCodes
        | Code::TooManyPairings
        | Code::NotRevoked
        | Code::TooManyUploads
        | Code::LengthDiffers
        | Code::OffsetWrong => StatusCode::CONFLICT,
        Code::UploadExpired => StatusCode::GONE,
        Code::TusVersion => StatusCode::PRECONDITION_FAILED,
        Code::BodyTooLarge | Code::BatchTooLarge | Code::TooManyRows => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::RangeUnsatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
        Code::NameUnusable
        | Code::SettingsMalformed
        | Code::PreviewImpossible
        | Code::NotText
        | Code::Empty
        | Code::NoCoordinateColumns
        | Code::TooManyColumns
        | Code::NotGeoJson
        | Code::ReferenceSystemUnsupported
        | Code::SourceName => StatusCode::UNPROCESSABLE_ENTITY,
        Code::UploadBusy => StatusCode::LOCKED,
        Code::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
        // RFC 9110 has no name for a checksum that is wrong; tus took this number.
        Code::ChecksumWrong | Code::HashWrong => {
            StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST)
        }
        Code::Internal | Code::StoreFailed | Code::FileUnreadable => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        Code::Busy | Code::Stopping => StatusCode::SERVICE_UNAVAILABLE,
        Code::LaptopFull | Code::DiskReserve => StatusCode::INSUFFICIENT_STORAGE,
        // Met at another laptop: see `ApiError::of_peer`.
        Code::Unreachable
        | Code::BadAnswer
        | Code::HelloUnproven
        | Code::OtherLaptop
        | Code::UrlRefused
        | Code::AuthorityUnreadable
        | Code::CertificateRefused
        | Code::CodeMalformed
        | Code::Stuck
        | Code::TooManyDifferences
        | Code::FolderUnreadable
        | Code::Other(_)
        // Made on phones, which send them to nobody.
        | Code::LinkMalformed
        | Code::NoProject
        | Code::TooManyLaptops
        | Code::LaptopAway
        | Code::StorageFull
        | Code::StorageFailed
        | Code::StorageSlow
        | Code::StorageDamaged
        | Code::LogMoved
        | Code::MemoryFull
        | Code::ListUnwritable
        | Code::DraftMalformed
        | Code::MediaEmpty
        | Code::MediaLarge
        | Code::MediaMany
        | Code::MediaMissing
        | Code::MediaSizeWrong
        | Code::MediaDamaged
        // Said of a row or an entry inside of an answer.
        | Code::VersionMalformed
        | Code::VersionNewer
        | Code::VersionNotDeterministic
        | Code::VersionTooLarge
        | Code::VersionUnsorted
        | Code::VersionMediaRepeated
        | Code::VersionControlCharacter
        | Code::VersionZoneUnfit
        | Code::VersionNoCategory
        | Code::VersionGeneration
        | Code::VersionForbidden
        | Code::AuthorMismatch
        | Code::RoleUnknown => StatusCode::CONFLICT,
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
            return Self::new(Code::Stopping, "the laptop's program is stopping");
        }
        tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
        if matches!(error, StoreError::Full) {
            return laptop_full().into();
        }
        let message = "the laptop could not read or write its data; its log says why";
        Self::new(Code::StoreFailed, message)
    }
}

impl From<AccessError> for ApiError {
    fn from(error: AccessError) -> Self {
        let message = error.to_string();
        let code = match error {
            AccessError::Store(error) => return error.into(),
            AccessError::TooManyAttempts { wait_s } => {
                return Self { wait_s: Some(wait_s), ..Self::new(Code::TooManyAttempts, message) };
            }
            AccessError::NotPaired => Code::NotPaired,
            AccessError::Revoked => Code::Revoked,
            AccessError::SessionRefused => Code::SessionRefused,
            AccessError::ManagerOnly => Code::ManagerOnly,
            AccessError::LoopbackOnly => Code::LoopbackOnly,
            AccessError::CodeRefused => Code::CodeRefused,
            AccessError::HostRefused => Code::HostRefused,
            AccessError::OriginRefused => Code::OriginRefused,
            AccessError::NameUnusable => Code::NameUnusable,
            AccessError::TooManyCodes => Code::TooManyCodes,
            AccessError::TooManyPairings => Code::TooManyPairings,
            AccessError::NotRevoked => Code::NotRevoked,
            AccessError::Unknown => Code::NotFound,
        };
        Self::new(code, message)
    }
}

impl From<RespondError<StoreError>> for ApiError {
    fn from(error: RespondError<StoreError>) -> Self {
        match error {
            RespondError::Store(error) => error.into(),
            RespondError::Refused(failure) => failure.into(),
        }
    }
}
