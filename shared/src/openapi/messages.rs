//! What is true of every message of the API and of the engine.

use std::collections::BTreeSet;

use utoipa::{
    Modify,
    openapi::{
        OpenApi, Ref, RefOr, Schema, Type,
        schema::{AdditionalProperties, SchemaType},
    },
};

/// Messages have no fields but those that are described; those that are part of a larger one cannot
/// say so.
#[derive(Clone, Copy, Debug)]
pub struct Closed;

impl Modify for Closed {
    fn modify(&self, api: &mut OpenApi) {
        let Some(components) = api.components.as_mut() else { return };
        let parts: BTreeSet<_> = components.schemas.values().flat_map(parts_of).collect();
        for (name, schema) in &mut components.schemas {
            let is_part = parts.contains(&Ref::from_schema_name(name).ref_location);
            set_closed(schema, !is_part);
        }
    }
}

/// Closes an object, or each that one of several may be; or opens it for those that it is a part
/// of.
fn set_closed(schema: &mut RefOr<Schema>, is_closed: bool) {
    match schema {
        RefOr::T(Schema::Object(object)) if !object.properties.is_empty() => {
            let closed = Box::new(AdditionalProperties::FreeForm(false));
            object.additional_properties = is_closed.then_some(closed);
        }
        RefOr::T(Schema::OneOf(one_of)) => {
            one_of.items.iter_mut().for_each(|item| set_closed(item, is_closed));
        }
        _ => {}
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

/// What a message need not have is absent where there is none, and never null.
#[derive(Clone, Copy, Debug)]
pub struct Absent;

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
