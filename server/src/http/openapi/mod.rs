//! `GET /api/v1/openapi.json`: this API for programs, made from the handlers and their types.

use std::{collections::BTreeSet, sync::OnceLock};

use axum::{
    Extension,
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
    access::{pairings, session},
    error::ApiError,
    layers::request_origin::SESSION_COOKIE,
    media::{download, held, previews, tus},
    observations::{custody, import, list, observation, submitted},
    project::{audits, devices, meetings, notices, peers, settings, status},
    route::{Matched, Route},
    sync::{conversation, events, hello, readiness},
};
use crate::{access::Permission, schema};

const BEARER: &str = "bearer";
const SESSION: &str = "session";

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
    components(schemas(schema::Failure, schema::HelloNonce)),
    modifiers(&Failures, &Closed)
)]
struct Api;

/// The document, as it is sent.
static DOCUMENT: OnceLock<Option<String>> = OnceLock::new();

/// This API, with who may ask for what.
fn describe(routes: &'static [Route]) -> utoipa::openapi::OpenApi {
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

/// Who may ask for what is known to the table of routes alone.
struct Callers(&'static [Route]);

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
            let mut routes = self.0.iter();
            let route = routes.find(|route| (route.method, route.path) == (method, &*path));
            let (tag, is_open) = match route.map(|route| route.permission) {
                Some(Permission::Anybody) => ("anybody", true),
                Some(Permission::Paired) => ("paired", false),
                Some(Permission::Manager) | None => ("manager", false),
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
