//! The audit: everything that a store holds computed again, compared with another store, and healed from it.
//!
//! [`audit`] names what is damaged and changes nothing. [`heal`] replaces damaged entries by a peer's, each proven by the
//! signature of its own device, and builds the index again. [`compare`] audits two stores and compares by hashes what
//! they hold. The rules are those of `chasqui_shared`; nothing is healed by guessing.

mod compare;
mod examine;
mod heal;
mod index;
mod report;
mod source;
mod versions;

pub use compare::{CompareError, CompareReport, compare};
pub use examine::{Audit, Repairs, audit};
pub use heal::{Healed, heal};
pub use report::{AuditReport, Damage, Fault};
pub use source::{Folder, Source};
pub use versions::Versions;
