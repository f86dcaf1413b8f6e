//! What managers see and decide of the whole project.

pub mod audits;
pub mod devices;
pub mod meetings;
pub mod notices;
pub mod peers;
pub mod settings;
pub mod status;
