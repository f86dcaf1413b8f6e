//! The words of tus 1.0.0, by which files are uploaded, and those of our own beside them: the sides
//! that send and the one that takes write the same. Names of headers are in lower case, as HTTP/2
//! has them.

/// The version that both sides say in [`RESUMABLE`].
pub const VERSION: &str = "1.0.0";
/// The content type of a body that carries bytes of a file.
pub const BYTES: &str = "application/offset+octet-stream";

/// The path where uploads begin, below a laptop's base address.
pub const PATH: &str = "/api/v1/media";
/// What the paths of uploads begin with; the rest names the upload.
pub const UPLOADS: &str = "/api/v1/media/uploads/";

/// The header with the version that is spoken.
pub const RESUMABLE: &str = "tus-resumable";
/// The header with the bytes of the whole file.
pub const LENGTH: &str = "upload-length";
/// The header with the bytes that are durable, where the next ones belong.
pub const OFFSET: &str = "upload-offset";
/// The header with what the sender says of a file: pairs of a key and the base64 of its value.
pub const METADATA: &str = "upload-metadata";

/// The key of [`METADATA`] for the hash of the whole file, as hex.
pub const HASH_KEY: &str = "hash";
/// The key of [`METADATA`] for what people call the file.
pub const NAME_KEY: &str = "name";
/// The key of [`METADATA`] for its media type as the sender sees it.
pub const TYPE_KEY: &str = "type";
