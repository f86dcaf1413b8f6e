//! How the types that write themselves in JSON look in OpenAPI; all others derive it.

mod messages;
#[cfg(test)]
mod tests;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ArrayBuilder, KnownFormat, ObjectBuilder, Ref, RefOr, Schema, SchemaFormat, Type,
        extensions::ExtensionsBuilder, schema::AnyOfBuilder,
    },
};

use crate::{
    failure::Code,
    id::{
        Chain, ClockDigest, ContentHash, DeviceId, Epoch, HelloNonce, ProjectId, RecordId,
        SignatureBytes, VersionId, WriterId,
    },
    limits,
    log::{Clock, ClockRow},
    observed_at::ObservedAt,
    record::{Answer, FieldValue, Latitude, Location, Longitude, VersionBytes},
    sync::HashMessage,
    timestamp::Timestamp,
};

pub use messages::{Absent, Closed};

/// The names of the types that a schema refers to, with their own schemas.
type Schemas = Vec<(String, RefOr<Schema>)>;

macro_rules! schemas {
    ($($type:ty => $schema:expr,)+) => {$(
        impl ToSchema for $type {}

        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $schema.into()
            }
        }
    )+};
}

schemas! {
    Chain => hex(Self::WIDTH),
    ClockDigest => hex(Self::WIDTH),
    ContentHash => hex(Self::WIDTH),
    DeviceId => hex(Self::WIDTH),
    Epoch => hex(Self::WIDTH),
    HelloNonce => hex(Self::WIDTH),
    ProjectId => hex(Self::WIDTH),
    RecordId => hex(Self::WIDTH),
    SignatureBytes => hex(Self::WIDTH),
    VersionId => hex(Self::WIDTH),
    WriterId => hex(Self::WIDTH),
    HashMessage => base64().description(Some(
        "A frame of the negentropy protocol, version 1, in base64 (RFC 4648 §4, padded)",
    )),
    VersionBytes => base64().description(Some(
        "The bytes of a version, in base64 (RFC 4648 §4, padded)",
    )),
    Latitude => degrees(Self::DEGREES_MAX),
    Longitude => degrees(Self::DEGREES_MAX),
    Timestamp => text()
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .description(Some("RFC 3339, from year 0 to year 9999")),
    ObservedAt => text().pattern(Some(DAY_OR_INSTANT)).description(Some(
        "A day, or RFC 3339 with the offset of the clock that it was read from; from year 0 to year 9999",
    )),
    Code => text()
        .pattern(Some("^[a-z0-9_]+$"))
        .extensions(Some(
            ExtensionsBuilder::new().add("x-extensible-enum", known_codes()).build(),
        ))
        .description(Some("Stable. A newer program may say others than those that are listed.")),
}

const DAY_OR_INSTANT: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}\
    ([Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$";

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn hex(bytes: usize) -> ObjectBuilder {
    text()
        .pattern(Some(format!("^[0-9a-f]{{{}}}$", 2 * bytes)))
        .description(Some(format!("{bytes} bytes in lower-case hex")))
}

fn base64() -> ObjectBuilder {
    let whole = "([A-Za-z0-9+/]{4})*";
    let end = "([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?";
    text().pattern(Some(format!("^{whole}{end}$")))
}

fn degrees(max: i32) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Number)
        .minimum(Some(-max))
        .maximum(Some(max))
        .description(Some("Decimal degrees, WGS 84"))
}

fn known_codes() -> Vec<&'static str> {
    Code::ALL.iter().filter_map(Code::known).collect()
}

impl ToSchema for Clock {
    fn schemas(schemas: &mut Schemas) {
        schemas.push((ClockRow::name().into(), ClockRow::schema()));
        ClockRow::schemas(schemas);
    }
}

impl PartialSchema for Clock {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new()
            .items(Ref::from_schema_name(ClockRow::name()))
            .max_items(Some(limits::WRITERS_MAX))
            .description(Some("Ascending by writer"))
            .into()
    }
}

impl ToSchema for FieldValue {
    fn schemas(schemas: &mut Schemas) {
        for (name, schema) in
            [(Answer::name(), Answer::schema()), (Location::name(), Location::schema())]
        {
            schemas.push((name.into(), schema));
        }
        Location::schemas(schemas);
    }
}

/// A time, a category and a note are texts, as some answers are.
impl PartialSchema for FieldValue {
    fn schema() -> RefOr<Schema> {
        let any = AnyOfBuilder::new()
            .item(Ref::from_schema_name(Answer::name()))
            .item(Ref::from_schema_name(Location::name()))
            .item(ObjectBuilder::new().schema_type(Type::Null))
            .description(Some("The value of a field; null where there is none"));
        Schema::from(any).into()
    }
}
