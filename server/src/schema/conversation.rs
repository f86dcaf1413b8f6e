//! What two sides say to each other.
#![expect(dead_code, reason = "described, and never made")]

use utoipa::ToSchema;

use super::{
    ids::{
        Base64, Chain, ClockDigest, DeviceId, Epoch, ProjectId, SignatureBytes, Timestamp,
        VersionId, WriterId,
    },
    records::Role,
};

/// Every failure of the API.
#[derive(Debug, ToSchema)]
pub struct Failure {
    /// Stable, snake_case.
    #[schema(pattern = "^[a-z0-9_]+$")]
    code: String,
    /// For people.
    message: String,
    /// Whether the same request may succeed later.
    retryable: bool,
}

/// From what a project's id follows.
#[derive(Debug, ToSchema)]
pub struct Charter {
    founder: DeviceId,
    salt: Epoch,
}

/// Who a laptop is.
#[derive(Debug, ToSchema)]
pub struct Hello {
    charter: Charter,
    device: DeviceId,
    name: String,
    time: Timestamp,
    /// Base addresses, best first.
    addresses: Vec<String>,
    signature: SignatureBytes,
}

/// Asks to be let in.
#[derive(Debug, ToSchema)]
pub struct PairingRequest {
    code: String,
    device: DeviceId,
    /// Of the person, 1 to 80 bytes.
    name: String,
    /// By the device over the laptop, itself, the code and the name.
    proof: SignatureBytes,
}

/// Lets a device in.
#[derive(Debug, ToSchema)]
pub struct PairingResponse {
    charter: Charter,
    laptop: DeviceId,
    laptop_name: String,
    role: Role,
    token: String,
}

/// One thing that a phone checked.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Check {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// It could not find out, or the person was not asked yet.
    Unknown,
}

/// Whether a phone works far from the laptop, as it found out itself.
#[derive(Debug, ToSchema)]
pub struct Readiness {
    app_kept: Check,
    storage_persistent: Check,
    map_kept: Check,
    gps_allowed: Check,
    camera_allowed: Check,
    clock_right: Check,
    space_enough: Check,
    /// Bytes that the browser still gives the app.
    #[schema(nullable = false)]
    free_bytes: Option<u64>,
    /// By the phone's clock.
    checked_at: Timestamp,
}

/// A place in a log.
#[derive(Debug, ToSchema)]
pub struct Position {
    #[schema(maximum = 281474976710656u64)]
    seq: u64,
    chain: Chain,
}

/// How far a log is held.
#[derive(Debug, ToSchema)]
pub struct ClockRow {
    writer: WriterId,
    #[schema(minimum = 1, maximum = 281474976710656u64)]
    seq: u64,
    chain: Chain,
}

/// Entries of one log.
#[derive(Debug, ToSchema)]
pub struct Range {
    writer: WriterId,
    after: Position,
    until: Position,
}

/// What the asking side holds.
#[derive(Debug, ToSchema)]
pub struct Offer {
    project: ProjectId,
    writer: WriterId,
    digest: ClockDigest,
    #[schema(nullable = false)]
    since: Option<Since>,
    /// Ascending by writer.
    #[schema(nullable = false)]
    clock: Option<Vec<ClockRow>>,
    #[schema(required = false, max_items = 256)]
    suspects: Vec<WriterId>,
}

/// What moved since a meeting.
#[derive(Debug, ToSchema)]
pub struct Since {
    digest: ClockDigest,
    /// Ascending by writer.
    moved: Vec<ClockRow>,
}

/// What is to be moved.
#[derive(Debug, ToSchema)]
pub struct OfferResponse {
    digest: ClockDigest,
    #[schema(required = false)]
    clock_wanted: bool,
    #[schema(required = false, max_items = 256)]
    wanted: Vec<Range>,
    #[schema(required = false, max_items = 256)]
    offered: Vec<Range>,
    #[schema(required = false)]
    lost: bool,
    #[schema(required = false, max_items = 256)]
    forks: Vec<Locator>,
}

/// Where a log may have gone two ways.
#[derive(Debug, ToSchema)]
pub struct Locator {
    writer: WriterId,
    #[schema(max_items = 64)]
    positions: Vec<Position>,
}

