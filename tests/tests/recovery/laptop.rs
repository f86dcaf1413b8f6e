//! A laptop for a test: the whole server on a free port of this machine, over a directory that goes with it.

use std::{fs, path::Path, sync::mpsc, thread};

use chasqui_server::{
    Config, Server, Serving,
    peer_sync::{PeerAccess, PeerClient, PeerSync, PeerSyncState, PeerUrl},
    store::{FILE_NAME, Store},
};
use chasqui_shared::{Charter, ProjectId};
use data_encoding::BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;

pub struct Laptop {
    pub url: String,
    pub https_url: String,
    directory: Option<TempDir>,
    running: Option<(oneshot::Sender<()>, thread::JoinHandle<()>)>,
}

impl Laptop {
    pub fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap())
    }

    /// Another laptop of the same project, which holds nothing yet.
    pub fn start_with(other: &Laptop) -> Self {
        let directory = tempfile::tempdir().unwrap();
        Store::join(directory.path(), other.charter()).unwrap();
        Self::start_in(directory)
    }

    pub fn start_in(directory: TempDir) -> Self {
        let loopback = ([127, 0, 0, 1], 0).into();
        let config =
            Config { https: Some(loopback), ..Config::new(directory.path().to_owned(), loopback) };
        let (stop, stopped) = oneshot::channel::<()>();
        let (told, address) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let server = Server::open(config).await.unwrap();
                told.send((server.http_address(), server.https_address().unwrap())).unwrap();
                server
                    .serve(async {
                        let _ = stopped.await;
                    })
                    .await
                    .unwrap();
            });
        });
        let (http, https) = address.recv().unwrap();
        let (url, https_url) = (format!("http://{http}"), format!("https://{https}"));
        Self { url, https_url, directory: Some(directory), running: Some((stop, thread)) }
    }

    /// Stops the server; the directory stays.
    pub fn stop(mut self) -> TempDir {
        self.end();
        self.directory.take().expect("a laptop has its directory until it is stopped")
    }

    fn end(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            let _ = stop.send(());
            thread.join().unwrap();
        }
    }

    pub fn path(&self) -> &Path {
        self.directory.as_ref().expect("a laptop has its directory until it is stopped").path()
    }

    /// A line on which the manager at the laptop speaks.
    pub fn line(&self) -> PeerClient {
        let way = PeerAccess::new(PeerUrl::parse(&self.url).unwrap(), None).unwrap();
        let PeerAccess::Verified(line) = way else { panic!("plain http is what people chose") };
        line.with_token(&self.key())
    }

    fn key(&self) -> String {
        Serving::find(self.path()).unwrap().key.as_str().to_owned()
    }

    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.key())
    }

    /// A code by which another laptop gets in.
    pub fn code(&self) -> Value {
        self.post("pairings/codes", json!({ "role": "manager" }))["code"].clone()
    }

    pub fn charter(&self) -> Charter {
        self.line().hello().unwrap().hello.charter
    }

    pub fn project(&self) -> ProjectId {
        self.charter().project()
    }

    pub fn get(&self, path: &str) -> Value {
        let url = format!("{}/api/v1/{path}", self.url);
        let asked = ureq::get(url).header("authorization", self.bearer());
        asked.call().unwrap().body_mut().read_json().unwrap()
    }

    pub fn post(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/api/v1/{path}", self.url);
        let asked = ureq::post(url).header("authorization", self.bearer());
        asked.send_json(body).unwrap().body_mut().read_json().unwrap()
    }

    /// A manager's script adds an observation.
    pub fn observe(&self, id: &str, note: &str) {
        let row = json!([{ "id": id, "category": "fire", "note": note }]);
        assert_eq!(self.post("observations", row)[0]["status"], "added");
    }

    /// The manager uploads a file.
    pub fn upload(&self, file: &[u8]) {
        let request = ureq::post(format!("{}/api/v1/media", self.url))
            .header("authorization", self.bearer())
            .header("tus-resumable", "1.0.0")
            .header("upload-length", file.len())
            .header("upload-metadata", format!("hash {}", BASE64.encode(hash(file).as_bytes())))
            .content_type("application/offset+octet-stream");
        assert_eq!(request.send(file).unwrap().headers()["chasqui-media-hash"], hash(file));
    }

    /// The bytes of a file, if it is here.
    pub fn file(&self, hash: &str) -> Option<Vec<u8>> {
        let url = format!("{}/api/v1/media/{hash}", self.url);
        let asked = ureq::get(url).header("authorization", self.bearer());
        let asked = asked.config().http_status_as_error(false).build();
        let mut answer = asked.call().unwrap();
        let is_here = answer.status() == 200;
        let body = answer.body_mut().with_config().limit(u64::MAX);
        is_here.then(|| body.read_to_vec().unwrap())
    }

    /// What is held, however it came.
    pub fn notes(&self) -> Vec<String> {
        let page = self.get("observations?limit=1000");
        let items = page["items"].as_array().unwrap();
        let mut notes: Vec<_> =
            items.iter().map(|view| view["note"].as_str().unwrap().to_owned()).collect();
        notes.sort();
        notes
    }

    pub fn digest(&self) -> Value {
        self.get("hello")["digest"].clone()
    }

    pub fn writer(&self) -> Value {
        self.get("hello")["writer"].clone()
    }

    /// The codes of the notices that the manager sees, newest first.
    pub fn notices(&self) -> Vec<String> {
        let notices = self.get("notices");
        let notices = notices.as_array().unwrap().iter();
        notices
            .inspect(|notice| assert!(!notice["message"].as_str().unwrap().is_empty()))
            .map(|notice| notice["code"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Meets another laptop as the manager's page does, by a new code of it, and waits for the end.
    pub fn meet(&self, other: &Laptop) -> PeerSync {
        self.meet_by(json!({ "url": other.url, "code": other.code() }))
    }

    /// Carries out the order of a meeting, and waits for the end.
    pub fn meet_by(&self, order: Value) -> PeerSync {
        let begun = self.post("meetings", order);
        loop {
            let listed = self.get("meetings");
            let listed: Vec<PeerSync> = serde_json::from_value(listed).unwrap();
            let found = listed.into_iter().find(|meeting| begun["id"] == meeting.id).unwrap();
            if found.state != PeerSyncState::Running {
                return found;
            }
            thread::yield_now();
        }
    }
}

impl Drop for Laptop {
    fn drop(&mut self) {
        self.end();
    }
}

/// The hash by which a file is known.
pub fn hash(file: &[u8]) -> String {
    blake3::hash(file).to_string()
}

/// Copies the data of a stopped laptop, as a backup or into another machine.
pub fn copy(directory: &Path) -> TempDir {
    let copied = tempfile::tempdir().unwrap();
    fs::copy(directory.join(FILE_NAME), copied.path().join(FILE_NAME)).unwrap();
    copied
}
