//! What the manager at a laptop asks it for.

use std::{borrow::Borrow, thread};

use chasqui_server::peer_sync::{PeerSync, PeerSyncState};
use chasqui_shared::{DeviceId, ProjectId, Reply, Request, Role};
use data_encoding::BASE64;
use serde_json::{Value, json};

use super::Laptop;
use crate::{Agent, Base, Founded, Trouble, hash};

/// A pairing code, as the manager's page shows it.
pub(crate) fn code(agent: &Agent, manager: &Base, role: Role) -> String {
    let shown = agent.post_json::<Value>(manager, "pairings/codes", &json!({ "role": role }));
    shown.unwrap()["code"].as_str().unwrap().to_owned()
}

impl Laptop {
    /// A code that the manager at the laptop shows.
    pub fn code(&self, role: Role) -> String {
        code(&Agent::new(), &self.base(), role)
    }

    /// What the manager reads at a path of the API.
    pub fn read(&self, path: &str) -> Value {
        self.get(&format!("/api/v1/{path}"), &self.key).value()
    }

    /// What the manager gets for a post to a path of the API.
    pub fn put(&self, path: &str, body: impl Borrow<Value>) -> Value {
        self.post(&format!("/api/v1/{path}"), &self.key, body.borrow()).value()
    }

    /// What the manager orders for a device.
    pub fn order(&self, device: DeviceId, what: &str, body: impl Borrow<Value>) -> Value {
        self.put(&format!("pairings/{device}/{what}"), body)
    }

    /// Its project.
    pub fn project(&self) -> ProjectId {
        self.charter().project()
    }

    /// Answers a request of the sync conversation.
    pub fn answer(&self, request: &Request) -> Result<Reply, Trouble> {
        Agent::new().answer(&self.base(), request)
    }

    /// A manager's script adds an observation.
    pub fn observe(&self, id: &str, note: &str) {
        let row = json!([{ "id": id, "category": "fire", "note": note }]);
        assert_eq!(self.put("observations", row)[0]["status"], "added");
    }

    /// The manager uploads a file.
    pub fn upload(&self, file: &[u8]) {
        let request = ureq::post(format!("{}/api/v1/media", self.url))
            .header("authorization", crate::bearer(&self.key))
            .header("tus-resumable", "1.0.0")
            .header("upload-length", file.len())
            .header("upload-metadata", format!("hash {}", BASE64.encode(hash(file).as_bytes())))
            .content_type("application/offset+octet-stream");
        assert_eq!(request.send(file).unwrap().headers()["chasqui-media-hash"], hash(file));
    }

    /// The bytes of a file, if it is here.
    pub fn file(&self, hash: &str) -> Option<Vec<u8>> {
        let answer = self.get(&format!("/api/v1/media/{hash}"), &self.key);
        (answer.status == 200).then_some(answer.body)
    }

    /// The notes of all observations, sorted.
    pub fn notes(&self) -> Vec<String> {
        let page = self.read("observations?limit=1000");
        let items = page["items"].as_array().unwrap();
        let mut notes: Vec<_> =
            items.iter().map(|view| view["note"].as_str().unwrap().to_owned()).collect();
        notes.sort();
        notes
    }

    /// The hash of all that it stores.
    pub fn digest(&self) -> Value {
        self.read("hello")["digest"].clone()
    }

    /// The log that it writes to.
    pub fn writer(&self) -> Value {
        self.read("hello")["writer"].clone()
    }

    /// The codes of the notices that the manager sees, newest first.
    pub fn notices(&self) -> Vec<String> {
        let notices = self.read("notices");
        let notices = notices.as_array().unwrap().iter();
        notices
            .inspect(|notice| assert!(!notice["message"].as_str().unwrap().is_empty()))
            .map(|notice| notice["code"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Syncs with another laptop as the manager's page does, by a new code of it, and waits for the
    /// end.
    pub fn meet(&self, other: &Laptop) -> PeerSync {
        self.meet_by(json!({ "url": other.url, "code": other.code(Role::Manager) }))
    }

    /// Carries out the order of a sync with another laptop, and waits for the end.
    pub fn meet_by(&self, order: impl Borrow<Value>) -> PeerSync {
        let begun = self.put("meetings", order);
        loop {
            let listed = self.read("meetings");
            let listed: Vec<PeerSync> = serde_json::from_value(listed).unwrap();
            let found = listed.into_iter().find(|meeting| begun["id"] == meeting.id).unwrap();
            if found.state != PeerSyncState::Running {
                return found;
            }
            thread::yield_now();
        }
    }
}
