//! A laptop without sockets: the real routes over a real store.

use std::{env, net::SocketAddr, path::Path, sync::Arc, time::SystemTime};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, header},
};
use chasqui_server::{
    App,
    access::{Access, ManagerKey, Premises},
    app,
    media::Media,
    store::Store,
};
use chasqui_shared::{
    Author, Change, Charter, Member, Offer, OfferResponse, Reply, Request as Message, Role,
    from_cbor, to_cbor, write,
};
use http_body_util::BodyExt;
use redb::backends::InMemoryBackend;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::{Answer, CBOR, Founded, JSON, Phone, bearer};

/// A laptop. Dropped, its directory goes with it.
pub struct Laptop {
    /// What it stores.
    pub store: Arc<Store>,
    /// The key of its manager.
    pub key: ManagerKey,
    router: Router,
    directory: Option<TempDir>,
    _stop: watch::Sender<bool>,
}

impl Laptop {
    /// A laptop that nobody has used.
    pub fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap())
    }

    /// A laptop over this directory.
    pub fn start_in(directory: TempDir) -> Self {
        let path = directory.path();
        let store = Store::open(path).unwrap();
        let key = ManagerKey::open(path).unwrap();
        let media = Media::open(path.join("media"), 0, SystemTime::now()).unwrap();
        let mut laptop = Self::of(store, key, media, path, Premises::default());
        laptop.directory = Some(directory);
        laptop
    }

    /// A laptop without a disk, and so without files.
    pub fn in_memory(premises: Premises) -> Self {
        let store = Store::open_with(InMemoryBackend::new()).unwrap();
        let spool = env::temp_dir();
        // Nothing is uploaded here, so nothing is made there.
        let media = Media::open(spool.join("chasqui-no-media"), 0, SystemTime::now()).unwrap();
        Self::of(store, ManagerKey::random().unwrap(), media, &spool, premises)
    }

    fn of(store: Store, key: ManagerKey, media: Media, spool: &Path, premises: Premises) -> Self {
        let store = Arc::new(store);
        let (stop, stopping) = watch::channel(false);
        let access = Access::new(store.clone(), key.clone(), premises);
        let router = app(App::new(access, spool.to_owned(), Arc::new(media), Vec::new(), stopping));
        Self { store, key, router, directory: None, _stop: stop }
    }

    /// Where it keeps everything.
    pub fn directory(&self) -> &Path {
        self.directory.as_ref().expect("this laptop has a disk").path()
    }

    /// Stops the laptop and starts it again over the same directory.
    pub fn restart(self) -> Self {
        Self::start_in(self.stop())
    }

    /// Stops the laptop; its directory stays.
    pub fn stop(self) -> TempDir {
        let Self { store, router, directory, .. } = self;
        drop(router);
        drop(Arc::into_inner(store).expect("nobody else has the store"));
        directory.expect("this laptop has a disk")
    }

    /// Asks as the manager at the laptop does.
    pub async fn ask(&self, mut request: Request<Body>) -> Answer {
        let authorization = bearer(self.key.as_str()).parse().unwrap();
        request.headers_mut().insert(header::AUTHORIZATION, authorization);
        request.headers_mut().insert(header::HOST, "localhost".parse().unwrap());
        self.ask_from(Some([127, 0, 0, 1]), request).await
    }

    /// Asks from an address, with the headers that are there.
    pub async fn ask_from(&self, from: Option<[u8; 4]>, mut request: Request<Body>) -> Answer {
        if let Some(address) = from {
            let from = SocketAddr::from((address, 40_000));
            request.extensions_mut().insert(ConnectInfo(from));
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Asks for a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    /// Posts a body.
    pub async fn post(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send(Method::POST, path, Some(content_type), body.into()).await
    }

    /// Posts JSON.
    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.post(path, JSON, body.to_string()).await
    }

    /// Sends any request.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        if content_type == Some(CBOR) {
            request = request.header(header::ACCEPT, CBOR);
        }
        self.ask(request.body(body.into()).unwrap()).await
    }

    /// Puts a request of the sync conversation, as the app on a phone does.
    pub async fn answer(&self, request: &Message) -> Reply {
        let post = async |path, body| self.post(path, CBOR, body).await.ok().body;
        match request {
            Message::Offer(offer) => {
                let answer = post("/api/v1/sync/offer", to_cbor(offer).unwrap()).await;
                Reply::Offer(from_cbor(&answer).unwrap())
            }
            Message::Push(batch) => {
                let answer = post("/api/v1/changes", to_cbor(batch).unwrap()).await;
                Reply::Push(from_cbor(&answer).unwrap())
            }
            Message::Pull(wanted) => {
                let answer = post("/api/v1/changes/wanted", to_cbor(wanted).unwrap()).await;
                Reply::Pull(from_cbor(&answer).unwrap())
            }
        }
    }

    /// What it answers to an offer.
    pub async fn offer(&self, offer: Offer) -> OfferResponse {
        match self.answer(&Message::Offer(offer)).await {
            Reply::Offer(answer) => answer,
            other => panic!("an offer was answered with {other:?}"),
        }
    }

    /// The laptop, which founded the project, makes this phone a manager's.
    pub async fn name_manager(&self, phone: &Phone) {
        let device = phone.log_writer.owner().device;
        let named = self.store.write(1, move |log| {
            let member =
                Member { device, role: Role::Manager, name: "a manager".into(), is_aside: false };
            let (log_writer, now) = (log.log_writer().clone(), log.received_at());
            let by = Author { device: log_writer.owner().device, role: Role::Manager, now };
            let record = Member::record(device);
            let version = member.draft().version(log, record, Change::Edit, by)?;
            write(log, &log_writer, version.encode().unwrap())
        });
        assert_eq!(named.await.unwrap().quarantine, None);
    }

    /// How much is stored, as the API tells it.
    pub async fn status(&self) -> Value {
        let mut status: Value = self.get("/api/v1/status").await.json();
        // Others use the disk as well.
        assert!(status["media"]["room_bytes"].take().is_u64());
        status
    }
}

impl Founded for Laptop {
    fn charter(&self) -> Charter {
        self.store.charter()
    }
}
