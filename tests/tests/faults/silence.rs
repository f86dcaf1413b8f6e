//! Clients that trickle or fall silent are cut off. Time is played here: nothing waits for it.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use chasqui_server::{
    App, Config, Server,
    access::{Access, ManagerKey, Premises},
    app, limits,
    media::Media,
    store::Store,
};
use chasqui_shared::{Code, Failure};
use futures_util::stream;
use http_body_util::BodyExt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
    time::{Instant, sleep},
};
use tower::ServiceExt;

const TRICKLING: usize = 50;

/// A body that sends one byte a second and never ends.
fn trickle() -> Body {
    Body::from_stream(stream::unfold((), |()| async {
        sleep(Duration::from_secs(1)).await;
        Some((Ok::<_, Infallible>(Bytes::from_static(b"x")), ()))
    }))
}

fn post(path: &str, body: Body, key: &ManagerKey) -> Request<Body> {
    Request::post(path)
        .header(header::HOST, "localhost")
        .header(header::AUTHORIZATION, format!("Bearer {}", key.as_str()))
        .header(header::CONTENT_TYPE, "application/json")
        .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))))
        .body(body)
        .unwrap()
}

async fn ask(router: &Router, request: Request<Body>) -> (StatusCode, Bytes) {
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    (status, response.into_body().collect().await.unwrap().to_bytes())
}

#[tokio::test(start_paused = true)]
async fn a_body_that_trickles_is_cut_off_and_blocks_nobody() {
    let directory = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(directory.path()).unwrap());
    let (_stop, stopping) = watch::channel(false);
    let spool = directory.path().to_owned();
    let key = ManagerKey::random().unwrap();
    let access = Access::new(store, key.clone(), Premises::default());
    let media = Media::open(directory.path().join("media"), 0, std::time::SystemTime::now());
    let router = app(App::new(access, spool, Arc::new(media.unwrap()), Vec::new(), stopping));
    let began = Instant::now();
    let paths = ["/api/v1/changes", "/api/v1/sync/offer", "/api/v1/observations"];
    let trickling: Vec<_> = (0..TRICKLING)
        .map(|number| {
            let (router, request) = (router.clone(), post(paths[number % 3], trickle(), &key));
            tokio::spawn(async move { ask(&router, request).await })
        })
        .collect();
    while began.elapsed() < limits::REQUEST_TIME_MAX / 2 {
        let hello = Request::get("/api/v1/hello").header(header::HOST, "localhost");
        let (status, _) = ask(&router, hello.body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::OK);
        sleep(Duration::from_millis(700)).await;
    }
    for answer in trickling {
        let (status, body) = answer.await.unwrap();
        let failure: Failure = serde_json::from_slice(&body).unwrap();
        assert_eq!(status, StatusCode::REQUEST_TIMEOUT);
        assert_eq!((&failure.code, failure.retryable), (&Code::Timeout, true));
    }
    assert_eq!(began.elapsed().as_secs(), limits::REQUEST_TIME_MAX.as_secs());
}

/// The address of a server that runs until the test ends.
async fn serve(directory: &tempfile::TempDir) -> SocketAddr {
    let http = SocketAddr::from(([127, 0, 0, 1], 0));
    let config = Config::new(directory.path().to_owned(), http);
    let server = Server::open(config).await.unwrap();
    let address = server.http_address();
    tokio::spawn(server.serve(std::future::pending()));
    address
}

#[tokio::test(start_paused = true)]
async fn a_connection_whose_headers_trickle_is_closed() {
    let directory = tempfile::tempdir().unwrap();
    let address = serve(&directory).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /api/v1/hello HTTP/1.1\r\n").await.unwrap();
    assert_eq!(stream.read_to_end(&mut Vec::new()).await.unwrap(), 0, "it ends without an answer");
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_falls_silent_after_its_answer_is_closed() {
    let directory = tempfile::tempdir().unwrap();
    let address = serve(&directory).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /api/v1/hello HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "it is answered, and then closed");
}
