//! Which files are held.
#![expect(dead_code, reason = "described, and never made")]

use utoipa::ToSchema;

use super::ContentHash;

/// Which of these files are there, whole and durable?
#[derive(Debug, ToSchema)]
pub struct HeldQuestion {
    /// At most 1,000.
    hashes: Vec<ContentHash>,
}

/// Those that are, and those that are on their way.
#[derive(Debug, ToSchema)]
pub struct HeldAnswer {
    held: Vec<ContentHash>,
    /// Uploads of the asking device; absent where there are none.
    begun: Option<Vec<Begun>>,
}

/// An upload that goes on where it stopped.
#[derive(Debug, ToSchema)]
pub struct Begun {
    hash: ContentHash,
    /// Its path.
    upload: String,
    /// Bytes that are durable.
    offset: u64,
}
