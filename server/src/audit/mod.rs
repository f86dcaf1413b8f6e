//! The audit: everything that a store holds computed again, compared with another store, and healed
//! from it.
//!
//! [`audit`] names what is damaged and changes nothing. [`FilesReport`] is of the files beside the
//! records, and sets aside those that are damaged. [`heal`] replaces damaged entries by a peer's,
//! each proven by the signature of its own device, and builds the index again; [`keep`] does the
//! latter by itself while a laptop serves. [`compare`] audits two stores and compares by hashes
//! what they hold. [`custody`] computes the versions of one record again. The rules are those of
//! `chasqui_shared`; nothing is healed by guessing.

mod compare;
mod custody;
mod derived;
mod error;
mod examine;
mod files;
mod heal;
mod index;
mod keeping;
mod named;
mod report;
mod source;
mod versions;

pub use compare::{CompareReport, compare};
pub use custody::{Custody, Said, SignatureCheck, VersionCustody, custody};
pub use error::CompareError;
pub use examine::{Audit, Depth, Repairs, audit, audit_to, audit_watched};
pub use files::{FileList, FilesReport};
pub(crate) use files::{note_damaged, notices};
pub use heal::{Healed, heal};
pub(crate) use keeping::{keep, mend_index, notices_of_entries};
pub(crate) use named::named_by_entries;
pub use report::{AuditReport, Damage, Fault};
pub use source::{Folder, Source};
pub use versions::Versions;
