//! The laptop as a whole: the real router over a real store in a temporary directory.
mod books;
mod changes;
mod crash;
mod days;
mod flood;
mod import;
mod import_kinds;
mod media;
mod note;
mod notices;
mod observations;
mod packed;
mod pages;
mod protocol;
mod refusals;
mod serving;
mod sync;
