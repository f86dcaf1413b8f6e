//! What pages and engine say to each other, described in OpenAPI, of which the pages' types are
//! made.

use chasqui_shared::{
    Failure, MediaRef, Readiness, Settings,
    openapi::{Absent, Closed},
};
use utoipa::OpenApi;

use crate::{
    files::index::FileSum,
    network::peer::NewsPlace,
    records::{draft::PageDraft, listing::Listing, proof::Proof},
    sync::status::SyncStatus,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Chasqui's engine",
        description = "What pages and engine say to each other. The calls are those of `PhoneEngine` in client-wasm."
    ),
    components(schemas(
        Failure,
        FileSum,
        Listing<'_>,
        MediaRef,
        NewsPlace,
        PageDraft,
        Proof,
        Readiness,
        Settings,
        SyncStatus
    )),
    modifiers(&Closed, &Absent)
)]
struct Engine;

/// The types of what the engine's calls take and give.
pub fn describe() -> utoipa::openapi::OpenApi {
    Engine::openapi()
}
