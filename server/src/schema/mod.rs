//! How the types of `chasqui_shared` look in JSON, for the description of the API: that crate knows no OpenAPI.
//!
//! Each is named as what it describes, and is never made; `http::openapi` compares them in its tests with what is really written.

mod conversation;
mod ids;
mod media;
mod records;

pub use conversation::{
    Batch, BatchResponse, Failure, HashRequest, HashResponse, Hello, Located, Offer, OfferResponse,
    Origin, PairingRequest, PairingResponse, PlacesRequest, PlacesResponse, Quarantine, Readiness,
    WantedRequest,
};
pub use ids::{
    ClockDigest, ContentHash, DeviceId, HelloNonce, Latitude, Longitude, ObservedAt, ProjectId,
    RecordId, Timestamp, VersionId, WriterId,
};
pub use media::{Settings, StoredRequest, StoredResponse};
pub use records::{Answer, Change, FeatureCollection, LocationSource, Role, Version, View};
