//! Files beside the records: kept, uploaded, downloaded, freed.

pub(crate) mod download;
pub(crate) mod files;
pub(crate) mod free;
pub(crate) mod held;
pub(crate) mod preview;
pub(crate) mod requests;
pub(crate) mod slice_size;
pub(crate) mod upload;
pub(crate) mod upload_state;
