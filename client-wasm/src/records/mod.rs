//! What people record: drafts, versions in the log, lists, proofs.

pub(crate) mod cursor;
pub(crate) mod draft;
pub(crate) mod ledger;
pub(crate) mod listing;
pub(crate) mod proof;
pub(crate) mod saved;
