//! Consecutive entries of one log, as they travel.

use serde::{Deserialize, Serialize};

use super::{
    clock::Position,
    entry::{Origin, chain_after},
    owner::LogOwner,
    quarantine::Quarantine,
};
use crate::{
    id::{Chain, ProjectId, SignatureBytes, WriterId},
    record::VersionBytes,
};

/// Consecutive entries of one log. Seq and chain of each follow from `after`, so they are not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The log.
    pub writer: WriterId,
    /// Whose log it is. Must be there when the run begins at seq 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<LogOwner>,
    /// The last entry before the run.
    pub after: Position,
    /// The entries with seq `after.seq + 1`, `after.seq + 2`, …
    pub entries: Vec<RunEntry>,
}

impl Run {
    /// The chain that each entry's device must have signed, with its origin, if the log is
    /// `owner`'s; in order.
    ///
    /// Where every signature verifies, [`crate::take_run`] may be told not to verify again: so a
    /// laptop checks them on several threads, outside of the transaction.
    pub fn chains(&self, project: ProjectId, owner: LogOwner) -> impl Iterator<Item = Chain> + '_ {
        let mut last = self.after;
        self.entries.iter().map(move |sent| {
            let previous = owner.chain_from(project, last);
            let seq = last.seq.saturating_add(1);
            let chain = chain_after(previous, owner.writer(), seq, sent.version.id());
            last = Position { seq, chain };
            chain
        })
    }
}

/// One entry of a [`Run`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RunEntry {
    /// What was written.
    pub version: VersionBytes,
    /// The device's signature over the chain and the origin; see [`super::verify_chain`].
    pub signature: SignatureBytes,
    /// Set when the version was first logged elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Set in a side's own storage where it holds the entry in quarantine. Never sent: whoever is
    /// sent an entry judges it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarantine: Option<Quarantine>,
}

/// What became of a run, sent after the commit.
///
/// Of the run's entries the first `known` were held already, the next `added` are now durable, and
/// if there is a refusal it names the next one; nothing after it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RunResult {
    /// The log.
    pub writer: WriterId,
    /// How far it is durable at the answering side.
    pub durable: Position,
    /// Entries that were held already.
    pub known: u64,
    /// Entries that were added.
    pub added: u64,
    /// Added entries that are kept and forwarded but not shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quarantined: Vec<Quarantined>,
    /// The first entry that was not taken, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
    /// Set when the log went two ways here. Versions of the way that gave up its place were logged
    /// again under the answering side's own writer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forked_at: Option<u64>,
}

/// An entry in quarantine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Quarantined {
    /// Its place.
    pub seq: u64,
    /// Why.
    pub quarantine: Quarantine,
}

/// An entry that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// Its place.
    pub seq: u64,
    /// Why.
    pub code: Refusal,
}

/// Why an entry was not taken. Sending it again unchanged does not help, except after a
/// [`Refusal::Gap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Entries before it are missing here.
    #[error("entries before it are missing")]
    Gap,
    /// The chain before the run is not the one held here.
    #[error("the chain does not match what is held")]
    ChainMismatch,
    /// Not signed by the log's device over this chain and origin: altered, forged, or of another
    /// project.
    #[error("the signature does not match")]
    SignatureInvalid,
    /// The run begins at seq 1 and does not say whose log it is.
    #[error("the owner of the log is missing")]
    OwnerMissing,
    /// The owner's hash is not this writer.
    #[error("the owner does not match the writer")]
    OwnerMismatch,
    /// The version is over [`crate::limits::VERSION_BYTES_MAX`].
    #[error("the version is too large to be kept")]
    VersionTooLarge,
    /// The project has [`crate::limits::WRITERS_MAX`] logs already.
    #[error("the project has too many writers")]
    TooManyWriters,
    /// The device has [`crate::limits::LOGS_OF_DEVICE_MAX`] logs already, or
    /// [`crate::limits::MANAGER_FACTOR`] times as many where a manager's device brings it.
    #[error("the device has too many logs")]
    TooManyLogs,
    /// No manager has named the device, and [`crate::limits::STRANGER_LOGS_MAX`] logs of such
    /// devices are held already. It is taken once the device is named.
    #[error("no manager has named the device, and there are too many logs of such devices")]
    TooManyStrangers,
    /// The author has [`crate::limits::HEADS_OF_DEVICE_MAX`] heads of this record already.
    #[error("the author has too many heads of this record")]
    TooManyHeads,
    /// [`crate::limits::QUARANTINED_OF_DEVICE_MAX`] entries of the device, or
    /// [`crate::limits::QUARANTINED_BYTES_OF_DEVICE_MAX`] bytes, are kept without being shown
    /// already.
    #[error("too much of this device is kept without being shown")]
    TooManyQuarantined,
    /// Past [`crate::limits::SEQ_MAX`].
    #[error("the seq is out of range")]
    SeqOutOfRange,
}
