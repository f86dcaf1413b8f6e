//! Which versions only one of two sides holds, found by hashes of ranges and without trusting any
//! clock: the audit, the repair, and the check at the end of a bundle.
//!
//! It finds and never moves: what is missing travels as entries of its log, like everything. Built
//! on range-based set reconciliation (the `negentropy` protocol, version 1) over version ids, all
//! with timestamp 0.
//!
//! ```
//! use chasqui_shared::{Comparison, VersionId, VersionSet};
//!
//! let (mine, theirs) = ([1, 2].map(|n| VersionId([n; 32])), [2, 3].map(|n| VersionId([n; 32])));
//! let (mine, theirs) = (VersionSet::of(mine), VersionSet::of(theirs));
//!
//! let (mut comparison, mut message) = Comparison::begin(&mine)?;
//! loop {
//!     let reply = theirs.answer(&message)?;
//!     match comparison.next(&reply)? {
//!         Some(next) => message = next,
//!         None => break,
//!     }
//! }
//! let difference = comparison.finish();
//! assert_eq!(difference.here_only, [VersionId([1; 32])]);
//! assert_eq!(difference.there_only, [VersionId([3; 32])]);
//! # Ok::<(), chasqui_shared::Failure>(())
//! ```

use data_encoding::BASE64;
use negentropy::{Id, Negentropy, NegentropyStorageBase, NegentropyStorageVector};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    failure::{Code, Failure},
    id::{ProjectId, VersionId, WriterId},
    limits,
};

/// The protocol lets a frame pass its limit by the last range, so the limit leaves room for it.
const FRAME_BYTES: u64 = limits::HASH_MESSAGE_BYTES_MAX as u64 - 2_048;

/// The ids of all versions that a side holds, ready to be compared. 40 bytes each.
#[derive(Clone, Debug)]
pub struct VersionSet(NegentropyStorageVector);

impl VersionSet {
    /// In any order; repeats count once.
    pub fn of(versions: impl IntoIterator<Item = VersionId>) -> Self {
        let versions = versions.into_iter();
        let mut ids = NegentropyStorageVector::with_capacity(versions.size_hint().0);
        for version in versions {
            ids.insert(0, Id::from_byte_array(version.0)).expect("the set is not sealed yet");
        }
        ids.seal().expect("the set is sealed once");
        Self(ids)
    }

    /// Number of versions.
    pub fn len(&self) -> usize {
        self.0.size().unwrap_or(0)
    }

    /// Whether no version is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The answering side: keeps nothing between messages. Nonsense is refused.
    pub fn answer(&self, message: &HashMessage) -> Result<HashMessage, Failure> {
        let mut side = Negentropy::borrowed(&self.0, FRAME_BYTES).map_err(malformed)?;
        side.reconcile(&message.0).map(HashMessage).map_err(malformed)
    }
}

/// The asking side of one comparison.
#[derive(Debug)]
pub struct Comparison<'a> {
    side: Negentropy<'a, NegentropyStorageVector>,
    rounds: u32,
    here_only: Vec<Id>,
    there_only: Vec<Id>,
}

/// What two sides do not have in common; ascending, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Versions that the asking side alone holds.
    pub here_only: Vec<VersionId>,
    /// Versions that the answering side alone holds.
    pub there_only: Vec<VersionId>,
}

impl<'a> Comparison<'a> {
    /// Begins, with the first message.
    pub fn begin(set: &'a VersionSet) -> Result<(Self, HashMessage), Failure> {
        let mut side = Negentropy::borrowed(&set.0, FRAME_BYTES).map_err(malformed)?;
        let message = side.initiate().map(HashMessage).map_err(malformed)?;
        Ok((Self { side, rounds: 0, here_only: Vec::new(), there_only: Vec::new() }, message))
    }

    /// Takes the answer to the last message; the next message, or `None` at the end.
    ///
    /// Fails on nonsense, on a peer that never ends, and on more than
    /// [`limits::HASH_DIFFERENCES_MAX`] differences.
    pub fn next(&mut self, reply: &HashMessage) -> Result<Option<HashMessage>, Failure> {
        self.rounds += 1;
        let next =
            self.side.reconcile_with_ids(&reply.0, &mut self.here_only, &mut self.there_only);
        let next = next.map_err(malformed)?;
        if self.here_only.len().max(self.there_only.len()) > limits::HASH_DIFFERENCES_MAX {
            let message = "the two sides differ in too many versions for a comparison by hashes";
            return Err(Failure::new(Code::TooManyDifferences, message));
        }
        if next.is_some() && self.rounds >= limits::ROUNDS_MAX {
            return Err(Failure::new(Code::BadAnswer, "the peer never ends the comparison"));
        }
        Ok(next.map(HashMessage))
    }

    /// What was found so far; everything, once [`Self::next`] said `None`.
    pub fn finish(self) -> Difference {
        let sorted = |ids: Vec<Id>| {
            let mut ids: Vec<_> = ids.into_iter().map(|id| VersionId(*id)).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        Difference { here_only: sorted(self.here_only), there_only: sorted(self.there_only) }
    }
}

fn malformed(error: negentropy::Error) -> Failure {
    Failure::new(Code::Malformed, format!("the hash comparison cannot be read: {error}"))
}

/// One message of the hash comparison: at most [`limits::HASH_MESSAGE_BYTES_MAX`] bytes, base64 in
/// JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct HashMessage(Vec<u8>);

impl HashMessage {
    /// The bytes as they travel.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for HashMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HashMessage({} bytes)", self.0.len())
    }
}

impl Serialize for HashMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&BASE64.encode(&self.0))
        } else {
            serializer.serialize_bytes(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for HashMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            BASE64.decode(text.as_bytes()).map_err(D::Error::custom)?
        } else {
            serde_bytes::ByteBuf::deserialize(deserializer)?.into_vec()
        };
        if bytes.len() > limits::HASH_MESSAGE_BYTES_MAX {
            return Err(D::Error::custom("a message of the hash comparison is too long"));
        }
        Ok(Self(bytes))
    }
}

/// `POST /api/v1/sync/hashes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HashRequest {
    /// The project of both sides.
    pub project: ProjectId,
    /// What [`Comparison`] said.
    pub message: HashMessage,
}

/// The answer to a [`HashRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HashResponse {
    /// What [`VersionSet::answer`] said.
    pub message: HashMessage,
}

/// `POST /api/v1/sync/places`: in which entries versions travel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlacesRequest {
    /// The project of both sides.
    pub project: ProjectId,
    /// At most [`limits::PLACES_MAX`].
    #[serde(deserialize_with = "at_most_places")]
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub versions: Vec<VersionId>,
}

/// The answer to a [`PlacesRequest`]; versions that are not held are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlacesResponse {
    /// In the order of the question.
    #[serde(deserialize_with = "at_most_places")]
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub places: Vec<Located>,
}

/// A version and the entry that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Located {
    /// The version.
    pub version: VersionId,
    /// The log of the entry.
    pub writer: WriterId,
    /// Its place in the log.
    pub seq: u64,
}

fn at_most_places<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let list = Vec::deserialize(deserializer)?;
    if list.len() > limits::PLACES_MAX {
        return Err(D::Error::custom(format!("a list is longer than {}", limits::PLACES_MAX)));
    }
    Ok(list)
}

#[cfg(test)]
mod tests;
