//! What the description says of all operations and of all messages alike.

use std::collections::BTreeSet;

use chasqui_shared::Failure;
use utoipa::{
    Modify, ToSchema,
    openapi::{
        Content, OpenApi, Ref, RefOr, ResponseBuilder, Schema, Type,
        path::{Operation, PathItem},
        schema::{AdditionalProperties, SchemaType},
        security::{
            ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
        },
    },
};

use crate::{
    access::Permission,
    http::{layers::request_origin::SESSION_COOKIE, route::Route},
};

const BEARER: &str = "bearer";
const SESSION: &str = "session";

/// Every failure has one shape, wherever it happens.
pub(super) struct Failures;

impl Modify for Failures {
    fn modify(&self, api: &mut OpenApi) {
        let content = Content::new(Some(Ref::from_schema_name(Failure::name())));
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
pub(super) struct Callers(pub &'static [Route]);

impl Modify for Callers {
    fn modify(&self, api: &mut OpenApi) {
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
pub(super) struct Closed;

impl Modify for Closed {
    fn modify(&self, api: &mut OpenApi) {
        let Some(components) = api.components.as_mut() else { return };
        let parts: BTreeSet<_> = components.schemas.values().flat_map(parts_of).collect();
        for (name, schema) in &mut components.schemas {
            if !parts.contains(&Ref::from_schema_name(name).ref_location) {
                close(schema);
            }
        }
    }
}

/// Closes an object, or each that one of several may be.
fn close(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) if !object.properties.is_empty() => {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
        RefOr::T(Schema::OneOf(one_of)) => one_of.items.iter_mut().for_each(close),
        _ => {}
    }
}

/// What a message need not have is absent where there is none, and never null.
pub(super) struct Absent;

impl Modify for Absent {
    fn modify(&self, api: &mut OpenApi) {
        let Some(components) = api.components.as_mut() else { return };
        for schema in components.schemas.values_mut() {
            never_null(schema);
        }
    }
}

fn never_null(schema: &mut RefOr<Schema>) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::Object(object) => {
            for (name, property) in &mut object.properties {
                if !object.required.contains(name) {
                    drop_null(property);
                }
            }
        }
        Schema::AllOf(all) => all.items.iter_mut().for_each(never_null),
        _ => {}
    }
}

fn drop_null(property: &mut RefOr<Schema>) {
    let RefOr::T(schema) = property else { return };
    match schema {
        Schema::Object(object) => not_null(&mut object.schema_type),
        Schema::Array(array) => not_null(&mut array.schema_type),
        Schema::OneOf(one_of) => {
            let description = one_of.description.take().unwrap_or_default();
            let reference = one_of.items.iter().find_map(|item| match item {
                RefOr::Ref(reference) => Some(reference.clone()),
                RefOr::T(_) => None,
            });
            if let Some(mut reference) = reference {
                reference.description = description;
                *property = reference.into();
            }
        }
        _ => {}
    }
}

fn not_null(schema_type: &mut SchemaType) {
    let SchemaType::Array(types) = schema_type else { return };
    types.retain(|one| *one != Type::Null);
    if let [one] = &**types {
        *schema_type = one.clone().into();
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
pub(super) fn operations(
    api: &mut OpenApi,
) -> impl Iterator<Item = ((&'static str, String), &mut Operation)> {
    api.paths.paths.iter_mut().flat_map(|(path, item)| {
        let PathItem { get, post, patch, options, .. } = item;
        let all = [("GET", get), ("POST", post), ("PATCH", patch), ("OPTIONS", options)];
        all.into_iter()
            .filter_map(|(method, found)| Some(((method, path.clone()), found.as_mut()?)))
    })
}
