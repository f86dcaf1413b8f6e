//! Ids, hashes, bytes, times and coordinates.

use chasqui_shared as shared;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

macro_rules! hex {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl ToSchema for $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                hex(shared::$name::WIDTH)
            }
        }
    )+};
}

hex! {
    /// Of a project.
    ProjectId,
    /// Of a device: its Ed25519 key.
    DeviceId,
    /// Of a log.
    WriterId,
    /// Of a record.
    RecordId,
    /// Of a version.
    VersionId,
    /// Over all entries of a log up to one.
    Chain,
    /// Of a clock.
    ClockDigest,
    /// Of a file.
    ContentHash,
    /// Makes the logs of one device differ.
    Epoch,
    /// Makes the answers of one laptop differ.
    HelloNonce,
    /// Ed25519.
    SignatureBytes,
}

fn hex(bytes: usize) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(format!("^[0-9a-f]{{{}}}$", 2 * bytes)))
        .description(Some(format!("{bytes} bytes in lower-case hex")))
        .into()
}

/// Bytes whose number is not fixed.
#[derive(Debug)]
pub enum Base64 {}

impl ToSchema for Base64 {}

impl PartialSchema for Base64 {
    fn schema() -> RefOr<Schema> {
        let whole = "([A-Za-z0-9+/]{4})*";
        let end = "([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?";
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(format!("^{whole}{end}$")))
            .description(Some("base64 (RFC 4648 §4, padded)"))
            .into()
    }
}

/// A moment.
#[derive(Debug)]
pub enum Timestamp {}

impl ToSchema for Timestamp {}

impl PartialSchema for Timestamp {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("RFC 3339, from year 0 to year 9999"))
            .into()
    }
}

/// A day, or a moment.
#[derive(Debug)]
pub enum ObservedAt {}

impl ToSchema for ObservedAt {}

impl PartialSchema for ObservedAt {
    fn schema() -> RefOr<Schema> {
        let day = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
        let time = "[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})";
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(format!("^{day}({time})?$")))
            .description(Some(
                "A day, or RFC 3339 with the offset of the clock that it was read from; from year 0 to year 9999",
            ))
            .into()
    }
}

macro_rules! degrees {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl ToSchema for $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                degrees(shared::$name::DEGREES_MAX)
            }
        }
    )+};
}

degrees! {
    /// North of the equator.
    Latitude,
    /// East of Greenwich.
    Longitude,
}

fn degrees(max: i32) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::Number)
        .minimum(Some(-max))
        .maximum(Some(max))
        .description(Some("Decimal degrees, WGS 84"))
        .into()
}
