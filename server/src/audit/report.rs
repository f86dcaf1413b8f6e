//! What an audit says, for people and for scripts.

use chasqui_shared::{Flaw, ProjectId, RecordId, VersionId, WriterId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{limits, schema};

/// What an audit found; also what `chasqui verify --json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditReport {
    /// The project, if so much could be read.
    #[schema(value_type = Option<schema::ProjectId>, required)]
    pub project: Option<ProjectId>,
    /// Logs that were walked.
    pub logs: u64,
    /// Entries that were computed again, those that are damaged too.
    pub entries: u64,
    /// Versions that are whole, each once.
    pub versions: u64,
    /// What the database says of its file, if it is damaged; the audit then goes on with what can be read.
    #[schema(required)]
    pub file: Option<String>,
    /// Number of all damages.
    pub damaged: u64,
    /// The first [`limits::DAMAGE_LISTED_MAX`] of them.
    pub damage: Vec<Damage>,
}

/// One thing that is not as it was admitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Damage {
    /// The log, unless it is the index that is damaged.
    #[schema(value_type = Option<schema::WriterId>, required)]
    pub writer: Option<WriterId>,
    /// The place in the log.
    #[schema(required)]
    pub seq: Option<u64>,
    /// The version that should be there, as far as is known.
    #[schema(value_type = Option<schema::VersionId>, required)]
    pub version: Option<VersionId>,
    /// The record whose index is damaged.
    #[schema(value_type = Option<schema::RecordId>, required)]
    pub record: Option<RecordId>,
    /// Stable, snake_case.
    pub code: String,
    /// For people.
    pub message: String,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Of an entry.
    #[error(transparent)]
    Entry(#[from] Flaw),
    /// The owner that is stored does not give the log's id.
    #[error("the owner of the log does not match the log")]
    OwnerMismatch,
    /// The log's last entry does not end with the chain that is stored for the log.
    #[error("the end of the log does not match its last entry")]
    EndMismatch,
    /// The index does not lead from the version to an entry that holds it.
    #[error("the index does not lead to the version")]
    PlaceWrong,
    /// The heads of the record are not the versions that no other follows.
    #[error("the heads of the record are wrong")]
    HeadsWrong,
}

impl Fault {
    /// Stable, snake_case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Entry(flaw) => flaw.code(),
            Self::OwnerMismatch => "owner_mismatch",
            Self::EndMismatch => "end_mismatch",
            Self::PlaceWrong => "place_wrong",
            Self::HeadsWrong => "heads_wrong",
        }
    }
}

impl AuditReport {
    /// Nothing seen yet.
    pub(super) fn empty(project: Option<ProjectId>) -> Self {
        Self {
            project,
            logs: 0,
            entries: 0,
            versions: 0,
            file: None,
            damaged: 0,
            damage: Vec::new(),
        }
    }

    /// A file of which nothing could be read.
    pub(crate) fn unreadable(reason: String) -> Self {
        Self { file: Some(reason), ..Self::empty(None) }
    }

    /// Whether nothing is damaged.
    pub fn is_whole(&self) -> bool {
        self.damaged == 0 && self.file.is_none()
    }

    pub(super) fn push(&mut self, damage: Damage) {
        self.damaged += 1;
        if self.damage.len() < limits::DAMAGE_LISTED_MAX {
            self.damage.push(damage);
        }
    }
}

impl Damage {
    pub(super) fn of_log(writer: WriterId, seq: Option<u64>, fault: Fault) -> Self {
        let (code, message) = (fault.code().into(), fault.to_string());
        Self { writer: Some(writer), seq, version: None, record: None, code, message }
    }

    pub(super) fn of_version(version: VersionId) -> Self {
        let (code, message) = (Fault::PlaceWrong.code().into(), Fault::PlaceWrong.to_string());
        Self { writer: None, seq: None, version: Some(version), record: None, code, message }
    }

    pub(super) fn of_record(record: RecordId) -> Self {
        let (code, message) = (Fault::HeadsWrong.code().into(), Fault::HeadsWrong.to_string());
        Self { writer: None, seq: None, version: None, record: Some(record), code, message }
    }
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(writer) = self.writer {
            write!(f, "log {writer}, ")?;
        }
        if let Some(seq) = self.seq {
            write!(f, "entry {seq}, ")?;
        }
        if let Some(version) = self.version {
            write!(f, "version {version}, ")?;
        }
        if let Some(record) = self.record {
            write!(f, "record {record}, ")?;
        }
        write!(f, "{} ({})", self.message, self.code)
    }
}
