//! What a project's managers decided for all its phones, as a record that syncs like all others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    id::RecordId,
    limits,
    log::LogView,
    record::{Answer, Draft, Kind, View},
};

/// The answer that holds [`Photos::Scaled::pixels_max`]; 0 for [`Photos::Original`].
const PIXELS_MAX: &str = "photo_pixels_max";
/// The answer that holds [`Photos::Scaled::quality`].
const QUALITY: &str = "photo_quality";
/// The category of the record.
const CATEGORY: &str = "settings";

/// How phones keep the photos that they take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kept", rename_all = "snake_case", deny_unknown_fields)]
pub enum Photos {
    /// As the camera made them.
    Original,
    /// Made smaller, as JPEG.
    Scaled {
        /// Pixels of the longer side, in
        /// [`limits::PHOTO_PIXELS_MIN`]..=[`limits::PHOTO_PIXELS_MAX`].
        #[cfg_attr(feature = "openapi", schema(minimum = 320, maximum = 16384))]
        pixels_max: u32,
        /// Of JPEG, in 1..=100.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 100))]
        quality: u8,
    },
}

impl Default for Photos {
    /// Enough to read a number plate across a street, in some 400 kB.
    fn default() -> Self {
        Self::Scaled { pixels_max: 2_048, quality: 85 }
    }
}

impl Photos {
    /// Whether its numbers are within their limits.
    pub fn is_sound(self) -> bool {
        match self {
            Self::Original => true,
            Self::Scaled { pixels_max, quality } => {
                (limits::PHOTO_PIXELS_MIN..=limits::PHOTO_PIXELS_MAX).contains(&pixels_max)
                    && (1..=100).contains(&quality)
            }
        }
    }
}

/// A project's settings. One record of kind [`Kind::Settings`], which only managers write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How phones keep the photos that they take.
    pub photos: Photos,
}

impl Settings {
    /// The record that holds them: the first 16 bytes of BLAKE3("chasqui settings 1").
    pub fn record() -> RecordId {
        let mut record = [0; RecordId::WIDTH];
        record.copy_from_slice(&blake3::hash(b"chasqui settings 1").as_bytes()[..RecordId::WIDTH]);
        RecordId(record)
    }

    /// The fields of the record.
    pub fn draft(&self) -> Draft {
        let (pixels_max, quality) = match self.photos {
            Photos::Original => (0, 100),
            Photos::Scaled { pixels_max, quality } => (pixels_max, quality),
        };
        Draft {
            kind: Kind::Settings,
            category: CATEGORY.into(),
            answers: BTreeMap::from([
                (PIXELS_MAX.into(), Answer::Integer(pixels_max.into())),
                (QUALITY.into(), Answer::Integer(quality.into())),
            ]),
            ..Draft::default()
        }
    }

    /// What managers decided last.
    pub fn load<V: LogView>(view: &V) -> Result<Self, V::Error> {
        Ok(Self::of_view(View::load_of_managers(view, Self::record())?.as_ref()))
    }

    /// Reads the settings from what is shown of their record. What is absent or out of its limits
    /// is as if nobody had said anything.
    pub fn of_view(view: Option<&View>) -> Self {
        let shown =
            view.filter(|view| view.kind == Kind::Settings && view.record == Self::record());
        let Some(view) = shown else { return Self::default() };
        let whole = |key| match view.answers.get(key) {
            Some(Answer::Integer(number)) => Some(*number),
            _ => None,
        };
        let scaled = |pixels_max, quality| {
            let pixels_max = u32::try_from(pixels_max).ok()?;
            let quality = u8::try_from(quality).ok()?;
            Some(Photos::Scaled { pixels_max, quality }).filter(|photos| photos.is_sound())
        };
        let photos = match (whole(PIXELS_MAX), whole(QUALITY)) {
            (Some(0), _) => Some(Photos::Original),
            (Some(pixels_max), Some(quality)) => scaled(pixels_max, quality),
            _ => None,
        };
        Self { photos: photos.unwrap_or_default() }
    }
}
