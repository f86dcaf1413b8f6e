//! Files beside the records on their way: uploaded, downloaded, freed.

pub(crate) mod downloads;
pub(crate) mod previews;
pub(crate) mod space;
pub(crate) mod status;
mod upload_round;
pub(crate) mod uploads;
