//! A laptop for a test.

use std::{net::SocketAddr, path::Path, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use chasqui_server::{
    App,
    access::{Access, ManagerKey, Premises},
    app,
    media::Media,
    store::Store,
};
use chasqui_shared::{Author, Change, Member, Role, write};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::phone::Phone;

pub const JSON: &str = "application/json";
pub const CBOR: &str = "application/cbor";

/// The real routes over a real store; its directory goes with it.
pub struct TestApp {
    pub store: Arc<Store>,
    router: Router,
    key: ManagerKey,
    directory: TempDir,
    _stop: watch::Sender<bool>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl TestApp {
    pub fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap())
    }

    pub fn start_in(directory: TempDir) -> Self {
        let store = Arc::new(Store::open(directory.path()).unwrap());
        let (stop, stopping) = watch::channel(false);
        let spool = directory.path().to_owned();
        let key = ManagerKey::open(directory.path()).unwrap();
        let access = Access::new(store.clone(), key.clone(), Premises::default());
        let media = Media::open(directory.path().join("media"), 0, std::time::SystemTime::now());
        let router = app(App::new(access, spool, Arc::new(media.unwrap()), Vec::new(), stopping));
        Self { store, router, key, directory, _stop: stop }
    }

    /// Where it keeps everything.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Stops the laptop and starts it again over the same directory.
    pub fn restart(self) -> Self {
        Self::start_in(self.stop())
    }

    /// Stops the laptop; its directory stays.
    pub fn stop(self) -> TempDir {
        let Self { store, router, directory, .. } = self;
        drop(router);
        drop(Arc::into_inner(store).expect("nobody else holds the store"));
        directory
    }

    /// Asks as the manager at the laptop does.
    pub async fn ask(&self, mut request: Request<Body>) -> Answer {
        let bearer = format!("Bearer {}", self.key.as_str()).parse().unwrap();
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        request.headers_mut().insert(header::HOST, "localhost".parse().unwrap());
        let here = SocketAddr::from(([127, 0, 0, 1], 40_000));
        request.extensions_mut().insert(ConnectInfo(here));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    pub async fn post(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send(Method::POST, path, Some(content_type), body.into()).await
    }

    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.post(path, JSON, body.to_string()).await
    }

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

    /// The laptop, which began the project, says that this device is a manager.
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

    /// How much is held, as the API tells it.
    pub async fn status(&self) -> Value {
        let mut status: Value = self.get("/api/v1/status").await.json();
        // Others use the disk as well.
        assert!(status["media"]["room_bytes"].take().is_u64());
        status
    }
}

impl Answer {
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {:?}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }

    /// The code of the one shape that every failure has.
    #[track_caller]
    pub fn failure(&self) -> (u16, String) {
        let body: Value = self.json();
        let fields: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["code", "message", "retryable"]);
        assert!(!body["message"].as_str().unwrap().is_empty());
        assert!(body["retryable"].is_boolean());
        (self.status.as_u16(), body["code"].as_str().unwrap().to_owned())
    }
}
