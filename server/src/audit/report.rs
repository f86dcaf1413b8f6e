//! What an audit says, for people and for scripts.

use chasqui_shared::{ContentHash, Flaw, ProjectId, RecordId, VersionId, WriterId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::files::FilesReport;
use crate::limits;

/// What an audit found; also what `chasqui verify --json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditReport {
    /// The project, if so much could be read.
    #[schema(required)]
    pub project: Option<ProjectId>,
    /// Logs that were walked.
    pub logs: u64,
    /// Entries that were computed again, those that are damaged too.
    pub entries: u64,
    /// Versions that are whole, each once.
    pub versions: u64,
    /// What the database says of its file, if it is damaged; the audit then goes on with what can
    /// be read.
    #[schema(required)]
    pub file: Option<String>,
    /// Number of all damages.
    pub damaged: u64,
    /// The first [`limits::DAMAGE_LISTED_MAX`] of them.
    pub damage: Vec<Damage>,
    /// The files beside the records, if they were hashed again.
    #[serde(default)]
    #[schema(required)]
    pub media: Option<FilesReport>,
}

/// One thing that is not as it was admitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Damage {
    /// The log, unless it is the index that is damaged.
    #[schema(required)]
    pub writer: Option<WriterId>,
    /// The place in the log.
    #[schema(required)]
    pub seq: Option<u64>,
    /// The version that should be there, as far as is known.
    #[schema(required)]
    pub version: Option<VersionId>,
    /// The record whose index is damaged.
    #[schema(required)]
    pub record: Option<RecordId>,
    /// The file, if it is one that is damaged, or what is said of it.
    #[serde(default)]
    #[schema(required)]
    pub media: Option<ContentHash>,
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
    /// The index of the files that records name does not say what the entries say.
    #[error("what is kept of the files that the record names is wrong")]
    NamingWrong,
    /// The row of the list that filters and map draw is not what the heads of the record say.
    #[error("what the list and the map have of the record is wrong")]
    ShownWrong,
    /// The list has a row of no record.
    #[error("the list has a row too many")]
    ShownStray,
    /// The index of versions named as parents before they were held does not say what the entries
    /// say.
    #[error("what is kept of versions that others follow is wrong")]
    NamedWrong,
    /// The index of managers does not say what the entries say.
    #[error("what is kept of who is a manager is wrong")]
    ManagerWrong,
    /// The index of entries that wait for their author to be named manager lacks one.
    #[error("an entry that waits for its author to be named manager is not in the index")]
    WaitingMissing,
    /// The numbers of heads, conflicts and deleted records are not those of the rows.
    #[error("what is kept of how many records there are is wrong")]
    SumsWrong,
    /// Entries are there of a log that the list of logs does not have, or after the end that it
    /// has.
    #[error("entries are there that no log has")]
    LogMissing,
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
            Self::NamingWrong => "naming_wrong",
            Self::ShownWrong => "shown_wrong",
            Self::ShownStray => "shown_stray",
            Self::NamedWrong => "named_wrong",
            Self::ManagerWrong => "manager_wrong",
            Self::WaitingMissing => "waiting_missing",
            Self::SumsWrong => "sums_wrong",
            Self::LogMissing => "log_missing",
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
            media: None,
        }
    }

    /// A file of which nothing could be read.
    pub(crate) fn unreadable(reason: String) -> Self {
        Self { file: Some(reason), ..Self::empty(None) }
    }

    /// Whether nothing is damaged.
    pub fn is_whole(&self) -> bool {
        let is_media_whole = self.media.as_ref().is_none_or(FilesReport::is_whole);
        self.damaged == 0 && self.file.is_none() && is_media_whole
    }

    pub(super) fn push(&mut self, damage: Damage) {
        self.damaged += 1;
        if self.damage.len() < limits::DAMAGE_LISTED_MAX {
            self.damage.push(damage);
        }
    }
}

impl Damage {
    fn of(fault: Fault) -> Self {
        let (code, message) = (fault.code().into(), fault.to_string());
        Self { writer: None, seq: None, version: None, record: None, media: None, code, message }
    }

    pub(super) fn of_log(writer: WriterId, seq: Option<u64>, fault: Fault) -> Self {
        Self { writer: Some(writer), seq, ..Self::of(fault) }
    }

    pub(super) fn of_version(version: VersionId) -> Self {
        Self { version: Some(version), ..Self::of(Fault::PlaceWrong) }
    }

    pub(super) fn of_record(record: RecordId, fault: Fault) -> Self {
        Self { record: Some(record), ..Self::of(fault) }
    }

    pub(super) fn of_index(fault: Fault) -> Self {
        Self::of(fault)
    }

    pub(super) fn of_naming(media: ContentHash, record: RecordId) -> Self {
        Self { media: Some(media), record: Some(record), ..Self::of(Fault::NamingWrong) }
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
        if let Some(media) = self.media {
            write!(f, "file {media}, ")?;
        }
        write!(f, "{} ({})", self.message, self.code)
    }
}
