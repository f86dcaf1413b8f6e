//! Why a file as a whole was not taken.

use chasqui_shared::Code;

use crate::store::StoreError;

/// Why a file as a whole was not taken. Rows that were taken before stay.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Read(#[from] std::io::Error),
    /// Over [`crate::limits::IMPORT_BYTES_MAX`].
    #[error("the file has more than {bytes_max} bytes")]
    TooLarge {
        /// The limit.
        bytes_max: u64,
    },
    /// Not text: a spreadsheet, a picture, or text in UTF-16.
    #[error(
        "the file is not plain text in UTF-8 or Latin-1; save it as CSV in UTF-8, or as GeoJSON"
    )]
    NotText,
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The header row names no latitude or no longitude.
    #[error("the header row names no column for {missing}; it has: {found}")]
    NoCoordinateColumns {
        /// `latitude` or `longitude`.
        missing: &'static str,
        /// The names that it has.
        found: String,
    },
    /// The header row has more columns than are read.
    #[error("the header row has more than {columns_max} columns")]
    TooManyColumns {
        /// The limit.
        columns_max: usize,
    },
    /// JSON, and neither a FeatureCollection nor a Feature.
    #[error("the file is JSON, and no GeoJSON FeatureCollection or Feature")]
    NotGeoJson,
    /// GeoJSON in another reference system than longitude and latitude of WGS 84.
    #[error(
        "the coordinates are in another reference system ({name}); save the file in WGS 84 (EPSG:4326)"
    )]
    ReferenceSystem {
        /// What the file says.
        name: String,
    },
    /// The name of the file or source is too long or empty.
    #[error("the name of a source has 1 to {bytes_max} bytes")]
    SourceName {
        /// The limit.
        bytes_max: usize,
    },
}

impl ImportError {
    /// Its code.
    pub fn code(&self) -> Code {
        match self {
            Self::Store(_) => Code::StoreFailed,
            Self::Read(_) => Code::FileUnreadable,
            Self::TooLarge { .. } => Code::BodyTooLarge,
            Self::NotText => Code::NotText,
            Self::Empty => Code::Empty,
            Self::NoCoordinateColumns { .. } => Code::NoCoordinateColumns,
            Self::TooManyColumns { .. } => Code::TooManyColumns,
            Self::NotGeoJson => Code::NotGeoJson,
            Self::ReferenceSystem { .. } => Code::ReferenceSystemUnsupported,
            Self::SourceName { .. } => Code::SourceName,
        }
    }
}
