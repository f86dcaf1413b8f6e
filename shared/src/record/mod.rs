//! Records: their versions, which of them are heads, and what people see.

mod ancestry;
mod draft;
mod error;
mod heads;
mod history;
mod location;
mod version;
mod view;

pub use draft::{Author, Draft};
pub use error::VersionError;
pub use heads::best_head;
pub use history::{History, Lineage};
pub use location::{Latitude, Location, LocationSource, Longitude};
pub use version::{
    Answer, Change, Kin, Kind, MediaRef, Role, VERSION_FORMAT, Version, VersionBytes,
};
pub use view::{FieldChoice, FieldConflict, FieldValue, View};
