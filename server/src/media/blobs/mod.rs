//! Files that are whole, each named by the hash of what is in it: `blobs/ab/abcd…`. One that was
//! found damaged stands aside in `damaged/abcd…` until it comes again, and one that nothing names
//! in `removed/abcd…` until its time is over.
//!
//! The time of a file on the disk is when it came, or when a device was last told that it is here;
//! see `orphans`. A file with another time or length was touched by somebody else, and is hashed
//! before anybody is told of it; see `look`.

mod blob_files;
mod look;
mod removed;
#[cfg(test)]
mod tests;

pub use blob_files::Blobs;
