//! `GET /api/v1/openapi.json`: this API for programs, made from the handlers and their types.

use std::{collections::BTreeSet, sync::LazyLock};

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::{
        Content, Ref, RefOr, ResponseBuilder, Schema,
        path::{Operation, PathItem},
        schema::AdditionalProperties,
        security::{
            ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
        },
    },
};

use super::{
    ApiError, DOORS, asked::SESSION_COOKIE, audits, custody, devices, events, held, hello, import,
    media, meetings, notices, observation, observations, pairings, peers, previews, readiness,
    session, settings, status, submitted, sync, tus,
};
use crate::{access::Who, schema};

const BEARER: &str = "bearer";
const SESSION: &str = "session";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Chasqui",
        description = "A laptop of Chasqui. What the messages mean, and the rules that they follow, is in server/PROTOCOL.md."
    ),
    paths(
        show,
        hello::hello,
        sync::offer,
        sync::hashes,
        sync::places,
        sync::push,
        sync::pull,
        observations::list,
        submitted::submit,
        observation::show,
        import::import,
        tus::options,
        tus::create,
        tus::offset,
        tus::go_on,
        held::held,
        media::show,
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
        pairings::open_code,
        pairings::rename,
        pairings::set_role,
        pairings::revoke,
        pairings::set_aside,
        settings::show,
        settings::decide,
        readiness::report,
        session::show,
        session::begin,
        session::end,
        events::events
    ),
    components(schemas(schema::Failure, schema::HelloNonce)),
    modifiers(&Failures, &Callers, &Closed)
)]
struct Api;

/// The document, as it is sent.
static DOCUMENT: LazyLock<Option<String>> = LazyLock::new(|| {
    let written = serde_json::to_string(&Api::openapi());
    written.inspect_err(|error| tracing::error!(%error, "the API cannot be described")).ok()
});

/// Describes every path under `/api/v1`, as OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "describe",
    responses((status = 200, description = "This document", body = Object))
)]
pub async fn show() -> Result<Response, ApiError> {
    let document = DOCUMENT.as_deref().ok_or_else(ApiError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], document).into_response())
}

/// Every failure has one shape, wherever it happens.
struct Failures;

impl Modify for Failures {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let content = Content::new(Some(Ref::from_schema_name(schema::Failure::name())));
        let failure = ResponseBuilder::new()
            .description("A failure")
            .content("application/json", content)
            .build();
        for (_, operation) in operations(api) {
            operation.responses.responses.insert("default".into(), failure.clone().into());
        }
    }
}

/// Who may ask for what is known to [`DOORS`] alone.
struct Callers;

impl Modify for Callers {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token of a paired device, or the manager's key at the laptop"));
        let components = api.components.get_or_insert_default();
        components.add_security_scheme(BEARER, SecurityScheme::Http(bearer.build()));
        let cookie = ApiKey::Cookie(ApiKeyValue::new(SESSION_COOKIE));
        components.add_security_scheme(SESSION, SecurityScheme::ApiKey(cookie));
        for ((method, path), operation) in operations(api) {
            let door = DOORS.iter().find(|door| (door.method, door.path) == (method, &*path));
            let (tag, is_open) = match door.map(|door| door.who) {
                Some(Who::Anybody) => ("anybody", true),
                Some(Who::Paired) => ("paired", false),
                Some(Who::Manager) | None => ("manager", false),
            };
            operation.tags = Some(vec![tag.into()]);
            let shown = [BEARER, SESSION].map(|way| SecurityRequirement::new(way, [""; 0]));
            operation.security = (!is_open).then(|| shown.into());
        }
    }
}

/// Messages have no fields but those that are described; those that are part of a larger one cannot say so.
struct Closed;

impl Modify for Closed {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let Some(components) = api.components.as_mut() else { return };
        let parts: BTreeSet<_> = components.schemas.values().flat_map(parts_of).collect();
        for (name, schema) in &mut components.schemas {
            let RefOr::T(Schema::Object(object)) = schema else { continue };
            let has_fields = !object.properties.is_empty();
            let reference = Ref::from_schema_name(name).ref_location;
            if has_fields && !parts.contains(&reference) {
                object.additional_properties =
                    Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
        }
    }
}

/// The schemas that a schema puts together.
fn parts_of(schema: &RefOr<Schema>) -> Vec<String> {
    let RefOr::T(Schema::AllOf(all)) = schema else { return Vec::new() };
    let parts = all.items.iter().filter_map(|part| match part {
        RefOr::Ref(reference) => Some(reference.ref_location.clone()),
        RefOr::T(_) => None,
    });
    parts.collect()
}

/// Each with its method and path. Nothing here is replaced or deleted, so there are no other methods.
fn operations(
    api: &mut utoipa::openapi::OpenApi,
) -> impl Iterator<Item = ((&'static str, String), &mut Operation)> {
    api.paths.paths.iter_mut().flat_map(|(path, item)| {
        let PathItem { get, post, patch, options, .. } = item;
        let all = [("GET", get), ("POST", post), ("PATCH", patch), ("OPTIONS", options)];
        all.into_iter()
            .filter_map(|(method, found)| Some(((method, path.clone()), found.as_mut()?)))
    })
}

#[cfg(test)]
mod shapes;
#[cfg(test)]
mod tests;
