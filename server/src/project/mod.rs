//! What is known and decided of a project: members, settings, what each device recorded.

pub mod clock_doubt;
pub mod contributions;
pub mod members;
pub mod settings;
