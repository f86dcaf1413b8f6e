//! A laptop on free ports of this machine: the whole server, in a thread of its own.

mod manager;

use std::{
    net::SocketAddr,
    path::Path,
    sync::{Arc, mpsc},
    thread,
};

use chasqui_server::{Config, Server, Serving, store::Store};
use chasqui_shared::{Charter, Hello};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::oneshot;
use ureq::{Agent, http::Request, tls::TlsConfig};

pub(crate) use self::manager::code;
use crate::{Answer, Base, Founded, JSON, bearer, client::whole};

/// A laptop, which is known as `oficina.example` too. Dropped, its directory goes with it.
pub struct Laptop {
    /// Where it answers over http, such as `http://127.0.0.1:45678`.
    pub url: String,
    /// Where it answers over https.
    pub https_url: String,
    /// The key of its manager.
    pub key: String,
    directory: Option<TempDir>,
    running: Option<(oneshot::Sender<()>, thread::JoinHandle<()>)>,
    agent: Agent,
}

impl Laptop {
    /// A laptop that nobody has used.
    pub fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap())
    }

    /// Another laptop of the same project, which has nothing yet.
    pub fn start_with(other: &Laptop) -> Self {
        let directory = tempfile::tempdir().unwrap();
        Store::join(directory.path(), other.charter()).unwrap();
        Self::start_in(directory)
    }

    /// A laptop over this directory.
    pub fn start_in(directory: TempDir) -> Self {
        Self::start_as(directory, |config| config)
    }

    /// A laptop over this directory, with other settings.
    pub fn start_as(directory: TempDir, set: impl FnOnce(Config) -> Config) -> Self {
        let loopback = ([127, 0, 0, 1], 0).into();
        let config = set(Config {
            https: Some(loopback),
            hosts: vec!["oficina.example".into()],
            ..Config::new(directory.path().to_owned(), loopback)
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let (told, addresses) = mpsc::channel();
        let thread = thread::spawn(move || serve(config, &told, stopped));
        let (http, https) = addresses.recv().unwrap();
        let key = Serving::find(directory.path()).unwrap().key.as_str().to_owned();
        Self {
            url: format!("http://{http}"),
            https_url: format!("https://{https}"),
            key,
            directory: Some(directory),
            running: Some((stop, thread)),
            agent: agent(),
        }
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

    /// Where it keeps everything.
    pub fn path(&self) -> &Path {
        self.directory.as_ref().expect("a laptop has its directory until it is stopped").path()
    }

    /// Where it answers its manager.
    pub fn base(&self) -> Base {
        Base { url: self.url.clone(), key: self.key.clone() }
    }

    /// Puts any request; the body is JSON.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        self.ask_at(&self.url, method, path, headers, body)
    }

    /// The same, at another address.
    pub fn ask_at(
        &self,
        base: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{base}{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answered = match body {
            Some(body) => {
                let request = request.header("content-type", JSON);
                self.agent.run(request.body(body.to_string()).unwrap())
            }
            None => self.agent.run(request.body(()).unwrap()),
        };
        let response = answered.unwrap();
        // Events never end.
        if path == "/api/v1/events" && response.status() == 200 {
            let (parts, _) = response.into_parts();
            return Answer { status: parts.status, headers: parts.headers, body: Vec::new() };
        }
        whole(response).unwrap()
    }

    /// Asks for a path with somebody's token.
    pub fn get(&self, path: &str, token: &str) -> Answer {
        self.ask("GET", path, &[("authorization", &bearer(token))], None)
    }

    /// Posts JSON with somebody's token.
    pub fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        self.ask("POST", path, &[("authorization", &bearer(token))], Some(body))
    }

    /// Who it says that it is, to anybody.
    pub fn hello(&self) -> Hello {
        self.ask("GET", "/api/v1/hello", &[], None).ok().json()
    }
}

impl Founded for Laptop {
    fn charter(&self) -> Charter {
        self.hello().charter
    }
}

impl Drop for Laptop {
    fn drop(&mut self) {
        self.end();
    }
}

fn serve(
    config: Config,
    told: &mpsc::Sender<(SocketAddr, SocketAddr)>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let server = Server::open(config).await.unwrap();
        told.send((server.http_address(), server.https_address().unwrap())).unwrap();
        let stopped = async {
            let _ = stopped.await;
        };
        server.serve(stopped).await.unwrap();
    });
}

fn agent() -> Agent {
    // The certificate is tested elsewhere; here nobody is in between.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = TlsConfig::builder()
        .disable_verification(true)
        .unversioned_rustls_crypto_provider(provider)
        .build();
    // A connection each: the laptop may close one whose request it did not read to the end.
    let config = Agent::config_builder().http_status_as_error(false).tls_config(tls);
    config.max_idle_connections(0).build().into()
}
