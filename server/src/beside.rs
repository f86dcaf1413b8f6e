//! Commands beside the server: they open the data themselves, or ask the server that has it open.

use std::path::Path;

use chasqui_shared::Failure;

use crate::{
    http::Status,
    import::{ImportError, Report, import_file},
    serving::Serving,
    store::{Store, StoreError},
};

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum BesideError {
    /// The data cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another process has the data open, and left no note of where it serves.
    #[error("another program is using the data; stop it, or try again when it has started")]
    NotServing,
    /// The running server cannot be asked.
    #[error("the running server at {url} cannot be asked")]
    Ask {
        /// Where it was expected.
        url: String,
        /// Why.
        #[source]
        source: Box<ureq::Error>,
    },
    /// The file was not taken.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The running server refused.
    #[error(transparent)]
    Refused(#[from] Failure),
}

/// How much is held.
pub fn status(directory: &Path) -> Result<Status, BesideError> {
    match Store::open(directory) {
        Ok(store) => Ok(Status::of(&store)),
        Err(StoreError::InUse) => {
            let server = RunningServer::find(directory)?;
            server.read(server.agent.get(server.url("status")).call())
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the observations of a file.
pub fn import(directory: &Path, file: &Path) -> Result<Report, BesideError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match Store::open(directory) {
        Ok(store) => Ok(import_file(&store, file, &name)?),
        Err(StoreError::InUse) => {
            let server = RunningServer::find(directory)?;
            let opened = std::fs::File::open(file).map_err(ImportError::Read)?;
            let asked = server.agent.post(server.url("import")).query("name", &name);
            server.read(asked.content_type("application/octet-stream").send(opened))
        }
        Err(error) => Err(error.into()),
    }
}

/// The API of the server that has the data open.
struct RunningServer {
    base: String,
    agent: ureq::Agent,
}

impl RunningServer {
    fn find(directory: &Path) -> Result<Self, BesideError> {
        let serving = Serving::find(directory).ok_or(BesideError::NotServing)?;
        // A refusal is an answer with a body that says why.
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        Ok(Self { base: serving.url, agent: config.into() })
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.base)
    }

    fn read<T: serde::de::DeserializeOwned>(
        &self,
        answered: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<T, BesideError> {
        let failed = |error| BesideError::Ask { url: self.base.clone(), source: Box::new(error) };
        let mut response = answered.map_err(failed)?;
        if !response.status().is_success() {
            return Err(response.body_mut().read_json::<Failure>().map_err(failed)?.into());
        }
        response.body_mut().read_json().map_err(failed)
    }
}
