//! The headers of tus 1.0.0, and those of our own beside them, as HTTP takes them.

use axum::http::{HeaderName, HeaderValue};
use chasqui_shared::tus;

pub const VERSION: HeaderValue = HeaderValue::from_static(tus::VERSION);
pub const EXTENSIONS: HeaderValue =
    HeaderValue::from_static("creation,creation-with-upload,checksum,expiration");

pub const RESUMABLE: HeaderName = HeaderName::from_static(tus::RESUMABLE);
pub const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
pub const LENGTH: HeaderName = HeaderName::from_static(tus::LENGTH);
pub const LENGTH_DEFERRED: HeaderName = HeaderName::from_static("upload-defer-length");
pub const CONCAT: HeaderName = HeaderName::from_static("upload-concat");
pub const OFFSET: HeaderName = HeaderName::from_static(tus::OFFSET);
pub const METADATA: HeaderName = HeaderName::from_static(tus::METADATA);
pub const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub const METHOD: HeaderName = HeaderName::from_static("x-http-method-override");
/// The hash of a file that is whole.
pub const HASH: HeaderName = HeaderName::from_static("chasqui-media-hash");
