//! Records: their versions, which of them are heads, and what people see.

mod ancestry;
mod charter;
mod draft;
mod heads;
mod history;
mod location;
mod member;
mod version;
mod view;

pub use charter::Charter;
pub use draft::{Author, Draft};
pub(crate) use heads::{Versions, ranked};
pub use history::History;
pub use location::{Latitude, Location, LocationSource, Longitude};
pub use member::Member;
pub use version::{
    Answer, Change, Kin, Kind, MediaRef, Role, VERSION_FORMAT, Version, VersionBytes, VersionError,
};
pub use view::{FieldChoice, FieldConflict, FieldValue, View};
