//! Which files are held.
#![expect(dead_code, reason = "described, and never made")]

use chasqui_shared::limits;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Object, OneOf, RefOr, Schema, Type, schema::AdditionalProperties},
};

use super::ids::ContentHash;

/// Which of these files are there, whole and durable?
#[derive(Debug, ToSchema)]
pub struct StoredRequest {
    /// At most 1,000.
    hashes: Vec<ContentHash>,
    /// Whether the asking side is about to give up its own copies; false if absent.
    to_free: Option<bool>,
}

/// Those that are, and those that are on their way.
#[derive(Debug, ToSchema)]
pub struct StoredResponse {
    held: Vec<ContentHash>,
    /// Files that are there and are still to be hashed, where that was asked; absent where there are none.
    unproven: Option<Vec<ContentHash>>,
    /// Uploads of the asking device; absent where there are none.
    begun: Option<Vec<Begun>>,
}

/// An upload that goes on where it stopped.
#[derive(Debug, ToSchema)]
pub struct Begun {
    hash: ContentHash,
    /// Its path.
    upload: String,
    /// Bytes that are durable.
    offset: u64,
}

/// What managers decided for the project.
#[derive(Debug, ToSchema)]
pub struct Settings {
    photos: Photos,
}

/// How phones keep the photos that they take.
#[derive(Debug)]
pub enum Photos {}

impl ToSchema for Photos {}

impl PartialSchema for Photos {
    fn schema() -> RefOr<Schema> {
        let kept =
            |kept: &str| Object::builder().schema_type(Type::String).enum_values(Some([kept]));
        let whole = |least, most| {
            Object::builder().schema_type(Type::Integer).minimum(Some(least)).maximum(Some(most))
        };
        let original = Object::builder()
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
            .property("kept", kept("original"))
            .required("kept");
        let scaled = Object::builder()
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
            .property("kept", kept("scaled"))
            .property("pixels_max", whole(limits::PHOTO_PIXELS_MIN, limits::PHOTO_PIXELS_MAX))
            .property("quality", whole(1, 100))
            .required("kept")
            .required("pixels_max")
            .required("quality");
        Schema::from(OneOf::builder().item(original).item(scaled)).into()
    }
}
