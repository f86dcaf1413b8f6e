//! The document says what the API does.

use std::collections::BTreeSet;

use super::*;

#[test]
fn every_door_of_the_api_is_described_and_no_other() {
    let mut api = Api::openapi();
    let described: BTreeSet<_> = operations(&mut api).map(|(at, _)| at).collect();
    let api_doors = DOORS.iter().filter(|door| door.path.starts_with("/api/"));
    let doors: BTreeSet<_> = api_doors.map(|door| (door.method, door.path.to_owned())).collect();
    assert_eq!(described, doors);
    for (path, item) in &api.paths.paths {
        let PathItem { put, delete, head, trace, .. } = item;
        let others = [put, delete, head, trace];
        assert!(others.iter().all(|method| method.is_none()), "{path}");
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_and_a_failure() {
    let mut api = Api::openapi();
    let mut names = BTreeSet::new();
    for (at, operation) in operations(&mut api) {
        assert!(names.insert(operation.operation_id.clone().unwrap()), "{at:?}");
        assert!(operation.responses.responses.contains_key("default"), "{at:?}");
    }
}

#[test]
fn only_what_is_for_anybody_needs_no_token() {
    let mut api = Api::openapi();
    for ((method, path), operation) in operations(&mut api) {
        let who = super::super::doors::who_may(&path, &method.parse().unwrap());
        assert_eq!(operation.security.is_none(), who == Who::Anybody, "{method} {path}");
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    let api = serde_json::to_value(Api::openapi()).unwrap();
    let text = api.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(api["components"]["schemas"].get(name).is_some(), "{name}");
    }
}
