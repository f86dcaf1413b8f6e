//! Entries that are kept, counted and forwarded, and not shown.

use serde::{Deserialize, Serialize};

use super::{entry::Entry, owner::LogOwner};
use crate::{failure::Code, id::VersionId, record::Version};

/// Why an entry is not shown. It blocks nothing: its log goes on after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Quarantine {
    /// Stable, snake_case.
    pub code: Code,
    /// For people.
    pub message: String,
}

impl Quarantine {
    /// Whether it ends when the author is named manager.
    pub fn waits_for_role(&self) -> bool {
        self.code == Code::RoleUnknown
    }
}

/// Reads the version of an entry, or says why it must never be shown.
///
/// A pure function of the entry, so that every replica judges alike. Whether its author may write
/// in the role that it names depends on what else is shown, and is judged where it is admitted.
pub fn judge(entry: &Entry, id: VersionId, owner: LogOwner) -> Result<Version, Quarantine> {
    let version = read_version(entry)?;
    let own = version.author == owner.device && entry.origin.is_none();
    let moved =
        |origin: &super::entry::Origin| origin.owner.device == version.author && origin.verify(id);
    if own || entry.origin.as_ref().is_some_and(moved) {
        Ok(version)
    } else {
        Err(Quarantine {
            code: Code::AuthorMismatch,
            message: "the author did not sign this version".into(),
        })
    }
}

/// Reads the version of an entry, whoever signed it.
pub(super) fn read_version(entry: &Entry) -> Result<Version, Quarantine> {
    entry
        .version
        .decode()
        .map_err(|error| Quarantine { code: error.code(), message: error.to_string() })
}
