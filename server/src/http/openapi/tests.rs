//! The document says what the API does.

use std::collections::BTreeSet;

use utoipa::openapi::path::PathItem;

use super::{modifiers::operations, *};
use crate::{access::Permission, http::routes::ROUTES};

#[test]
fn every_route_of_the_api_is_described_and_no_other() {
    let mut api = describe(&ROUTES);
    let described: BTreeSet<_> = operations(&mut api).map(|(at, _)| at).collect();
    let routes = ROUTES.iter().filter(|route| route.path.starts_with("/api/"));
    let routes: BTreeSet<_> = routes.map(|route| (route.method, route.path.to_owned())).collect();
    assert_eq!(described, routes);
    for (path, item) in &api.paths.paths {
        let PathItem { put, delete, head, trace, .. } = item;
        let others = [put, delete, head, trace];
        assert!(others.iter().all(|method| method.is_none()), "{path}");
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_and_a_failure() {
    let mut api = describe(&ROUTES);
    let mut names = BTreeSet::new();
    for (at, operation) in operations(&mut api) {
        assert!(names.insert(operation.operation_id.clone().unwrap()), "{at:?}");
        assert!(operation.responses.responses.contains_key("default"), "{at:?}");
    }
}

#[test]
fn only_what_is_for_anybody_needs_no_token() {
    let mut api = describe(&ROUTES);
    for ((method, path), operation) in operations(&mut api) {
        let mut routes = ROUTES.iter();
        let route = routes.find(|route| (route.method, route.path) == (method, &*path)).unwrap();
        let is_open = route.permission == Permission::Anybody;
        assert_eq!(operation.security.is_none(), is_open, "{method} {path}");
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    let api = serde_json::to_value(describe(&ROUTES)).unwrap();
    let text = api.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(api["components"]["schemas"].get(name).is_some(), "{name}");
    }
}
