//! What the two sides say. JSON and CBOR have the same field names.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    id::{ClockDigest, ProjectId, WriterId},
    limits,
    log::{Clock, Position, Range, Run, RunResult},
};

/// `POST /api/v1/sync/offer`: the asking side says what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The project of both sides.
    pub project: ProjectId,
    /// The log that the asking side writes.
    pub writer: WriterId,
    /// The digest of its clock.
    pub digest: ClockDigest,
    /// What moved since the last meeting. Instead of `clock`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
    /// The whole clock: at the first meeting, or after an answer with `clock_wanted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// Logs that the asking side found to have gone two ways; the answer holds a locator for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "at_most_ranges")]
    #[cfg_attr(feature = "openapi", schema(max_items = 256))]
    pub suspects: Vec<WriterId>,
}

/// A clock told as the difference from one that both sides had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// The digest that both had when they last agreed.
    pub digest: ClockDigest,
    /// The asking side's positions that differ from then.
    pub moved: Clock,
}

/// The answer to an [`Offer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfferResponse {
    /// The digest of the answering side's clock. Equal to the offer's: nothing is to be done.
    pub digest: ClockDigest,
    /// The digest in `since` is not known: offer again with the whole clock.
    #[serde(default, skip_serializing_if = "is_false")]
    pub clock_wanted: bool,
    /// What the answering side lacks.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "at_most_ranges")]
    #[cfg_attr(feature = "openapi", schema(max_items = 256))]
    pub wanted: Vec<Range>,
    /// What the asking side lacks.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "at_most_ranges")]
    #[cfg_attr(feature = "openapi", schema(max_items = 256))]
    pub offered: Vec<Range>,
    /// The asking side's own log is longer here than there: its storage went back in time.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lost: bool,
    /// Logs that went two ways.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "at_most_ranges")]
    #[cfg_attr(feature = "openapi", schema(max_items = 256))]
    pub forks: Vec<Locator>,
}

/// Positions of one log at growing distances from its end, down to its start, so that the other
/// side finds a common one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Locator {
    /// The log.
    pub writer: WriterId,
    /// Descending by seq; the first is the end of the log. At most [`limits::LOCATOR_MAX`].
    #[serde(deserialize_with = "at_most_locator")]
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub positions: Vec<Position>,
}

/// `POST /api/v1/changes`, and the answer of `GET /api/v1/changes`.
///
/// At most [`limits::BATCH_ENTRIES_MAX`] entries in at most [`limits::RANGES_MAX`] runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The project of all runs.
    pub project: ProjectId,
    /// The log that the sending side writes.
    pub writer: WriterId,
    /// The entries.
    #[cfg_attr(feature = "openapi", schema(max_items = 256))]
    pub runs: Vec<Run>,
}

/// The answer to a pushed [`Batch`], sent after the commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BatchResponse {
    /// The digest of the answering side's clock after the commit.
    pub digest: ClockDigest,
    /// One for each run, in order.
    pub runs: Vec<RunResult>,
}

/// `GET /api/v1/changes`: a question for entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WantedRequest {
    /// The project.
    pub project: ProjectId,
    /// What is wanted, at most [`limits::RANGES_MAX`]. The answer begins at the front and stops at
    /// the batch's limits.
    #[serde(deserialize_with = "at_most_ranges")]
    #[cfg_attr(feature = "openapi", schema(max_items = 256))]
    pub ranges: Vec<Range>,
}

impl Batch {
    /// Number of entries over all runs.
    pub fn entries(&self) -> usize {
        self.runs.iter().map(|run| run.entries.len()).sum()
    }

    /// Whether it holds no more entries and runs than a batch may.
    pub fn is_within_limits(&self) -> bool {
        self.entries() <= limits::BATCH_ENTRIES_MAX && self.runs.len() <= limits::RANGES_MAX
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

fn at_most_ranges<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    at_most(limits::RANGES_MAX, deserializer)
}

fn at_most_locator<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    at_most(limits::LOCATOR_MAX, deserializer)
}

fn at_most<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    items_max: usize,
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let list = Vec::deserialize(deserializer)?;
    if list.len() > items_max {
        return Err(D::Error::custom(format!("a list is longer than {items_max}")));
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{from_cbor, to_cbor};

    /// A locator could be as long as a request, and each of its positions cost the phone a look
    /// into its log.
    #[test]
    fn a_locator_at_the_limit_is_read_and_one_beyond_it_is_refused() {
        for (positions, is_read) in [(limits::LOCATOR_MAX, true), (limits::LOCATOR_MAX + 1, false)]
        {
            let positions = vec![Position::START; positions];
            let locator = Locator { writer: WriterId([1; 16]), positions };
            let cbor = to_cbor(&locator).unwrap();
            assert_eq!(from_cbor::<Locator>(&cbor).is_ok(), is_read);
        }
    }
}
