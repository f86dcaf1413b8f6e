//! A laptop for a test: the whole server on free ports of this machine, asked one request at a time.

use std::{path::Path, sync::mpsc, thread};

use chasqui_server::{Config, Server, Serving};
use chasqui_shared::{Hello, Role};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use ureq::{
    Agent, Body,
    http::{HeaderMap, Request, Response},
    tls::TlsConfig,
};

pub struct Laptop {
    /// Where it answers over http, such as `http://127.0.0.1:45678`.
    pub url: String,
    pub https_url: String,
    /// The key of its manager.
    pub key: String,
    directory: Option<TempDir>,
    running: Option<(oneshot::Sender<()>, thread::JoinHandle<()>)>,
    agent: Agent,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// Null where it is no JSON.
    pub body: Value,
}

impl Answer {
    /// The code of a failure; empty for a success.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().filter(|_| self.status >= 400).unwrap_or_default()
    }

    pub fn failure(&self) -> (u16, &str) {
        (self.status, self.code())
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.body
    }
}

impl Laptop {
    pub fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap())
    }

    pub fn start_in(directory: TempDir) -> Self {
        let config = Config {
            data: directory.path().to_owned(),
            http: ([127, 0, 0, 1], 0).into(),
            https: Some(([127, 0, 0, 1], 0).into()),
            hosts: vec!["oficina.example".into()],
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let (told, address) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let server = Server::open(config).await.unwrap();
                told.send((server.http_address(), server.https_address().unwrap())).unwrap();
                let stopped = async {
                    let _ = stopped.await;
                };
                server.serve(stopped).await.unwrap();
            });
        });
        let (http, https) = address.recv().unwrap();
        let key = Serving::find(directory.path()).unwrap().key.as_str().to_owned();
        // The certificate is tested elsewhere; here nobody is in between.
        let tls = TlsConfig::builder()
            .disable_verification(true)
            .unversioned_rustls_crypto_provider(std::sync::Arc::new(
                rustls::crypto::ring::default_provider(),
            ))
            .build();
        let agent = Agent::config_builder().http_status_as_error(false).tls_config(tls);
        Self {
            url: format!("http://{http}"),
            https_url: format!("https://{https}"),
            key,
            directory: Some(directory),
            running: Some((stop, thread)),
            agent: agent.build().into(),
        }
    }

    /// Stops the server; the directory stays.
    pub fn stop(mut self) -> TempDir {
        self.end();
        self.directory.take().expect("a laptop has its directory until it is stopped")
    }

    fn end(&mut self) {
        // Connections that are kept would be waited for.
        self.agent = Agent::new_with_defaults();
        if let Some((stop, thread)) = self.running.take() {
            let _ = stop.send(());
            thread.join().unwrap();
        }
    }

    pub fn path(&self) -> &Path {
        self.directory.as_ref().expect("a laptop has its directory until it is stopped").path()
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
                let request = request.header("content-type", "application/json");
                self.agent.run(request.body(body.to_string()).unwrap())
            }
            None => self.agent.run(request.body(()).unwrap()),
        };
        read(path, answered.unwrap())
    }

    pub fn get(&self, path: &str, token: &str) -> Answer {
        self.ask("GET", path, &[("authorization", &bearer(token))], None)
    }

    pub fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        self.ask("POST", path, &[("authorization", &bearer(token))], Some(body))
    }

    pub fn hello(&self) -> Hello {
        serde_json::from_value(self.ask("GET", "/api/v1/hello", &[], None).ok()).unwrap()
    }

    /// A code that the manager at the laptop shows.
    pub fn code(&self, role: Role) -> String {
        let answer = self.post("/api/v1/pairings/codes", &self.key, &json!({ "role": role }));
        answer.ok()["code"].as_str().unwrap().to_owned()
    }

    /// What the manager at the laptop orders for a device.
    pub fn order(&self, device: chasqui_shared::DeviceId, what: &str, body: &Value) -> Value {
        self.post(&format!("/api/v1/pairings/{device}/{what}"), &self.key, body).ok()
    }
}

impl Drop for Laptop {
    fn drop(&mut self) {
        self.end();
    }
}

pub fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

fn read(path: &str, mut response: Response<Body>) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    // Events never end.
    let is_endless = path == "/api/v1/events" && status == 200;
    let body = if is_endless { Vec::new() } else { response.body_mut().read_to_vec().unwrap() };
    Answer { status, headers, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
}
