//! The working copy of everything that is stored, and what a page may ask of it without a laptop.

mod draft_files;
pub(crate) mod records;
pub(crate) mod state;
pub(crate) mod working_copy;
