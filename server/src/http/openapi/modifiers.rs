//! What the description says of all operations and of all messages alike.

use chasqui_shared::Failure;
use utoipa::{
    Modify, ToSchema,
    openapi::{
        Content, OpenApi, Ref, ResponseBuilder,
        path::{Operation, PathItem},
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

/// Each with its method and path. Nothing here is replaced or deleted, so there are no other
/// methods.
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
