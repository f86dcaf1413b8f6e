//! Commands beside the server: they open the data themselves, or ask the server that has it open.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
    time::SystemTime,
};

use chasqui_shared::Failure;
use ureq::{
    RequestBuilder,
    http::header::AUTHORIZATION,
    typestate::{WithBody, WithoutBody},
};

use crate::{
    access::ManagerKey,
    audit::{
        self, AuditReport, CompareError, CompareReport, Depth, FilesReport, Folder, Source,
        audit_watched,
    },
    http::{MediaStatus, Status},
    import::{ImportError, ImportOptions, OnChange, Report, import_file},
    limits,
    media::{self, Blobs, Media, MediaCounter},
    peer_sync::{PeerAccess, PeerSync, PeerSyncState, PeerUrl, agent, enter, hello_at},
    run::Serving,
    store::{Store, StoreError},
    system::progress::Watch,
};

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
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
    /// The file is damaged where the database itself needs it.
    #[error(
        "the file is too damaged to be healed in place: keep it elsewhere, and begin again with `chasqui sync URL --join`"
    )]
    Broken,
    /// The data cannot be compared.
    #[error(transparent)]
    Compare(#[from] CompareError),
    /// The running server refused.
    #[error(transparent)]
    Refused(#[from] Failure),
}

/// How much is held.
pub fn status(directory: &Path) -> Result<Status, CommandError> {
    match Store::open(directory) {
        Ok(store) => {
            let media = open_media(directory)?;
            let media = MediaStatus::of(&store.view()?, &media, &MediaCounter::default())?;
            Ok(Status::of(&store, media))
        }
        Err(StoreError::InUse) => {
            let server = RunningServer::find(directory)?;
            server.read(server.get("status").call())
        }
        Err(error) => Err(error.into()),
    }
}

/// The files of a directory that no server has open.
fn open_media(directory: &Path) -> Result<Media, StoreError> {
    Media::open(directory.join(media::DIRECTORY), limits::DISK_RESERVE_BYTES, SystemTime::now())
        .map_err(StoreError::Directory)
}

/// Takes the observations of a file. A running server that does it tells nobody how far it is.
pub fn import(
    directory: &Path,
    file: &Path,
    options: &ImportOptions,
    watch: Watch<'_>,
) -> Result<Report, CommandError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match Store::open(directory) {
        Ok(store) => Ok(import_file(&store, file, &name, options, watch)?),
        Err(StoreError::InUse) => {
            let server = RunningServer::find(directory)?;
            let opened = std::fs::File::open(file).map_err(ImportError::Read)?;
            let asked = server
                .post("import")
                .query("name", &name)
                .query("zone", options.zone.name())
                .query("changes", (options.on_change == OnChange::Edit).to_string())
                .query("without_place", options.without_place.to_string());
            server.read(asked.content_type("application/octet-stream").send(opened))
        }
        Err(error) => Err(error.into()),
    }
}

/// Meets the laptop at `url` until both hold the same. `authority` is its PEM, for https.
///
/// With `is_joining`, data that holds nothing yet first becomes part of that laptop's project; with
/// `code` that laptop first lets this one in.
pub fn sync(
    directory: &Path,
    url: &str,
    authority: Option<&str>,
    is_joining: bool,
    code: Option<&str>,
) -> Result<PeerSync, CommandError> {
    let way = PeerAccess::new(PeerUrl::parse(url)?, authority)?;
    if is_joining {
        Store::join(directory, way.hello()?.hello.charter)?;
    }
    match Store::open(directory) {
        Ok(store) => {
            Ok(PeerSync::alone(Arc::new(store), Arc::new(open_media(directory)?), way, code)?)
        }
        Err(StoreError::InUse) => RunningServer::find(directory)?.meet(&way, authority, code),
        Err(error) => Err(error.into()),
    }
}

/// Computes everything again that is held, and hashes every file; one that is damaged is set aside.
/// Data that its database cannot open is a report too.
pub fn verify(directory: &Path, watch: Watch<'_>) -> Result<AuditReport, CommandError> {
    match Store::check_file(directory) {
        Err(StoreError::InUse) => {
            let server = RunningServer::find(directory)?;
            server.read(server.post("audit").send_empty())
        }
        Err(StoreError::Directory(error)) => Err(StoreError::Directory(error).into()),
        Err(error) => {
            let audited = catch_unwind(AssertUnwindSafe(|| audit_aside(directory, watch)));
            // A damaged file may have the database panic where it is not whole.
            Ok(match audited {
                Ok(Ok(report)) => {
                    let reason = "pages of the database are not what was written to them";
                    AuditReport { file: Some(reason.into()), ..report }
                }
                Ok(Err(_)) | Err(_) => {
                    let source = std::error::Error::source(&error);
                    AuditReport::unreadable(source.map_or(error.to_string(), <_>::to_string))
                }
            })
        }
        Ok(()) => audit_aside(directory, watch),
    }
}

