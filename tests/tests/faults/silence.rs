//! Clients that trickle or fall silent are cut off. Time is played here: nothing waits for it.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{Request, header},
};
use chasqui_harness::{JSON, in_process::Laptop};
use chasqui_server::{Config, Server, limits};
use chasqui_shared::Failure;
use futures_util::stream;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep},
};

const TRICKLING: usize = 50;

/// A body that sends one byte a second and never ends.
fn trickle() -> Body {
    Body::from_stream(stream::unfold((), |()| async {
        sleep(Duration::from_secs(1)).await;
        Some((Ok::<_, Infallible>(Bytes::from_static(b"x")), ()))
    }))
}

fn post(path: &str, body: Body) -> Request<Body> {
    Request::post(path).header(header::CONTENT_TYPE, JSON).body(body).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_body_that_trickles_is_cut_off_and_blocks_nobody() {
    let laptop = Arc::new(Laptop::start());
    let began = Instant::now();
    let paths = ["/api/v1/changes", "/api/v1/sync/offer", "/api/v1/observations"];
    let trickling: Vec<_> = (0..TRICKLING)
        .map(|number| {
            let (laptop, request) = (laptop.clone(), post(paths[number % 3], trickle()));
            tokio::spawn(async move { laptop.ask(request).await })
        })
        .collect();
    while began.elapsed() < limits::REQUEST_TIME_MAX / 2 {
        laptop.get("/api/v1/hello").await.ok();
        sleep(Duration::from_millis(700)).await;
    }
    for answer in trickling {
        let answer = answer.await.unwrap();
        assert_eq!(answer.failure(), (408, "timeout"));
        assert!(answer.json::<Failure>().retryable);
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
