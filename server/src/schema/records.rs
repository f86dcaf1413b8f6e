//! Records, their versions, and what is shown of them.
#![expect(dead_code, reason = "described, and never made")]

use std::collections::BTreeMap;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, Ref, RefOr, Schema, Type, schema::AnyOfBuilder},
};

use super::ids::{
    ContentHash, DeviceId, Latitude, Longitude, ObservedAt, RecordId, Timestamp, VersionId,
};

/// What a record is.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Kind {
    /// Something that was seen.
    Observation,
    /// A way that was gone.
    Track,
    /// Somebody who takes part.
    Member,
    /// What managers decided for the project.
    Settings,
}

/// In what role somebody acts.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Role {
    /// Records what is seen.
    Monitor,
    /// May also delete, resolve, and say who takes part.
    Manager,
}

/// What a version does.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Change {
    /// Says something new.
    Edit,
    /// Hides the record.
    Delete,
    /// Ends a conflict.
    Resolve,
}

/// Where a place comes from.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum LocationSource {
    /// The device.
    Gps,
    /// A person.
    Hand,
    /// A file or a script.
    Import,
}

/// A place.
#[derive(Debug, ToSchema)]
pub struct Location {
    lat: Latitude,
    lon: Longitude,
    /// In metres.
    #[schema(nullable = false)]
    accuracy_m: Option<u32>,
    /// In metres.
    #[schema(nullable = false)]
    altitude_m: Option<i32>,
    source: LocationSource,
}

/// An answer to one question of a form: a text has at most 8 KiB.
#[derive(Debug)]
pub enum Answer {}

impl ToSchema for Answer {}

impl PartialSchema for Answer {
    fn schema() -> RefOr<Schema> {
        Schema::from(answer()).into()
    }
}

fn answer() -> AnyOfBuilder {
    AnyOfBuilder::new()
        .item(bool::schema())
        .item(i64::schema())
        .item(String::schema())
        .item(Vec::<String>::schema())
}

/// A file that belongs to a record.
#[derive(Debug, ToSchema)]
pub struct MediaRef {
    hash: ContentHash,
    bytes: u64,
    /// Its media type.
    r#type: String,
    name: String,
}

/// One immutable state of a record.
#[derive(Debug, ToSchema)]
pub struct Version {
    format: u8,
    record: RecordId,
    kind: Kind,
    parents: Vec<VersionId>,
    generation: u32,
    author: DeviceId,
    role: Role,
    change: Change,
    observed_at: ObservedAt,
    /// Whether nobody said in what zone that time is; absent if not.
    #[schema(required = false)]
    zone_assumed: bool,
    written_at: Timestamp,
    #[schema(nullable = false)]
    location: Option<Location>,
    category: String,
    /// Absent if empty.
    #[schema(required = false)]
    answers: BTreeMap<String, Answer>,
    /// Absent if empty.
    #[schema(required = false)]
    note: String,
    /// Absent if empty.
    #[schema(required = false)]
    media: Vec<MediaRef>,
    /// What it was taken in from; absent where a person wrote it.
    #[schema(required = false)]
    source: String,
}

/// What is shown of a record: its heads, merged field by field.
#[derive(Debug, ToSchema)]
pub struct View {
    record: RecordId,
    kind: Kind,
    /// The best head.
    winner: VersionId,
    /// At most 64, the best.
    heads: Vec<VersionId>,
    /// How many heads there are beside them; absent if none.
    #[schema(required = false)]
    heads_more: u64,
    generation: u32,
    /// Author of the first version; absent where that is not held.
    #[schema(nullable = false)]
    observer: Option<DeviceId>,
    /// What the record was first taken in from; absent where a person wrote it.
    #[schema(required = false)]
    source: String,
    author: DeviceId,
    role: Role,
    written_at: Timestamp,
    observed_at: ObservedAt,
    /// Whether nobody said in what zone that time is; absent if not.
    #[schema(required = false)]
    zone_assumed: bool,
    #[schema(nullable = false)]
    location: Option<Location>,
    category: String,
    answers: BTreeMap<String, Answer>,
    /// How many answers the heads have beside them; absent if none.
    #[schema(required = false)]
    answers_more: u64,
    note: String,
    media: Vec<MediaRef>,
    /// How many files the heads name beside them; absent if none.
    #[schema(required = false)]
    media_more: u64,
    deleted: bool,
    edit_against_delete: bool,
    conflicts: Vec<FieldConflict>,
    /// How many fields differ beside them; absent if none.
    #[schema(required = false)]
    conflicts_more: u64,
}

/// A field that heads say differently.
#[derive(Debug, ToSchema)]
pub struct FieldConflict {
    field: String,
    /// The winner's first.
    values: Vec<FieldChoice>,
    /// How many other values there are; absent if none.
    #[schema(required = false)]
    more: u64,
}

/// What one head says.
#[derive(Debug, ToSchema)]
pub struct FieldChoice {
    version: VersionId,
    /// Of the version that set the field.
    #[schema(nullable = false)]
    author: Option<DeviceId>,
    value: FieldValue,
}

/// The value of a field: a time, a place, a text or an answer; null where there is none.
#[derive(Debug)]
pub enum FieldValue {}

impl ToSchema for FieldValue {}

impl PartialSchema for FieldValue {
    fn schema() -> RefOr<Schema> {
        let null = ObjectBuilder::new().schema_type(Type::Null);
        Schema::from(answer().item(Ref::from_schema_name("Location")).item(null)).into()
    }
}

/// RFC 7946.
#[derive(Debug, ToSchema)]
pub struct FeatureCollection {
    /// Always `FeatureCollection`.
    #[schema(pattern = "^FeatureCollection$")]
    r#type: String,
    features: Vec<Feature>,
}

/// RFC 7946.
#[derive(Debug, ToSchema)]
pub struct Feature {
    /// Always `Feature`.
    #[schema(pattern = "^Feature$")]
    r#type: String,
    #[schema(required)]
    geometry: Option<PointGeometry>,
    #[schema(value_type = Object)]
    properties: BTreeMap<String, String>,
}

/// RFC 7946.
#[derive(Debug, ToSchema)]
pub struct PointGeometry {
    /// Always `Point`.
    #[schema(pattern = "^Point$")]
    r#type: String,
    /// Longitude, latitude.
    #[schema(min_items = 2, max_items = 3)]
    coordinates: Vec<f64>,
}