/// Entries.
#[derive(Debug, ToSchema)]
pub struct Batch {
    project: ProjectId,
    writer: WriterId,
    /// Of at most 500 entries in all.
    #[schema(max_items = 256)]
    runs: Vec<Run>,
}

/// Consecutive entries of one log.
#[derive(Debug, ToSchema)]
pub struct Run {
    writer: WriterId,
    #[schema(nullable = false)]
    owner: Option<LogOwner>,
    after: Position,
    entries: Vec<RunEntry>,
}

/// Whose log it is.
#[derive(Debug, ToSchema)]
pub struct LogOwner {
    device: DeviceId,
    epoch: Epoch,
}

/// One entry of a run.
#[derive(Debug, ToSchema)]
pub struct RunEntry {
    /// The bytes of a version, in base64.
    version: Base64,
    signature: SignatureBytes,
    #[schema(nullable = false)]
    origin: Option<Origin>,
    /// What somebody else judged; every side judges for itself.
    #[schema(nullable = false)]
    quarantine: Option<Quarantine>,
}

/// Where an entry was logged first.
#[derive(Debug, ToSchema)]
pub struct Origin {
    owner: LogOwner,
    seq: u64,
    previous: Chain,
    signature: SignatureBytes,
}

/// Why a version is kept and not shown.
#[derive(Debug, ToSchema)]
pub struct Quarantine {
    code: String,
    message: String,
}

/// What became of a batch.
#[derive(Debug, ToSchema)]
pub struct BatchResponse {
    digest: ClockDigest,
    /// In the order of the batch.
    runs: Vec<RunResult>,
}

/// What became of a run.
#[derive(Debug, ToSchema)]
pub struct RunResult {
    writer: WriterId,
    durable: Position,
    known: u64,
    added: u64,
    #[schema(required = false)]
    quarantined: Vec<Quarantined>,
    #[schema(nullable = false)]
    refused: Option<Refused>,
    #[schema(nullable = false)]
    forked_at: Option<u64>,
}

/// An entry that is held and not shown.
#[derive(Debug, ToSchema)]
pub struct Quarantined {
    seq: u64,
    quarantine: Quarantine,
}

/// The first entry that was not taken.
#[derive(Debug, ToSchema)]
pub struct Refused {
    seq: u64,
    code: Refusal,
}

/// Why an entry was not taken.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Refusal {
    /// Entries before it are missing.
    Gap,
    /// The chain is not the one that is held.
    ChainMismatch,
    /// Altered, forged, or of another project.
    SignatureInvalid,
    /// The run begins a log and does not say whose.
    OwnerMissing,
    /// The run says wrongly whose log it is.
    OwnerMismatch,
    /// It is too large.
    VersionTooLarge,
    /// There are too many logs.
    TooManyWriters,
    TooManyLogs,
    TooManyStrangers,
    TooManyHeads,
    TooManyQuarantined,
    /// There are too many entries.
    SeqOutOfRange,
}

/// Asks for entries.
#[derive(Debug, ToSchema)]
pub struct WantedRequest {
    project: ProjectId,
    #[schema(max_items = 256)]
    ranges: Vec<Range>,
}

/// Asks which versions differ.
#[derive(Debug, ToSchema)]
pub struct HashRequest {
    project: ProjectId,
    /// A frame of the negentropy protocol, version 1, in base64.
    message: Base64,
}

/// Goes on with it.
#[derive(Debug, ToSchema)]
pub struct HashResponse {
    /// A frame of the negentropy protocol, version 1, in base64.
    message: Base64,
}

/// Asks where versions are.
#[derive(Debug, ToSchema)]
pub struct PlacesRequest {
    project: ProjectId,
    #[schema(max_items = 1000)]
    versions: Vec<VersionId>,
}

/// Where versions are.
#[derive(Debug, ToSchema)]
pub struct PlacesResponse {
    places: Vec<Located>,
}

/// Where a version is.
#[derive(Debug, ToSchema)]
pub struct Located {
    version: VersionId,
    writer: WriterId,
    seq: u64,
}
