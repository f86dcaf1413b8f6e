//! Why bytes are not a version that this software can show.

use super::fields::Change;
use crate::failure::Code;

/// What is wrong with a version. The entry that holds it is kept all the same; see
/// [`crate::Quarantine`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// Not CBOR, a missing, unknown or wrongly typed field, or a coordinate out of range.
    #[error("the bytes are not a version: {reason}")]
    Malformed {
        /// What the decoder met.
        reason: String,
    },
    /// Written by newer software; kept and forwarded unchanged.
    #[error("the version has format {format}; this software reads up to 1")]
    Newer {
        /// The format named in the bytes.
        format: u8,
    },
    /// Not the deterministic encoding (RFC 8949 §4.2) of what they say.
    #[error("the bytes are not the deterministic encoding of their version")]
    NotDeterministic,
    /// A field is over its limit; see [`crate::limits`].
    #[error("{field} has size {size}, more than {size_max}")]
    TooLarge {
        /// The field.
        field: &'static str,
        /// Its size, in bytes or items.
        size: usize,
        /// The limit.
        size_max: usize,
    },
    /// Parents are not ascending, or repeat.
    #[error("parents must ascend without repeats")]
    Unsorted,
    /// A file is named twice.
    #[error("the same file is named twice")]
    MediaRepeated,
    /// A label holds a control character; see [`crate::is_label`].
    #[error("{field} holds a control character, or one that turns the direction of writing")]
    ControlCharacter {
        /// The field.
        field: &'static str,
    },
    /// A zone was assumed for a day, or for a time whose offset is not known.
    #[error("a zone is assumed for a time that has none")]
    ZoneUnfit,
    /// The category is empty.
    #[error("the category is empty")]
    NoCategory,
    /// The generation does not fit the parents.
    #[error("generation {generation} does not fit the parents")]
    Generation {
        /// The generation named in the bytes.
        generation: u32,
    },
    /// A monitor may record and edit, and nothing else.
    #[error("a monitor may not {change:?}")]
    Forbidden {
        /// What was tried.
        change: Change,
    },
    /// Who takes part, and what is decided for the project, is a manager's to say.
    #[error("only a manager may say who takes part, and decide for the project")]
    ManagersOnly,
}

impl VersionError {
    /// Its code.
    pub fn code(&self) -> Code {
        match self {
            Self::Malformed { .. } => Code::VersionMalformed,
            Self::Newer { .. } => Code::VersionNewer,
            Self::NotDeterministic => Code::VersionNotDeterministic,
            Self::TooLarge { .. } => Code::VersionTooLarge,
            Self::Unsorted => Code::VersionUnsorted,
            Self::MediaRepeated => Code::VersionMediaRepeated,
            Self::ControlCharacter { .. } => Code::VersionControlCharacter,
            Self::ZoneUnfit => Code::VersionZoneUnfit,
            Self::NoCategory => Code::VersionNoCategory,
            Self::Generation { .. } => Code::VersionGeneration,
            Self::Forbidden { .. } | Self::ManagersOnly => Code::VersionForbidden,
        }
    }
}