fn audit_aside(directory: &Path, watch: Watch<'_>) -> Result<AuditReport, CommandError> {
    let store = Store::open_read_only(directory)?;
    let view = store.view()?;
    let blobs = Blobs::open(&directory.join(media::DIRECTORY)).map_err(StoreError::Directory)?;
    let audited = audit_watched(&view, Depth::Signatures, watch)?;
    let media = Some(FilesReport::hash_watched(&blobs, watch).compare(&view, &blobs)?);
    Ok(AuditReport { media, ..audited.report })
}

/// Compares with another laptop, or with another data directory; heals the data from it first if
/// `is_healing`. With `code` another laptop first lets this one in.
pub fn compare(
    directory: &Path,
    other: &str,
    authority: Option<&str>,
    is_healing: bool,
    code: Option<&str>,
) -> Result<CompareReport, CommandError> {
    let is_url = other.starts_with("http://") || other.starts_with("https://");
    let way = match is_url {
        true => Some(PeerAccess::new(PeerUrl::parse(other)?, authority)?),
        false => None,
    };
    let alone = || {
        let is_altered =
            is_healing && matches!(Store::check_file(directory), Err(StoreError::Unreadable));
        let store = Store::open(directory)?;
        let source: Box<dyn Source> = match &way {
            Some(way) => Box::new(enter(&store, way, code).map_err(CompareError::from)?.line),
            None => Box::new(Folder::open(Path::new(other))?),
        };
        let compared = audit::compare(&store, source.as_ref(), is_healing)?;
        if is_altered {
            // Without the pages that the disk altered.
            store.pack(true)?;
        }
        Ok(compared)
    };
    // A damaged file may have the database panic where it is not whole.
    let compared = catch_unwind(AssertUnwindSafe(alone));
    match compared.unwrap_or(Err(CommandError::Broken)) {
        Err(CommandError::Store(StoreError::InUse)) if is_url => {
            let server = RunningServer::find(directory)?;
            let order = serde_json::json!({ "url": other, "authority": authority, "heal": is_healing, "code": code });
            server.read(server.post("comparison").send_json(order))
        }
        compared => compared,
    }
}

/// The API of the server that has the data open.
struct RunningServer {
    base: String,
    agent: ureq::Agent,
    /// The manager's key.
    key: ManagerKey,
}

impl RunningServer {
    /// The server that left the note, if it is the one that answers there: the key is told to
    /// nobody else. A note that is left from a crash names a port that any program may have by now.
    fn find(directory: &Path) -> Result<Self, CommandError> {
        let serving = Serving::find(directory).ok_or(CommandError::NotServing)?;
        let hello = hello_at(&agent(None), &format!("{}/api/v1/hello", serving.url));
        if hello.map(|peer| peer.hello.device).ok() != Some(serving.device) {
            return Err(CommandError::NotServing);
        }
        // A refusal is an answer with a body that says why. Some of what is asked takes longer than
        // any fixed time.
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let config = config.max_redirects(0).proxy(None).build();
        Ok(Self { base: serving.url, agent: config.into(), key: serving.key })
    }

    /// Orders a meeting, and waits for its end.
    fn meet(
        &self,
        way: &PeerAccess,
        authority: Option<&str>,
        code: Option<&str>,
    ) -> Result<PeerSync, CommandError> {
        let url = way.url().to_string();
        let order = serde_json::json!({ "url": url, "authority": authority, "code": code });
        let ordered: PeerSync = self.read(self.post("meetings").send_json(order))?;
        loop {
            let listed: Vec<PeerSync> = self.read(self.get("meetings").call())?;
            let found = listed.into_iter().find(|meeting| meeting.id == ordered.id);
            match found {
                Some(meeting) if meeting.state == PeerSyncState::Running => {
                    std::thread::sleep(limits::STOP_LOOK_PAUSE);
                }
                Some(meeting) => return Ok(meeting),
                None => return Err(CommandError::NotServing),
            }
        }
    }

    fn get(&self, path: &str) -> RequestBuilder<WithoutBody> {
        self.agent.get(self.url(path)).header(AUTHORIZATION, self.authorization())
    }

    fn post(&self, path: &str) -> RequestBuilder<WithBody> {
        self.agent.post(self.url(path)).header(AUTHORIZATION, self.authorization())
    }

    fn authorization(&self) -> String {
        format!("Bearer {}", self.key.as_str())
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.base)
    }

    fn read<T: serde::de::DeserializeOwned>(
        &self,
        answered: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<T, CommandError> {
        let failed = |error| CommandError::Ask { url: self.base.clone(), source: Box::new(error) };
        let mut response = answered.map_err(failed)?;
        if !response.status().is_success() {
            return Err(response.body_mut().read_json::<Failure>().map_err(failed)?.into());
        }
        response.body_mut().read_json().map_err(failed)
    }
}
