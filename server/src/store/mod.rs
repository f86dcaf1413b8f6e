//! The durable log: redb behind one thread that writes and as many as wanted that read.
//!
//! It knows no HTTP. Two ways in: [`Store::read`] gives a view of one committed state,
//! [`Store::write`] runs inside a transaction whose answer leaves after the commit. Everything that
//! redb does happens off the async threads, here.
//!
//! The sums: a phone pushes 500 entries of 1 kB at a time; a commit costs two fsyncs, some
//! milliseconds; gathering lets ten phones share them. Rows are keyed by (writer, seq), so logs are
//! written in sequence; `places-1` and `heads-1` have random keys, and are the cost to watch.

mod commit;
mod error;
mod file;
mod handle;
mod index;
mod inspect;
mod keyring;
mod log;
mod memory;
mod open;
mod paired_devices;
mod people;
mod sync_client;
mod sync_server;

pub use error::StoreError;
pub(crate) use error::{is_full, laptop_full};
pub use file::disk::FILE_NAME;
pub use handle::Store;
pub use index::derived::DerivedRepairs;
pub use index::named_media::{NamedMedia, Naming, media_named_by};
pub use index::search::{Bounds, Cursor, Finder, Page, Query};
pub(crate) use index::shown::record as record_of;
pub use index::shown::{Shown, Text};
pub use keyring::Key;
pub use log::read_log::ReadLog;
pub use log::write_log::WriteLog;
pub use memory::committed::{Committed, Counts};
pub(crate) use memory::recent::{Mark, Recent};
pub(crate) use open::identity::random;
pub use open::packing::Packed;
pub use people::notices::Noticed;
pub use people::pairings::{Pairing, Reported};
pub use people::peers::LastSync;
pub use sync_server::Sender;
