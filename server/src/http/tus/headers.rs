//! The headers of tus 1.0.0, and those of our own beside them.

use axum::http::{HeaderName, HeaderValue};

pub const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
pub const EXTENSIONS: HeaderValue =
    HeaderValue::from_static("creation,creation-with-upload,checksum,expiration");

pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub const LENGTH_DEFERRED: HeaderName = HeaderName::from_static("upload-defer-length");
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub const METHOD: HeaderName = HeaderName::from_static("x-http-method-override");
/// The hash of a file that is whole.
pub const HASH: HeaderName = HeaderName::from_static("chasqui-media-hash");

/// The content type of a body that carries bytes of a file.
pub const BYTES: &str = "application/offset+octet-stream";
