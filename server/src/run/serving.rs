//! The note that a running server leaves in its data directory, so that commands beside it find its
//! API.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chasqui_shared::DeviceId;
use serde::{Deserialize, Serialize};

use crate::{access::ManagerKey, system::private_file};

const FILE_NAME: &str = "serving.json";

/// Which process serves the data, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serving {
    /// The process.
    pub pid: u32,
    /// Base address that this machine reaches it under.
    pub url: String,
    /// Who serves: after a crash, another program may listen at `url`, and it cannot sign as this
    /// device.
    pub device: DeviceId,
    /// The manager's key, for whoever may read this file.
    pub key: ManagerKey,
}

/// The note while it is there; dropped, it is taken away.
#[derive(Debug)]
pub struct ServingNote(PathBuf);

impl Serving {
    /// Leaves the note. Only the process that has the store open may, so an old note is a dead
    /// process's.
    pub fn leave(&self, directory: &Path) -> io::Result<ServingNote> {
        let path = directory.join(FILE_NAME);
        private_file::write(&path, &serde_json::to_vec(self)?)?;
        Ok(ServingNote(path))
    }

    /// Reads the note, if there is one.
    pub fn find(directory: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(directory.join(FILE_NAME)).ok()?).ok()
    }
}

impl Drop for ServingNote {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(%error, "the note of where the server is could not be removed");
        }
    }
}
