//! Which files the other side has: the acknowledgement of media, and where an upload that was cut
//! goes on.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{id::ContentHash, limits};

/// `POST /api/v1/media/held`: asks which of these files are there, whole and durable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StoredRequest {
    /// At most [`limits::HELD_MAX`].
    #[serde(deserialize_with = "at_most_held")]
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub hashes: Vec<ContentHash>,
    /// Whether the asking side is about to give up its own copies: then only files that were hashed
    /// within a day are held.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_free: bool,
}

/// The answer to a [`StoredRequest`], each list in the order of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StoredResponse {
    /// Files that are there: looked at this moment, and hashed when they came or since. To be named
    /// here is the acknowledgement of a file.
    #[serde(deserialize_with = "at_most_held")]
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub held: Vec<ContentHash>,
    /// Files that are there as they were, and were not hashed within a day, where the asking side
    /// is about to give up its own copies. They are being hashed: it asks again, and keeps its
    /// copies until they are held.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "at_most_held")]
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub unproven: Vec<ContentHash>,
    /// Uploads of the asking device that were begun and can go on.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "at_most_held")]
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub begun: Vec<Begun>,
}

/// An upload that goes on where it stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// The file.
    pub hash: ContentHash,
    /// The path of the upload, below the laptop's base address.
    pub upload: String,
    /// Bytes that are durable there: the next `PATCH` begins here.
    pub offset: u64,
}

fn at_most_held<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let list = Vec::deserialize(from)?;
    if list.len() > limits::HELD_MAX {
        let (len, max) = (list.len(), limits::HELD_MAX);
        return Err(D::Error::custom(format!("{len} files are more than {max}")));
    }
    Ok(list)
}
