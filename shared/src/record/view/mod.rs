//! What people see of a record: computed from its heads, never stored.

mod answers;
mod choices;
mod fields;
mod media;
mod merge;
mod shown;
#[cfg(test)]
mod tests;

pub use fields::{FieldChoice, FieldConflict, FieldValue};
pub use shown::View;
