//! A draft as the page gives it, with JavaScript's numbers, and what becomes of it.

use std::collections::BTreeMap;

use chasqui_shared::{
    Answer, Code, Draft, Failure, Kind, Latitude, Location, LocationSource, Longitude, MediaRef,
    ObservedAt, VersionId,
};
use serde::Deserialize;

use crate::limits::DRAFT_KEY_BYTES_MAX;

/// What a person filled in; the engine adds ids, parents, times and the place in the log.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema), schema(as = Draft))]
#[serde(deny_unknown_fields)]
pub struct PageDraft {
    /// Id of a category.
    pub category: String,
    /// Free text.
    #[serde(default)]
    pub note: String,
    /// When it was seen, as a day or RFC 3339; the moment of saving if absent.
    #[serde(default)]
    pub observed_at: Option<String>,
    /// Where it was seen.
    #[serde(default)]
    pub location: Option<PagePlace>,
    /// Answers by question.
    #[serde(default)]
    pub answers: Option<BTreeMap<String, PageAnswer>>,
    /// Photos, sounds and films; absent, an edit keeps those of the record.
    #[serde(default)]
    pub media: Option<Vec<MediaRef>>,
    /// The key of this draft, under which files were taken for it; they are let go with it. A draft
    /// is saved once.
    #[serde(default)]
    pub draft_key: Option<String>,
    /// Id of the version that the person saw when an edit began; absent, it is the best one at the
    /// moment of saving.
    #[serde(default)]
    pub base: Option<String>,
}

/// A draft, and what is to become of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The fields.
    pub draft: Draft,
    /// Whether an edit keeps the files of the record, whatever the draft says.
    pub keeps_media: bool,
    /// The key of this draft, under which files were taken for it.
    pub draft_key: Option<String>,
    /// The version that an edit follows, if not the best one.
    pub base: Option<VersionId>,
}

impl From<Draft> for Filled {
    /// A draft that says nothing of files.
    fn from(draft: Draft) -> Self {
        Self { draft, keeps_media: true, draft_key: None, base: None }
    }
}

/// A place as JavaScript has numbers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PagePlace {
    /// Decimal degrees.
    pub lat: f64,
    /// Decimal degrees.
    pub lon: f64,
    /// Metres.
    #[serde(default)]
    pub accuracy_m: Option<f64>,
    /// Metres.
    #[serde(default)]
    pub altitude_m: Option<f64>,
    /// How it was found.
    pub source: LocationSource,
}

/// An answer as JavaScript has numbers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum PageAnswer {
    /// Yes or no.
    Boolean(bool),
    /// Any number.
    Number(f64),
    /// Words.
    Text(String),
    /// Several choices.
    Choices(Vec<String>),
}

/// Beyond this a JavaScript number is not a whole number that everyone reads alike.
const WHOLE_MAX: f64 = 9_007_199_254_740_991.0;

impl PageDraft {
    /// The draft as the log takes it. An accuracy is rounded up, and a fraction among the answers
    /// becomes its text.
    pub fn read(self) -> Result<Filled, Failure> {
        let observed_at = match &self.observed_at {
            None => None,
            Some(text) => Some(
                ObservedAt::parse(text)
                    .ok_or_else(|| bad("the time is no day, and not RFC 3339"))?,
            ),
        };
        let location = self.location.map(PagePlace::read).transpose()?;
        let answers = self.answers.unwrap_or_default().into_iter();
        let draft = Draft {
            kind: Kind::Observation,
            category: self.category,
            note: self.note,
            observed_at,
            location,
            answers: answers.map(|(key, answer)| (key, answer.read())).collect(),
            media: self.media.clone().unwrap_or_default(),
            ..Draft::default()
        };
        if self
            .draft_key
            .as_ref()
            .is_some_and(|key| key.is_empty() || key.len() > DRAFT_KEY_BYTES_MAX)
        {
            return Err(bad("the key of the draft is no key"));
        }
        let base = self
            .base
            .map(|id| VersionId::from_hex(&id).ok_or_else(|| bad("the base is no version's id")));
        Ok(Filled {
            draft,
            keeps_media: self.media.is_none(),
            draft_key: self.draft_key,
            base: base.transpose()?,
        })
    }
}

impl PagePlace {
    fn read(self) -> Result<Location, Failure> {
        let lat = Latitude::from_degrees(self.lat);
        let lon = Longitude::from_degrees(self.lon);
        let (Some(lat), Some(lon)) = (lat, lon) else {
            return Err(bad("the place is not on the globe"));
        };
        Ok(Location {
            lat,
            lon,
            accuracy_m: self.accuracy_m.filter(|m| m.is_finite()).map(|m| m.ceil() as u32),
            altitude_m: self.altitude_m.filter(|m| m.is_finite()).map(|m| m.round() as i32),
            source: self.source,
        })
    }
}

impl PageAnswer {
    fn read(self) -> Answer {
        match self {
            Self::Boolean(value) => Answer::Boolean(value),
            Self::Number(value) if value.fract() == 0.0 && value.abs() <= WHOLE_MAX => {
                Answer::Integer(value as i64)
            }
            Self::Number(value) => Answer::Text(value.to_string()),
            Self::Text(text) => Answer::Text(text),
            Self::Choices(choices) => Answer::Choices(choices),
        }
    }
}

fn bad(message: &str) -> Failure {
    Failure::new(Code::DraftMalformed, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Draft, Failure> {
        Ok(serde_json::from_str::<PageDraft>(json).unwrap().read()?.draft)
    }

    #[test]
    fn numbers_of_a_page_become_whole_numbers_or_text() {
        let draft = read(
            r#"{"category":"oil_spill","answers":{"birds":3,"ph":6.5,"seen":true,"kinds":["a","b"]},
                "location":{"lat":-3.7,"lon":-73.2,"accuracy_m":4.2,"altitude_m":101.6,"source":"gps"}}"#,
        )
        .unwrap();
        assert_eq!(draft.answers["birds"], Answer::Integer(3));
        assert_eq!(draft.answers["ph"], Answer::Text("6.5".into()));
        assert_eq!(draft.answers["seen"], Answer::Boolean(true));
        assert_eq!(draft.answers["kinds"], Answer::Choices(vec!["a".into(), "b".into()]));
        let location = draft.location.unwrap();
        assert_eq!((location.accuracy_m, location.altitude_m), (Some(5), Some(102)));
    }

    #[test]
    fn a_place_off_the_globe_a_time_in_words_and_an_unreadable_base_are_refused_by_code() {
        for json in [
            r#"{"category":"c","location":{"lat":91,"lon":0,"source":"hand"}}"#,
            r#"{"category":"c","observed_at":"yesterday"}"#,
            r#"{"category":"c","base":"the one before"}"#,
        ] {
            let failure = read(json).unwrap_err();
            assert_eq!((&failure.code, failure.retryable), (&Code::DraftMalformed, false));
        }
    }
}
