//! `GET /api/v1/openapi.json`: this API for programs, made from the handlers and their types.

mod modifiers;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use axum::{
    Extension,
    http::header,
    response::{IntoResponse, Response},
};
use chasqui_shared::{
    Failure, HelloNonce,
    openapi::{Absent, Closed},
};
use utoipa::{Modify, OpenApi};

use self::modifiers::{Callers, Failures};
use super::{
    access::{pairings, session},
    error::ApiError,
    media::{download, held, previews, tus},
    observations::{custody, import, list, observation, submitted},
    project::{audits, devices, meetings, notices, peers, settings, status},
    route::{Matched, Route},
    sync::{conversation, events, hello, readiness},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Chasqui",
        description = "A laptop of Chasqui. What the messages mean, and the rules that they follow, is in docs/PROTOCOL.md."
    ),
    paths(
        show,
        hello::hello,
        conversation::offer,
        conversation::hashes,
        conversation::places,
        conversation::push,
        conversation::pull,
        list::list,
        submitted::submit,
        observation::show,
        import::import,
        tus::options,
        tus::create,
        tus::offset,
        tus::go_on,
        held::held,
        download::show,
        previews::show,
        audits::order,
        audits::compare_with,
        meetings::list,
        meetings::begin,
        custody::show,
        status::status,
        peers::peers,
        devices::devices,
        notices::notices,
        notices::finish,
        pairings::list,
        pairings::pair,
        pairings::codes::open_code,
        pairings::orders::rename,
        pairings::orders::set_role,
        pairings::orders::revoke,
        pairings::orders::set_aside,
        settings::show,
        settings::decide,
        readiness::report,
        session::show,
        session::begin,
        session::end,
        events::events
    ),
    components(schemas(Failure, HelloNonce)),
    modifiers(&Failures, &Closed, &Absent)
)]
struct Api;

/// The document, as it is sent.
static DOCUMENT: OnceLock<Option<String>> = OnceLock::new();

/// This API, with who may ask for what.
pub(super) fn describe(routes: &'static [Route]) -> utoipa::openapi::OpenApi {
    let mut api = Api::openapi();
    Callers(routes).modify(&mut api);
    api
}

/// Describes every path under `/api/v1`, as OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "describe",
    responses((status = 200, description = "This document", body = Object))
)]
pub async fn show(Extension(matched): Extension<Matched>) -> Result<Response, ApiError> {
    let document = DOCUMENT.get_or_init(|| {
        let written = serde_json::to_string(&describe(matched.all));
        written.inspect_err(|error| tracing::error!(%error, "the API cannot be described")).ok()
    });
    let document = document.as_deref().ok_or_else(ApiError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], document).into_response())
}
