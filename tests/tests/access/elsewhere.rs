//! Requests from other machines, which the sockets of one machine cannot make: the routes, told an address.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use chasqui_server::{
    App,
    access::{Access, ManagerKey, Premises},
    app,
    media::Media,
    store::Store,
};
use http_body_util::BodyExt;
use redb::backends::InMemoryBackend;
use serde_json::{Value, json};
use tokio::sync::watch;
use tower::ServiceExt;

const ELSEWHERE: [u8; 4] = [10, 42, 0, 7];

struct Routes {
    router: Router,
    key: ManagerKey,
    _stop: watch::Sender<bool>,
}

fn routes() -> Routes {
    let store = Arc::new(Store::open_with(InMemoryBackend::new()).unwrap());
    let key = ManagerKey::random().unwrap();
    let own = vec!["10.42.0.1".parse().unwrap()];
    let access = Access::new(store, key.clone(), Premises { names: Vec::new(), own });
    let (stop, stopping) = watch::channel(false);
    let spool = std::env::temp_dir();
    let media = Media::open(spool.join("chasqui-no-media"), 0, std::time::SystemTime::now());
    let router = app(App::new(access, spool, Arc::new(media.unwrap()), Vec::new(), stopping));
    Routes { router, key, _stop: stop }
}

impl Routes {
    async fn ask(&self, from: Option<[u8; 4]>, request: Request<Body>) -> (StatusCode, Value) {
        let (status, _, body) = self.answer(from, request).await;
        (status, body["code"].clone())
    }

    async fn answer(
        &self,
        from: Option<[u8; 4]>,
        mut request: Request<Body>,
    ) -> (StatusCode, Option<String>, Value) {
        request.headers_mut().insert(header::HOST, "10.42.0.1:8080".parse().unwrap());
        if let Some(ip) = from {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from((ip, 40_000))));
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let cookie = response.headers().get(header::SET_COOKIE);
        let cookie = cookie.map(|set| set.to_str().unwrap().split(';').next().unwrap().to_owned());
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, cookie, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    fn status_by_key(&self) -> Request<Body> {
        let bearer = format!("Bearer {}", self.key.as_str());
        let request = Request::get("/api/v1/status").header(header::AUTHORIZATION, bearer);
        request.body(Body::empty()).unwrap()
    }

    fn begin_session(&self) -> Request<Body> {
        let request =
            Request::post("/api/v1/session").header(header::CONTENT_TYPE, "application/json");
        request.body(json!({ "key": self.key.as_str() }).to_string().into()).unwrap()
    }
}

#[tokio::test]
async fn the_managers_key_opens_the_laptop_on_its_own_machine_alone() {
    let routes = routes();
    let loopback_only = (StatusCode::FORBIDDEN, json!("loopback_only"));
    for from in [Some(ELSEWHERE), Some([192, 168, 1, 1]), None] {
        assert_eq!(routes.ask(from, routes.status_by_key()).await, loopback_only);
        assert_eq!(routes.ask(from, routes.begin_session()).await, loopback_only);
    }
    for from in [[127, 0, 0, 1], [127, 9, 9, 9], [10, 42, 0, 1]] {
        assert_eq!(routes.ask(Some(from), routes.status_by_key()).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_session_of_this_machine_is_of_no_use_on_another() {
    let routes = routes();
    let (status, cookie, _) = routes.answer(Some([127, 0, 0, 1]), routes.begin_session()).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let with_cookie = || {
        let cookie = cookie.clone().unwrap();
        let request = Request::get("/api/v1/status").header(header::COOKIE, cookie);
        request.body(Body::empty()).unwrap()
    };
    assert_eq!(routes.ask(Some([127, 0, 0, 1]), with_cookie()).await.0, StatusCode::OK);
    let stolen = routes.ask(Some(ELSEWHERE), with_cookie()).await;
    assert_eq!(stolen, (StatusCode::FORBIDDEN, json!("loopback_only")));
}

#[tokio::test]
async fn a_request_that_names_no_host_is_refused() {
    let routes = routes();
    let request = Request::get("/api/v1/hello").body(Body::empty()).unwrap();
    let response = routes.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}
